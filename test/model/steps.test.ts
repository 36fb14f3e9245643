import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, sha256 } from '../../src/model/canonical.js';
import type { Cidr } from '../../src/model/cidr.js';
import { counterpartsIn } from '../../src/model/counterparts.js';
import { digestOf } from '../../src/model/revision.js';
import { atOnce, sorted } from '../../src/model/steps.js';
import { sha256InTextOrder } from '../../src/model/text-order.js';
import { checksumOf } from '../../src/store/content.js';
import { anyContent, reordered } from './arbitrary-content.js';

describe('a list that is sorted in steps', () => {
  it('is the same as one sorted at once, and equal members stay as they stood', () => {
    const list = fc.array(fc.tuple(fc.nat(50), fc.nat()), { minLength: 500, maxLength: 3_000 });
    fc.assert(
      fc.property(list, (members) => {
        const compare = ([a]: [number, number], [b]: [number, number]) => a - b;
        expect(atOnce(sorted(members, compare))).toEqual(members.toSorted(compare));
      }),
      { numRuns: 30 },
    );
  });
});

const anyAddress = fc.record({
  host: fc.oneof(fc.constantFrom('a.example.com', 'a.example', 'general'), fc.string({ unit: 'binary' })),
  cidr: fc
    .constantFrom('20.0.0.1/3', '20.0.0.1/32', '20.0.0.10/32', '2600::/3', '2600::/32')
    .map((text) => text as Cidr),
  more: fc.string(),
});

describe('a hash over addresses', () => {
  it('is over their texts in the order of text, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(anyAddress), (addresses) => {
        const formOf = ({ host, cidr, more }: (typeof addresses)[number]) => JSON.stringify([host, cidr, more]);
        const expected = sha256(`<${addresses.map(formOf).sort(compareText).join()}>`);
        expect(atOnce(sha256InTextOrder('<', addresses, formOf, '>'))).toBe(expected);
      }),
    );
  });

  it('of a content does not depend on their order', () => {
    fc.assert(
      fc.property(
        anyContent.chain((content) => fc.tuple(fc.constant(content), reordered(content))),
        ([content, other]) => {
          expect(digestOf(other)).toBe(digestOf(content));
          expect(checksumOf({ ...content, addresses: content.addresses.toReversed() })).toBe(checksumOf(content));
        },
      ),
    );
  });
});

describe('the counterpart of an address', () => {
  it('is the one of the same host and block, in whatever order it is asked for', () => {
    const one = fc.record({
      host: fc.constantFrom('a.example.com', 'b.example.com'),
      cidr: fc.integer({ min: 1, max: 9 }).map((last) => `20.0.0.${last}/32` as Cidr),
    });
    const list = fc.uniqueArray(one, { selector: ({ host, cidr }) => `${host} ${cidr}` });
    fc.assert(
      fc.property(list, fc.array(one), (members, asked) => {
        const find = counterpartsIn(members);
        for (const of of asked) {
          expect(find(of)).toBe(members.find(({ host, cidr }) => host === of.host && cidr === of.cidr));
        }
      }),
    );
  });
});

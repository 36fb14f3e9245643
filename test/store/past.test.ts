import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHost, type AddressStatus } from '../../src/model/address.js';
import { parseLookup } from '../../src/model/lookup-query.js';
import { lookUp } from '../../src/model/lookup.js';
import type { Content } from '../../src/model/revision.js';
import { openRevision } from '../../src/model/snapshot.js';
import { Alterations } from '../../src/store/alterations.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { catalog, cidr, held } from '../model/fixture.js';
import { contentOf, revisionOf } from './stores.js';

const HOSTS = ['api.example.com', 'get.example.com', 'general', 'other.example.com', 'gone.example.com'];
const BLOCKS = ['20.0.0.1', '20.0.0.2', '20.0.0.0/24', '2600:1::1'];
const QUERIES = ['20.0.0.1', '20.0.0.2-20.0.0.9', '20.0.0.200', '20.0.9.1', '0.0.0.0/0', '2600:1::2', '::/0', ...HOSTS];

function chronicleOf(contents: readonly Content[]): Chronicle {
  const chronicle = new Chronicle();
  for (const [i, content] of contents.entries()) chronicle.append(revisionOf(i + 1, content), content);
  return chronicle;
}

const at = (n: number) => `2026-01-01T00:00:0${n}.000Z`;

describe('an address', () => {
  type Step = AddressStatus | '-';
  const histories: readonly [steps: readonly Step[], past: readonly (string | null)[]][] = [
    // When it left, as every revision in turn tells it; null where it is not past.
    [
      ['current', 'current', '-', '-'],
      [null, null, at(3), at(3)],
    ],
    [
      ['current', 'retiring', '-', 'current'],
      [null, null, at(3), null],
    ],
    [
      ['announced', '-', '-'],
      [null, null, null],
    ],
    [
      ['announced', 'current', '-'],
      [null, null, at(3)],
    ],
    [
      ['current', 'announced', '-', '-'],
      [null, null, at(2), at(2)],
    ],
    [
      ['current', '-', 'announced', '-'],
      [null, at(2), null, at(2)],
    ],
    [
      ['-', 'current', '-', 'current', '-'],
      [null, null, at(3), null, at(5)],
    ],
  ];
  it.each(histories)('that was %j in turn is past since %j', (steps, past) => {
    const contents = steps.map((status) =>
      contentOf(catalog, status === '-' ? [] : [held('api.example.com', '20.0.0.1', { status })]),
    );
    const chronicle = chronicleOf(contents);
    const { lives } = chronicle;
    for (const [i, removedAt] of past.entries()) {
      const retired = chronicle.retired(i + 1);
      expect(retired.map((address) => address.removedAt)).toEqual(removedAt === null ? [] : [removedAt]);
      expect(retired.every(({ status }) => status === 'retired')).toBe(true);
      expect(lives.isPast('api.example.com', cidr('20.0.0.1'), i + 1)).toBe(removedAt !== null);
    }
  });
});

const contents: fc.Arbitrary<readonly Content[]> = fc.array(
  fc
    .array(
      fc.record({
        host: fc.constantFrom(...HOSTS),
        block: fc.constantFrom(...BLOCKS),
        status: fc.constantFrom<AddressStatus>('current', 'retiring', 'announced'),
      }),
      { maxLength: 6 },
    )
    .map((all) => {
      const unique = new Map(all.map(({ host, block, status }) => [`${host} ${block}`, held(host, block, { status })]));
      return contentOf(catalog, byHost([...unique.values()]));
    }),
  { minLength: 1, maxLength: 6 },
);

it('what is looked up is answered as if everything that ever was were opened', () => {
  fc.assert(
    fc.property(contents, fc.constantFrom(...QUERIES), (published, text) => {
      const chronicle = chronicleOf(published);
      const alterations = new Alterations(chronicle);
      const query = parseLookup(text);
      if ('code' in query) throw new TypeError(query.message);
      for (const [i, content] of published.entries()) {
        const revision = chronicle.record(i + 1)!;
        const opened = openRevision(revision, content, alterations.past(i + 1));
        const everything = byHost([...content.addresses, ...chronicle.retired(i + 1)]);
        expect(lookUp(opened, query)).toEqual(
          lookUp(openRevision(revision, { ...content, addresses: everything }), query),
        );
      }
    }),
    { numRuns: 300 },
  );
});

import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText } from '../../src/model/canonical.js';
import { blockOf, contains, overlaps, rangeOf, type AddressRange } from '../../src/model/cidr.js';
import { lookUp } from '../../src/model/lookup.js';
import { noPast, openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { anyContent, twoContents } from './arbitrary-content.js';
import { addresses, catalog, listedHosts, revision } from './fixture.js';
import { nearRange } from './arbitrary.js';

const collect = collector();

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** All that a snapshot answers from. */
function told(snapshot: Snapshot) {
  const { requirements, addressesByHost, blocks } = snapshot;
  const all: AddressRange[] = [
    { family: 'ipv4', first: 0n, last: 2n ** 32n - 1n },
    { family: 'ipv6', first: 0n, last: 2n ** 128n - 1n },
  ];
  return JSON.stringify([requirements, [...addressesByHost], all.map((range) => blocks.meeting(range))]);
}

describe('a revision that is opened after another', () => {
  it('is the same as one that is opened by itself', () => {
    fc.assert(
      fc.property(twoContents, ([before, after]) => {
        const like = openRevision(revision, before);
        told(like);
        expect(told(openRevision(revision, after, noPast(revision), like))).toBe(told(openRevision(revision, after)));
      }),
    );
  });

  it('does not keep it', async () => {
    const content = { catalog, listedHosts, addresses };
    let like: Snapshot | undefined = openRevision(revision, content);
    told(like);
    const before = new WeakRef(like);
    const after = openRevision(revision, { ...content, addresses: addresses.slice(1) }, noPast(revision), like);
    told(after);
    like = undefined;
    await turn();
    collect();
    expect(before.deref()).toBeUndefined();
    expect(told(after)).toContain(addresses[1]!.host);
  });
});

describe('a lookup of addresses', () => {
  it('tells what a look at every address and every requirement tells', () => {
    fc.assert(
      fc.property(anyContent, nearRange, fc.nat(), (content, near, pick) => {
        const snapshot = openRevision(revision, content);
        const listed = content.addresses.map(({ cidr }) => rangeOf(blockOf(cidr)));
        const range = listed.length === 0 ? near : listed[pick % listed.length]!;
        const term = { kind: 'addresses', text: '', range } as const;
        const has = ({ cidr }: { readonly cidr: (typeof content.addresses)[number]['cidr'] }) =>
          overlaps(rangeOf(blockOf(cidr)), range);
        const hits = content.addresses.filter(has);
        const isServed = ({ status }: { readonly status: string }) => status !== 'retired';
        const found = lookUp(snapshot, term);
        const needing = snapshot.requirements.filter((one) => one.addresses.some((own) => has(own) && isServed(own)));
        expect(found.requirements).toEqual(needing.map(({ ref }) => ref));
        expect(found.hosts.map(({ name }) => name)).toEqual(
          [...new Set(hits.map(({ host }) => host))].sort(compareText),
        );
        const isRequired = needing.some(
          ({ need, addresses }) =>
            need !== 'not-required' && addresses.some((own) => has(own) && own.status === 'current'),
        );
        expect(found.verdict === 'required').toBe(isRequired);
        const isCovered = hits.some(({ cidr }) => contains(rangeOf(blockOf(cidr)), range));
        expect(!isCovered || found.match === 'full').toBe(true);
        expect(found.match === 'none').toBe(hits.length === 0);
      }),
    );
  });
});

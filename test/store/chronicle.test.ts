import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import type { Content } from '../../src/model/revision.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { contentOf, revisionOf } from './stores.js';

const CATALOGS = [loaded(), loaded({ title: 'Another title' })];

const address = fc.record({
  host: fc.constantFrom('a.example.com', 'b.example.com'),
  last: fc.integer({ min: 1, max: 6 }),
  status: fc.constantFrom('current', 'retiring', 'announced'),
});
const content = fc
  .record({
    catalog: fc.constantFrom(...CATALOGS),
    addresses: fc.uniqueArray(address, { selector: keyOf, maxLength: 8 }),
  })
  .map(({ catalog, addresses }) =>
    contentOf(
      catalog,
      addresses
        .map(({ host, last, status }) => held(host, `52.0.0.${last}/32`, { status }))
        .sort((a, b) => (keyOfHeld(a) < keyOfHeld(b) ? -1 : 1)),
    ),
  );

function keyOf({ host, last }: { host: string; last: number }) {
  return `${host} ${last}`;
}
function keyOfHeld({ host, cidr }: HeldAddress) {
  return `${host} ${cidr}`;
}

it('holds every revision as it was published, whether it was there or read it from the store', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 8 }), async (contents) => {
      const history = await History.open(sqliteDialect(':memory:'));
      const lived = new Chronicle();
      for (const [i, each] of contents.entries()) {
        const revision = revisionOf(i + 1, each);
        await history.publish(revision, each);
        lived.append(revision, each);
      }
      const read = new Chronicle(await history.recorded('own'));
      await history.close();
      for (const chronicle of [lived, read]) {
        expect(chronicle.head).toBe(contents.length);
        for (const [i, each] of contents.entries()) {
          expect(chronicle.verifiedContent(i + 1)).toEqual(each satisfies Content);
          expect(chronicle.record(i + 1)).toEqual(revisionOf(i + 1, each));
        }
      }
      for (let n = 2; n <= contents.length; n++) {
        expect(new Set(read.lives.edgesOf(n))).toEqual(new Set(lived.lives.edgesOf(n)));
        expect(new Set(read.lives.edgesBetween(n - 1, n))).toEqual(new Set(lived.lives.edgesOf(n)));
        expect(read.retired(n)).toEqual(lived.retired(n));
        expect(read.catalogAt(n).from).toBe(lived.catalogAt(n).from);
      }
    }),
    { numRuns: 60 },
  );
});

it('at an instant, the newest revision not after it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
      fc.nat(1_000),
      (gaps, at) => {
        const chronicle = new Chronicle();
        const instants: string[] = [];
        let ms = Date.UTC(2026, 0, 1);
        for (const [i, gap] of gaps.entries()) {
          ms += gap;
          const each = contentOf(CATALOGS[0]!, [held('a.example.com', `52.0.${i}.1/32`)]);
          instants.push(new Date(ms).toISOString());
          chronicle.append(revisionOf(i + 1, each, { publishedAt: instants[i]! }), each);
        }
        const asked = new Date(Date.UTC(2026, 0, 1) + at).toISOString();
        const expected = instants.findLastIndex((instant) => instant <= asked) + 1;
        expect(chronicle.recordAsOf(asked)?.revision ?? 0).toBe(expected);
      },
    ),
  );
});

it('an address that was served and is no longer is retired from then on', () => {
  const chronicle = new Chronicle();
  const [kept, left] = [held('a.example.com', '52.0.0.1/32'), held('a.example.com', '52.0.0.2/32')];
  const later = held('a.example.com', '52.0.0.3/32', { status: 'announced' });
  const contents = [[kept, left, later], [kept], [kept, left]].map((addresses) => contentOf(CATALOGS[0]!, addresses));
  for (const [i, each] of contents.entries()) chronicle.append(revisionOf(i + 1, each), each);
  const at = revisionOf(2, contents[1]!).publishedAt;
  expect(chronicle.retired(1)).toEqual([]);
  expect(chronicle.retired(2)).toEqual([{ ...left, status: 'retired', removedAt: at, retireAt: at }]);
  expect(chronicle.retired(3)).toEqual([]);
});

it('takes no revision out of turn', () => {
  const chronicle = new Chronicle();
  const each = contentOf(CATALOGS[0]!);
  expect(() => chronicle.append(revisionOf(2, each), each)).toThrowError(/does not follow/);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/file.js';
import { ADDRESS_STATUSES, type HeldAddress } from '../../src/model/address.js';
import { compareText } from '../../src/model/canonical.js';
import type { Content, Revision } from '../../src/model/revision.js';
import { History } from '../../src/store/history.js';
import { HeadMoved } from '../../src/store/write-revision.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { readSeed } from '../../src/publish/seed.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { buildWriter, race } from './race.js';
import { contentOf, dump, publishAll, query, revisionOf } from './stores.js';

const CATALOGS = fileURLToPath(new URL('../../catalogs/', import.meta.url));

let folder: string;
let file: string;
const open: History[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-store-'));
  file = path.join(folder, 'gatepost.db');
});
afterEach(async () => {
  for (const history of open.splice(0)) await history.close();
  await rm(folder, { recursive: true });
});

/** A history on a file, or in memory, that is closed after the test. */
async function openHistory(location = file): Promise<History> {
  const history = await History.open(sqliteDialect(location));
  open.push(history);
  return history;
}

async function closeAll(): Promise<void> {
  for (const history of open.splice(0)) await history.close();
}

/** What ships: the catalog and its newest list. */
async function shipped(): Promise<Content> {
  const { catalog } = await loadCatalog(path.join(CATALOGS, 'replicated.yaml'));
  const history = await readSeed(path.join(CATALOGS, 'replicated.history.jsonl'));
  return { ...history.at(-1)!.content, catalog };
}

const OWN = loaded();
const OTHER = loaded({ product: 'other' });

/** Records of revisions, newest first. */
async function recordsOf(history: History, product: string) {
  const { entries } = await history.recorded(product);
  return entries.map(({ revision }) => revision).toReversed();
}

describe.each([
  ['in a file', (): string => file],
  ['in memory', (): string => ':memory:'],
])('a history %s', (_where, location) => {
  it('is empty at first', async () => {
    const history = await openHistory(location());
    expect(await history.products()).toEqual([]);
    expect(await history.head('own')).toBeUndefined();
    expect(await recordsOf(history, 'own')).toEqual([]);
    expect(await history.notes.lastPoll('own')).toEqual({ checkedAt: null, held: null });
  });

  it('gives back what was published last, with its record', async () => {
    const history = await openHistory(location());
    const first = await shipped();
    const record = revisionOf(1, first, {
      cause: 'import',
      by: 'ann',
      note: 'The first one.',
      upstream: { url: 'https://a.com/list.json', sha256: 'a'.repeat(64), fetchedAt: '2026-01-01T00:00:00.000Z' },
    });
    await history.publish(record, first);
    const { revision, content } = (await history.head('replicated'))!;
    expect(revision).toEqual(record);
    expect(content.catalog).toEqual(first.catalog);
    expect(content.listedHosts).toEqual(first.listedHosts);
    expect(byHostAndText(content.addresses)).toEqual(byHostAndText(first.addresses));

    const second = contentOf(first.catalog, [held('api.replicated.com', '1.0.0.1/32')]);
    await publishAll(history, [second], 2);
    expect(await history.head('replicated')).toEqual({ revision: revisionOf(2, second), content: second });
  });

  it('gives addresses back by host, then in address order', async () => {
    const history = await openHistory(location());
    const content = contentOf(OWN, [
      held('a.com', '9.0.0.1/32'),
      held('a.com', '10.0.0.0/24'),
      held('a.com', '107.23.48.227/32'),
      held('a.com', '2606:4700::/32'),
      held('a.com', '2606:4700:7::a29f:892b/128'),
      held('b.com', '1.0.0.1/32'),
    ]);
    await publishAll(history, [content]);
    const head = await history.head('own');
    expect(head?.content.addresses.map(({ cidr }) => cidr)).toEqual(content.addresses.map(({ cidr }) => cidr));
  });

  it('keeps two products apart, each with its own numbers', async () => {
    const history = await openHistory(location());
    const address = held('a.com', '1.0.0.1/32');
    const own = [contentOf(OWN, [address]), contentOf(OWN), contentOf(OWN, [address])];
    const other = [contentOf(OTHER, [address]), contentOf(OTHER, [address, held('b.com', '1.0.0.2/32')])];
    await publishAll(history, other);
    await publishAll(history, own.slice(0, 2));
    expect((await history.head('own'))?.content).toEqual(own[1]);
    expect((await history.head('other'))?.content).toEqual(other[1]);
    await publishAll(history, own.slice(2), 3);
    expect(await history.products()).toEqual(['other', 'own']);
    expect((await history.head('own'))?.content).toEqual(own[2]);
    expect((await history.head('other'))?.content).toEqual(other[1]);
    expect((await recordsOf(history, 'own')).map(({ revision }) => revision)).toEqual([3, 2, 1]);
    expect((await recordsOf(history, 'other')).map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it('answers whether it answers', async () => {
    const history = await openHistory(location());
    await expect(history.ping()).resolves.toBeUndefined();
    await history.close();
    await expect(history.ping()).rejects.toThrow('destroyed');
  });
});

describe('what was published', () => {
  it('is there again after the store was closed and opened', async () => {
    const contents = [
      await shipped(),
      contentOf((await shipped()).catalog, [held('api.replicated.com', '1.0.0.1/32')]),
    ];
    await publishAll(await openHistory(), contents);
    await closeAll();
    const again = await openHistory();
    expect(await again.head('replicated')).toEqual({ revision: revisionOf(2, contents[1]!), content: contents[1] });
    expect(await recordsOf(again, 'replicated')).toEqual([revisionOf(2, contents[1]!), revisionOf(1, contents[0]!)]);
  });

  it('is the head whatever came before it', async () => {
    const host = fc.constantFrom('a.com', 'b.com', 'general');
    const address = fc
      .tuple(host, fc.integer({ min: 1, max: 5 }), fc.constantFrom(...ADDRESS_STATUSES), fc.option(fc.nat(2)))
      .map(([host, last, status, day]) => {
        const instant = day === null ? null : `2026-01-0${day + 1}T00:00:00Z`;
        return held(host, `1.0.0.${last}/32`, { status, effectiveFrom: instant, retireAt: instant });
      });
    const addresses = fc.uniqueArray(address, { selector: ({ host, cidr }) => `${host} ${cidr}`, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(addresses, { minLength: 1, maxLength: 6 }), async (steps) => {
        const history = await History.open(sqliteDialect(':memory:'));
        try {
          for (const [i, step] of steps.entries()) {
            const content = contentOf(OWN, byHostAndText(step));
            await publishAll(history, [content], i + 1);
            expect(await history.head('own')).toEqual({ revision: revisionOf(i + 1, content), content });
          }
        } finally {
          await history.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});

function byHostAndText(addresses: readonly HeldAddress[]): HeldAddress[] {
  return addresses.toSorted((a, b) => compareText(a.host, b.host) || compareText(a.cidr, b.cidr));
}

describe('an address', () => {
  const INTERVALS =
    'SELECT host, cidr, from_revision, to_revision, status FROM address ORDER BY host, cidr, from_revision';
  const interval = (host: string, cidr: string, from: number, to: number | null, status = 'current') => ({
    host,
    cidr,
    from_revision: from,
    to_revision: to,
    status,
  });

  it('that stays over three revisions is one row', async () => {
    const stays = held('a.com', '1.0.0.1/32');
    const contents = [[stays], [stays, held('a.com', '1.0.0.2/32')], [stays]];
    await publishAll(
      await openHistory(),
      contents.map((addresses) => contentOf(OWN, addresses)),
    );
    await closeAll();
    expect(query(file, INTERVALS)).toEqual([
      interval('a.com', '1.0.0.1/32', 1, null),
      interval('a.com', '1.0.0.2/32', 2, 3),
    ]);
  });

  it('that goes and comes back has a row for each time', async () => {
    const address = held('a.com', '1.0.0.1/32');
    const contents = [[address], [], [], [address]];
    await publishAll(
      await openHistory(),
      contents.map((addresses) => contentOf(OWN, addresses)),
    );
    await closeAll();
    expect(query(file, INTERVALS)).toEqual([
      interval('a.com', '1.0.0.1/32', 1, 2),
      interval('a.com', '1.0.0.1/32', 4, null),
    ]);
  });

  it('of two hosts has a row for each', async () => {
    const contents = [[held('a.com', '1.0.0.1/32'), held('b.com', '1.0.0.1/32')], [held('b.com', '1.0.0.1/32')]];
    await publishAll(
      await openHistory(),
      contents.map((addresses) => contentOf(OWN, addresses)),
    );
    await closeAll();
    expect(query(file, INTERVALS)).toEqual([
      interval('a.com', '1.0.0.1/32', 1, 2),
      interval('b.com', '1.0.0.1/32', 1, null),
    ]);
  });

  it.each<[what: string, change: Partial<HeldAddress>]>([
    ['status', { status: 'retiring' }],
    ['source', { source: 'dns' }],
    ['first sight', { firstSeenAt: '2020-01-01T00:00:00Z' }],
    ['day of use', { effectiveFrom: '2026-02-01T00:00:00Z' }],
    ['announced removal', { announcedRemovalAt: '2026-02-01T00:00:00Z' }],
    ['removal', { removedAt: '2026-02-01T00:00:00Z' }],
    ['retirement', { retireAt: '2026-02-01T00:00:00Z' }],
  ])('whose %s changes is closed and opened', async (_what, change) => {
    const before = held('a.com', '1.0.0.1/32');
    const after = { ...before, ...change };
    const history = await openHistory();
    await publishAll(history, [contentOf(OWN, [before]), contentOf(OWN, [after]), contentOf(OWN, [after])]);
    expect((await history.head('own'))?.content.addresses).toEqual([after]);
    await closeAll();
    expect(query(file, INTERVALS)).toEqual([
      interval('a.com', '1.0.0.1/32', 1, 2),
      interval('a.com', '1.0.0.1/32', 2, null, after.status),
    ]);
  });
});

describe('a name of the list', () => {
  it('has a row for each time that it was there', async () => {
    const contents = [['a.com', 'b.com'], ['b.com'], ['a.com', 'b.com']].map((listedHosts) => ({
      ...contentOf(OWN),
      listedHosts,
    }));
    const history = await openHistory();
    await publishAll(history, contents);
    expect((await history.head('own'))?.content.listedHosts).toEqual(['a.com', 'b.com']);
    await closeAll();
    expect(query(file, 'SELECT name, from_revision, to_revision FROM listed_host ORDER BY 1, 2')).toEqual([
      { name: 'a.com', from_revision: 1, to_revision: 2 },
      { name: 'a.com', from_revision: 3, to_revision: null },
      { name: 'b.com', from_revision: 1, to_revision: null },
    ]);
  });
});

describe('a catalog', () => {
  it('is stored once, however many revisions have it', async () => {
    const changed = loaded({ title: 'Changed' });
    await publishAll(await openHistory(), [contentOf(OWN), contentOf(changed), contentOf(OWN), contentOf(changed)]);
    await closeAll();
    expect(query(file, 'SELECT product FROM catalog')).toEqual([{ product: 'own' }, { product: 'own' }]);
  });
});

describe('a revision', () => {
  it.each<[what: string, number: number, previous: number | null]>([
    ['the first, again', 1, null],
    ['the head, again', 2, 1],
    ['one after a revision that was not published', 4, 3],
    ['one that says it is the first, with the next number', 3, null],
  ])('on another head is refused, and nothing is written: %s', async (_what, number, previous) => {
    const history = await openHistory();
    const address = held('a.com', '1.0.0.1/32');
    await publishAll(history, [contentOf(OWN, [address]), contentOf(OWN)]);
    await history.notes.noteChecked('own', '2026-01-01T00:00:00.000Z');
    const before = dump(file);
    const late = contentOf(loaded({ title: 'Late' }), [held('b.com', '1.0.0.9/32')]);
    await expect(history.publish(revisionOf(number, late, { previous }), late)).rejects.toThrow(HeadMoved);
    expect(dump(file)).toEqual(before);
    expect((await history.head('own'))?.revision.revision).toBe(2);
  });

  it('on a head of an empty store is refused', async () => {
    const history = await openHistory();
    await expect(history.publish(revisionOf(2, contentOf(OWN)), contentOf(OWN))).rejects.toThrow(HeadMoved);
    expect(await history.products()).toEqual([]);
  });

  it('is refused by name and number', async () => {
    const history = await openHistory();
    await publishAll(history, [contentOf(OWN)]);
    await expect(publishAll(history, [contentOf(OWN)])).rejects.toThrow('Revision 1 of own is there already');
  });

  it('that cannot be written whole is not written at all', async () => {
    const history = await openHistory();
    await publishAll(history, [contentOf(OWN, [held('a.com', '1.0.0.1/32')])]);
    const before = dump(file);
    const twice = contentOf(loaded({ title: 'Twice' }), [held('b.com', '1.0.0.2/32'), held('b.com', '1.0.0.2/32')]);
    await expect(publishAll(history, [twice], 2)).rejects.toThrow('UNIQUE constraint failed');
    expect(dump(file)).toEqual(before);
    const next = contentOf(OWN);
    await publishAll(history, [next], 2);
    expect((await history.head('own'))?.content).toEqual(next);
  });
});

describe('two writers', () => {
  /** What a writer publishes as a revision. */
  function draft(writer: number, number: number): { revision: Revision; content: Content } {
    const content = contentOf(OWN, [held('a.com', `1.${writer}.0.${number}/32`)]);
    return { revision: revisionOf(number, content, { by: `writer-${writer}` }), content };
  }

  it('of one history give each number once, and the later one is told that the head moved', async () => {
    const history = await openHistory();
    for (let number = 1; number <= 50; number++) {
      const drafts = [draft(0, number), draft(1, number)];
      const [first, second] = await Promise.allSettled(
        drafts.map(({ revision, content }) => history.publish(revision, content)),
      );
      expect(first?.status).toBe('fulfilled');
      expect(second).toMatchObject({ status: 'rejected', reason: expect.any(HeadMoved) as unknown });
    }
    expect((await history.head('own'))?.content.addresses).toEqual([held('a.com', '1.0.0.50/32')]);
  });

  it('of one file give each number once, fifty times, and the later one is told that the head moved', async () => {
    const numbers = Array.from({ length: 50 }, (_, i) => i + 1);
    const history = await openHistory();
    const outcomes = await race(
      await buildWriter(folder),
      file,
      [0, 1].map((writer) => numbers.map((number) => draft(writer, number))),
    );
    const rounds = numbers.map((number) => outcomes.map(({ published }) => published[number - 1] ?? 'nothing'));
    expect(rounds.map((round) => round.toSorted(compareText))).toEqual(numbers.map(() => ['HeadMoved', 'done']));

    const records = await recordsOf(history, 'own');
    const winners = rounds.map((round) => round.indexOf('done'));
    expect(records.toReversed()).toEqual(winners.map((writer, i) => draft(writer, i + 1).revision));
    expect((await history.head('own'))?.content).toEqual(draft(winners.at(-1)!, 50).content);
    await closeAll();
    expect(query(file, 'SELECT count(*) AS open FROM address WHERE to_revision IS NULL')).toEqual([{ open: 1 }]);
  });

  it('of one file see what the other published', async () => {
    const [one, two] = [await openHistory(), await openHistory()];
    const first = contentOf(OWN, [held('a.com', '1.0.0.1/32')]);
    const second = contentOf(OWN, [held('a.com', '1.0.0.2/32')]);
    await publishAll(one, [first]);
    expect((await two.head('own'))?.content).toEqual(first);
    await publishAll(two, [second], 2);
    expect((await one.head('own'))?.content).toEqual(second);
    await expect(publishAll(one, [first], 2)).rejects.toThrow(HeadMoved);
  });
});

describe('records of revisions', () => {
  it('know the one before, which the first has not', async () => {
    const history = await openHistory(':memory:');
    await publishAll(history, [contentOf(OWN), contentOf(loaded({ title: 'Two' })), contentOf(OWN)]);
    const records = await recordsOf(history, 'own');
    expect(records.map(({ previous }) => previous)).toEqual([2, 1, null]);
    expect(records[0]?.digest).toBe(records[2]?.digest);
    expect(records[0]?.digest).not.toBe(records[1]?.digest);
  });

  it('keep who, why and from what', async () => {
    const history = await openHistory(':memory:');
    const upstream = { url: 'https://a.com/', sha256: 'b'.repeat(64), fetchedAt: '2026-01-01T00:00:00.000Z' };
    const records = (['poll', 'catalog', 'clock', 'operator', 'import'] as const).map((cause, i) =>
      revisionOf(i + 1, contentOf(OWN), {
        cause,
        by: cause === 'operator' ? 'ann' : null,
        note: cause === 'import' ? 'Line one.\nLine “two”.' : null,
        upstream: cause === 'poll' ? upstream : null,
        catalog: { sha256: `${i}`.repeat(64) },
      }),
    );
    for (const record of records) await history.publish(record, contentOf(OWN));
    expect(await recordsOf(history, 'own')).toEqual(records.toReversed());
  });
});

describe('when upstream was checked', () => {
  it('is the last time that was noted, of each product by itself', async () => {
    const history = await openHistory();
    await history.notes.noteChecked('own', '2026-01-01T00:00:00.000Z');
    await history.notes.noteChecked('other', '2026-01-02T00:00:00.000Z');
    await history.notes.noteChecked('own', '2026-01-03T00:00:00.000Z');
    expect(await history.notes.lastPoll('own')).toEqual({ checkedAt: '2026-01-03T00:00:00.000Z', held: null });
    expect(await history.notes.lastPoll('other')).toEqual({ checkedAt: '2026-01-02T00:00:00.000Z', held: null });
    await closeAll();
    expect((await (await openHistory()).notes.lastPoll('own')).checkedAt).toBe('2026-01-03T00:00:00.000Z');
  });

  it('is kept while a list is held, and what is held until upstream is right again', async () => {
    const history = await openHistory();
    await history.notes.noteHeld('own', '{"digest":"x"}');
    expect(await history.notes.lastPoll('own')).toEqual({ checkedAt: null, held: '{"digest":"x"}' });
    await history.notes.noteChecked('own', '2026-01-03T00:00:00.000Z');
    await history.notes.noteHeld('own', '{"digest":"y"}');
    expect(await history.notes.lastPoll('own')).toEqual({
      checkedAt: '2026-01-03T00:00:00.000Z',
      held: '{"digest":"y"}',
    });
    await history.notes.noteChecked('own', '2026-01-04T00:00:00.000Z');
    expect(await history.notes.lastPoll('own')).toEqual({ checkedAt: '2026-01-04T00:00:00.000Z', held: null });
  });

  it('is stored with the revision that a poll made', async () => {
    const history = await openHistory();
    const read = { url: 'https://a.com/list', sha256: 'a'.repeat(64), fetchedAt: '2026-01-05T00:00:00.000Z' };
    const content = contentOf(OWN);
    await history.publish({ ...revisionOf(1, content), cause: 'poll', upstream: read }, content);
    expect((await history.notes.lastPoll('own')).checkedAt).toBe('2026-01-05T00:00:00.000Z');
  });
});

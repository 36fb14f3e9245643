import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Publisher } from '../../src/publish/publisher.js';
import { Seeding } from '../../src/publish/seeding.js';
import { Current } from '../../src/store/current.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { Timeline } from '../../src/store/timeline.js';
import { entry } from '../store/copied-store.js';

const NOW = () => new Date('2026-06-01T12:00:00.000Z');
const SEED = [1, 2, 3, 4].map((n) =>
  entry(n, { upstream: { url: 'bundled:own', sha256: 'a'.repeat(64), fetchedAt: `2026-0${n}-01T00:00:00.000Z` } }),
);

function over(history: History) {
  const current = new Current();
  const nothing = () => ({ pin: null, revoked: [] });
  const publisher = new Publisher(history, new Timeline(NOW), current, NOW, nothing);
  const seeding = new Seeding(
    publisher,
    current,
    () => false,
    () => false,
  );
  return { current, publisher, seed: () => seeding.publish('own', SEED, NOW()) };
}

it('a first start waits for another writer who holds the store, and makes one history, each revision at its own time', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-seeding-'));
  const store = path.join(folder, 'store.db');
  const history = await History.open(sqliteDialect(store));
  const other = new DatabaseSync(store);
  try {
    // It holds the lock, and nothing of what it writes is there yet.
    other.exec('BEGIN IMMEDIATE');
    const { current, seed } = over(history);
    const seeding = seed();
    await sleep(120);
    expect(current.snapshot).toBeUndefined();
    other.exec('ROLLBACK');
    await seeding;
    const { entries } = await history.recorded('own');
    expect(entries.map(({ revision }) => revision)).toEqual(SEED.map(({ revision }) => revision));
    expect(current.snapshot!.revision.revision).toBe(SEED.length);
  } finally {
    other.close();
    await history.close();
    await rm(folder, { recursive: true });
  }
});

it('a later start leaves what is newer to another that was first with it', async () => {
  const history = await History.open(sqliteDialect(':memory:'));
  try {
    await history.publishAll(SEED.slice(0, 2));
    const [one, other] = [over(history), over(history)];
    for (const { publisher } of [one, other]) await publisher.restore('own');
    await other.seed();
    const { entries } = await history.recorded('own');
    expect(entries).toHaveLength(SEED.length);
    await one.seed();
    expect((await history.recorded('own')).entries).toHaveLength(SEED.length);
    expect(one.current.snapshot!.revision.digest).toBe(SEED.at(-1)!.revision.digest);
  } finally {
    await history.close();
  }
});

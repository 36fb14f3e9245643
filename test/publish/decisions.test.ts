import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Decisions } from '../../src/publish/decisions.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';

let folder: string;
let store: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-decisions-'));
  store = path.join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true }));

const NOW = new Date('2026-06-01T12:00:00.000Z');
const ADDRESSES = ['20.0.0.1/32', '20.0.0.2/32', '20.0.0.3/32'];
const COPY = () => `${store}.acme.decisions.json`;

/** What a start knows of decisions, and how many it had to mend. */
async function started<T>(act: (decisions: Decisions, mended: readonly string[]) => Promise<T> | T): Promise<T> {
  const history = await History.open(sqliteDialect(store));
  try {
    const decisions = new Decisions(history, () => NOW, store);
    const mended = await decisions.restore('acme');
    await decisions.complete();
    return await act(decisions, mended);
  } finally {
    await history.close();
  }
}

const revokeAll = () =>
  started(async (decisions) => {
    for (const subject of ADDRESSES) {
      await decisions.take({ kind: 'revoke', subject, host: null, by: 'ana', note: null, until: null });
    }
  });

function alter(statement: string): void {
  const database = new DatabaseSync(store);
  database.exec(statement);
  database.close();
}

const known = () =>
  started((decisions, mended) => ({
    mended: mended.length,
    revoked: decisions.inForce().revoked.map(({ subject }) => subject),
  }));

it('row 45: a decision that was damaged in the store comes from beside it, and is whole in both then', async () => {
  await revokeAll();
  for (const damage of [
    "UPDATE decision SET subject = '20.0.0.9/32' WHERE number = 2",
    "UPDATE decision SET kind = 'restore' WHERE number = 3",
    'UPDATE decision SET number = 7 WHERE number = 1',
    'DELETE FROM decision WHERE number = 3',
    "UPDATE decision SET until = '2026-05-01T00:00:00.000Z' WHERE number = 1",
  ]) {
    alter(damage);
    expect(await known(), damage).toEqual({ mended: expect.any(Number), revoked: ADDRESSES });
    expect(await known()).toEqual({ mended: 0, revoked: ADDRESSES });
  }
});

it('row 45: a file beside the store that was lost or damaged is written anew', async () => {
  await revokeAll();
  const written = async () => (JSON.parse(await readFile(COPY(), 'utf8')) as { decisions: unknown }).decisions;
  const before = await written();
  await writeFile(COPY(), (await readFile(COPY(), 'utf8')).replace('20.0.0.2', '20.0.0.9'));
  expect(await known()).toEqual({ mended: 1, revoked: ADDRESSES });
  expect(await written()).toEqual(before);
  await rm(COPY());
  await known();
  expect(await written()).toEqual(before);
});

it('row 45: a decision that is whole in neither ends the start, because it may keep an address off', async () => {
  await revokeAll();
  alter("UPDATE decision SET subject = '20.0.0.9/32' WHERE number = 2");
  await rm(COPY());
  await expect(known()).rejects.toThrow(/decision 2 does not fit its checksum, and .* does not have it/);
});

it('row 45: what is known of the last poll is forgotten where it was damaged, and learned again', async () => {
  const history = await History.open(sqliteDialect(store));
  try {
    await history.notes.noteChecked('acme', '2026-05-31T00:00:00.000Z');
    await history.notes.noteHeld('acme', '{"reason":"shrunk"}');
    expect(await history.notes.lastPoll('acme')).toEqual({
      checkedAt: '2026-05-31T00:00:00.000Z',
      held: '{"reason":"shrunk"}',
    });
    alter("UPDATE poll SET checked_at = '2026-06-01T00:00:00.000Z'");
    expect(await history.notes.lastPoll('acme')).toEqual({ checkedAt: null, held: null });
    await history.notes.noteChecked('acme', '2026-06-01T01:00:00.000Z');
    expect(await history.notes.lastPoll('acme')).toEqual({ checkedAt: '2026-06-01T01:00:00.000Z', held: null });
  } finally {
    await history.close();
  }
});

it('row 45: a column of decisions that lost its name is no decision of another kind', async () => {
  await revokeAll();
  alter('ALTER TABLE decision RENAME COLUMN host TO hosu');
  await rm(COPY());
  await expect(known()).rejects.toThrow(/decision 1 does not fit its checksum/);
});

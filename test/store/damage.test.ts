import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Chronicle } from '../../src/store/chronicle.js';
import { StoreDamaged } from '../../src/store/content.js';
import { History } from '../../src/store/history.js';
import { damagedIn } from '../../src/store/inspection.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { SMALL_ROW, loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { alter, contentOf, publishAll } from './stores.js';

const CATALOG = loaded({
  documents: { manual: { title: 'Manual' } },
  notes: [{ text: 'First.' }, { text: 'Second.' }],
  requirements: [SMALL_ROW, { ...SMALL_ROW, variant: 'two', description: 'B.' }],
});
const ADDRESS = held('a.com', '1.0.0.1/32', {
  status: 'retiring',
  effectiveFrom: '2026-01-01T00:00:00Z',
  announcedRemovalAt: '2026-01-02T00:00:00Z',
  removedAt: '2026-01-03T00:00:00Z',
  retireAt: '2026-02-02T00:00:00Z',
});

let folder: string;
let file: string;

/** A store with two revisions of one product, and one of another. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-damage-'));
  file = path.join(folder, 'gatepost.db');
  const neighbour = held('b.com', '1.0.0.2/32');
  await withHistory(async (history) => {
    await publishAll(history, [contentOf(CATALOG, [ADDRESS]), contentOf(CATALOG, [ADDRESS, neighbour])]);
    await publishAll(history, [contentOf(loaded({ product: 'other' }), [ADDRESS])]);
  });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Opens the store, does something with it and closes it. */
async function withHistory<T>(use: (history: History) => Promise<T>): Promise<T> {
  const history = await History.open(sqliteDialect(file));
  try {
    return await use(history);
  } finally {
    await history.close();
  }
}

/** The name of the error that reading the head ends in, by itself or with the whole history; `none` where it is read. */
async function outcome(product = 'own'): Promise<string> {
  const nameOf = (reading: Promise<unknown>) =>
    reading.then(
      () => 'none',
      (error: unknown) => (error as Error).name,
    );
  const alone = await withHistory((history) => nameOf(history.head(product)));
  const withAll = await withHistory((history) =>
    nameOf(
      history.recorded(product).then((recorded) => {
        const chronicle = new Chronicle(recorded);
        chronicle.verify(chronicle.head);
      }),
    ),
  );
  expect(withAll).toBe(alone);
  return alone;
}

describe('a store that nobody touched', () => {
  it('is served', async () => {
    expect(await outcome()).toBe('none');
  });
});

describe('an address that was altered by hand', () => {
  it.each<[column: string, value: SQLInputValue]>([
    ['product', 'third'],
    ['host', 'b.com'],
    ['cidr', '1.0.0.3/32'],
    ['cidr', '0.0.0.0/0'],
    ['cidr', ''],
    ['from_revision', 3],
    ['to_revision', 1],
    ['to_revision', 2],
    ['status', 'current'],
    ['status', 'nonsense'],
    ['source', 'dns'],
    ['first_seen_at', '1970-01-01T00:00:00Z'],
    ['effective_from', null],
    ['effective_from', '2026-01-01T00:00:01Z'],
    ['announced_removal_at', null],
    ['removed_at', null],
    ['retire_at', null],
    ['retire_at', '2026-01-04T00:00:00Z'],
  ])('in its %s (%j) is not served', async (column, value) => {
    const changed = alter(file, `UPDATE address SET ${column} = ? WHERE product = 'own' AND host = 'a.com'`, value);
    expect(changed).toBe(1);
    expect(await outcome()).toBe('StoreDamaged');
    expect(await outcome('other')).toBe('none');
  });

  it('by being taken away is not served', async () => {
    expect(alter(file, "DELETE FROM address WHERE product = 'own' AND host = 'b.com'")).toBe(1);
    expect(await outcome()).toBe('StoreDamaged');
  });

  it('by being added is not served', async () => {
    const columns = 'to_revision, status, source, first_seen_at, effective_from, announced_removal_at, removed_at';
    const added = alter(
      file,
      `INSERT INTO address (product, host, cidr, from_revision, retire_at, ${columns})
       SELECT product, host, '6.6.6.6/32', from_revision, retire_at, ${columns}
       FROM address WHERE product = 'own' AND host = 'b.com'`,
    );
    expect(added).toBe(1);
    expect(await outcome()).toBe('StoreDamaged');
  });
});

describe('a catalog that was altered by hand', () => {
  it.each([
    ['a word of a description', `replace(body, '"A."', '"Z."')`],
    ['a port', `replace(body, '443', '80')`],
    ['a need', `replace(body, '"required"', '"not-required"')`],
    ['the product', `replace(body, '"own"', '"owm"')`],
    ['the order of the rows', `replace(replace(replace(body, 'A.', '?'), 'B.', 'A.'), '?', 'B.')`],
    ['the order of the notes', `replace(replace(replace(body, 'First.', '?'), 'Second.', 'First.'), '?', 'Second.')`],
    ['its end, which is cut off', `substr(body, 1, length(body) - 20)`],
    ['all of it', `''`],
    ['all of it, which is JSON of something else', `'null'`],
  ])('in %s is not served', async (_what, body) => {
    expect(alter(file, `UPDATE catalog SET body = ${body} WHERE product = 'own'`)).toBe(1);
    expect(await outcome()).toBe('StoreDamaged');
    expect(await outcome('other')).toBe('none');
  });

  it.each([
    ['its key', "UPDATE catalog SET sha256 = 'x' WHERE product = 'own'"],
    ['its row, which is taken away', "DELETE FROM catalog WHERE product = 'own'"],
  ])('in %s is not served', async (_what, sql) => {
    expect(alter(file, sql)).toBe(1);
    expect(await outcome()).toBe('StoreDamaged');
  });
});

describe('a record that was altered by hand', () => {
  it('in its digest is not served', async () => {
    alter(file, "UPDATE revision SET digest = 'sha256-x' WHERE product = 'own' AND revision = 2");
    expect(await outcome()).toBe('StoreDamaged');
  });

  it('of an older revision does not keep the head from being served', async () => {
    alter(file, "UPDATE revision SET digest = 'sha256-x' WHERE product = 'own' AND revision = 1");
    expect(await outcome()).toBe('none');
  });
});

describe('an inspection', () => {
  async function inspected(signal = new AbortController().signal): Promise<string[]> {
    const chronicle = await withHistory(async (history) => new Chronicle(await history.recorded('own')));
    const found: string[] = [];
    for await (const { message } of damagedIn(chronicle, signal)) {
      found.push(/^Revision \d+ of \S+/.exec(message)?.[0] ?? message);
    }
    return found;
  }

  it('finds nothing in a store that nobody touched', async () => {
    expect(await inspected()).toEqual([]);
  });

  it('tells every damaged revision, the newest first', async () => {
    alter(file, "UPDATE address SET retire_at = NULL WHERE product = 'own' AND host = 'a.com'");
    expect(await inspected()).toEqual(['Revision 2 of own', 'Revision 1 of own']);
  });

  it('tells an older revision alone', async () => {
    alter(file, "UPDATE revision SET digest = 'sha256-x' WHERE product = 'own' AND revision = 1");
    expect(await inspected()).toEqual(['Revision 1 of own']);
  });

  it('ends where it is told to', async () => {
    alter(file, "UPDATE revision SET digest = 'sha256-x' WHERE product = 'own'");
    expect(await inspected(AbortSignal.abort())).toEqual([]);
  });
});

describe('the error', () => {
  it('names the revision and says what to do', () => {
    expect(new StoreDamaged('own', 2).message).toBe(
      'Revision 2 of own in the store does not match its digest, so it is not served. ' +
        'Restore the store from a backup, or move it away to begin again from the list that ships.',
    );
  });
});

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../src/store/history.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { buildWriter, race } from './race.js';
import { alter, contentOf, dump, publishAll, query } from './stores.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-sqlite-'));
  file = path.join(folder, 'gatepost.db');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Opens a store, does something with it and closes it. */
async function withHistory(location: string, use: (history: History) => Promise<void> = async () => {}): Promise<void> {
  const history = await History.open(sqliteDialect(location));
  try {
    await use(history);
  } finally {
    await history.close();
  }
}

describe('migrations', () => {
  it('run once, however often the store is opened, and change nothing then', async () => {
    const content = contentOf(loaded(), [held('a.com', '1.0.0.1/32')]);
    await withHistory(file, (history) => publishAll(history, [content]));
    const before = dump(file);
    await withHistory(file);
    await withHistory(file, async (history) => {
      expect((await history.head('own'))?.content).toEqual(content);
    });
    expect(dump(file)).toEqual(before);
    expect(query(file, 'SELECT name FROM kysely_migration ORDER BY name')).toEqual(
      Object.keys(MIGRATIONS).map((name) => ({ name })),
    );
  });

  it('are named in the order in which they run', () => {
    const names = Object.keys(MIGRATIONS);
    expect(names[0]).toBe('0001-revisions');
    expect(names).toEqual(names.toSorted());
  });

  it('run once for those who open a new store at the same time', async () => {
    const program = await buildWriter(folder);
    for (const name of ['a.db', 'b.db', 'c.db', 'd.db', 'e.db']) {
      const store = path.join(folder, name);
      const outcomes = await race(program, store, [[], [], []]);
      expect(outcomes.map(({ opened }) => opened)).toEqual(['done', 'done', 'done']);
      expect(query(store, 'SELECT name FROM kysely_migration ORDER BY name')).toEqual(
        Object.keys(MIGRATIONS).map((name) => ({ name })),
      );
    }
  });

  it('leave nothing behind where one fails half-way, so that the next start begins again', async () => {
    alter(file, 'CREATE TABLE poll (something_else INTEGER)');
    await expect(History.open(sqliteDialect(file))).rejects.toThrow('already exists');
    alter(file, 'DROP TABLE poll');
    await withHistory(file, async (history) => {
      expect(await history.products()).toEqual([]);
    });
  });

  it('refuse a store that a later version migrated', async () => {
    await withHistory(file);
    alter(file, "INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030-01-01T00:00:00.000Z')");
    await expect(History.open(sqliteDialect(file))).rejects.toThrow('9999-later');
  });

  it('let no row of a revision, an address or a name be there twice', async () => {
    await withHistory(file, (history) => publishAll(history, [contentOf(loaded(), [held('a.com', '1.0.0.1/32')])]));
    for (const table of ['revision', 'catalog', 'address', 'listed_host']) {
      expect(() => alter(file, `INSERT INTO ${table} SELECT * FROM ${table}`), table).toThrow(
        'UNIQUE constraint failed',
      );
    }
  });
});

describe('a store', () => {
  it('is made with its folder where there is none', async () => {
    const deep = path.join(folder, 'a', 'gatepost.db');
    await withHistory(deep);
    expect(await readdir(path.dirname(deep))).toContain('gatepost.db');
  });

  it('in memory leaves no file, and nothing to the next one', async () => {
    const content = contentOf(loaded());
    await withHistory(':memory:', async (history) => {
      await publishAll(history, [content]);
      await withHistory(':memory:', async (other) => {
        expect(await other.products()).toEqual([]);
      });
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('writes ahead, so that reads go on while it writes', async () => {
    await withHistory(file);
    expect(query(file, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  it('is left as one file when it is closed', async () => {
    await withHistory(file, (history) => publishAll(history, [contentOf(loaded())]));
    expect(await readdir(folder)).toEqual(['gatepost.db']);
  });

  it.each<[what: string, message: string, prepare: () => Promise<unknown>]>([
    ['is a folder', 'unable to open database file', () => mkdir(file)],
    [
      'is no database',
      'file is not a database',
      () => writeFile(file, 'This is a note about our database, and long enough to be one. '.repeat(99)),
    ],
    [
      'is a database of something else',
      'already exists',
      async () => {
        await writeFile(file, '');
        alter(file, 'CREATE TABLE revision (id INTEGER)');
      },
    ],
  ])('cannot be opened where its file %s', async (_what, message, prepare) => {
    await prepare();
    await expect(History.open(sqliteDialect(file))).rejects.toThrow(message);
  });

  it('cannot be opened where its folder cannot be made', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    await expect(History.open(sqliteDialect(path.join(folder, 'taken', 'gatepost.db')))).rejects.toThrow(
      'unable to open database file',
    );
  });
});

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { SqliteAdapter, SqliteDialect, sql, type Dialect, type Kysely } from 'kysely';

export type StoreAccess = 'shared' | 'alone' | 'read';

/**
 * Kysely over the SQLite that comes with Node. Every commit is on the disk before it returns.
 *
 * @param location a file, whose folder is made where it is missing, or `:memory:`.
 * @param access   who else may have it open: `shared`, whoever wants; `alone`, nobody, neither before nor after;
 *                 `read`, whoever wants, and nothing is written: the file has to be there.
 */
export function sqliteDialect(location: string, access: StoreAccess = 'shared'): Dialect {
  return new TransactionalSqliteDialect({
    // Opened at the first query, so that a folder that cannot be written is an error of the migration, told in one place.
    database: async () => {
      if (location !== ':memory:' && access !== 'read') makeFolder(path.dirname(path.resolve(location)));
      // Waiting for a lock holds the whole event loop: better to be told soon, and to try again.
      const database = new DatabaseSync(location, { timeout: 50, readOnly: access === 'read' });
      // Before the first look at the file: only then does SQLite ask for a lock that nobody who has it open shares.
      if (access === 'alone') database.exec('PRAGMA locking_mode = EXCLUSIVE');
      if (access !== 'read') database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      database.exec('PRAGMA foreign_keys = ON');
      const prepared = new LRUCache<string, Prepared>({ max: KEPT_STATEMENTS });
      return {
        close: () => database.close(),
        prepare: (sql: string) => {
          const kept = prepared.get(sql);
          if (kept !== undefined) return kept;
          const made = preparedBy(database, sql);
          prepared.set(sql, made);
          return made;
        },
      };
    },
  });
}

/** A large revision is written by few statements, each very often. */
const KEPT_STATEMENTS = 50;

/** A statement as Kysely wants it. */
type Prepared = ReturnType<typeof preparedBy>;

function preparedBy(database: DatabaseSync, sql: string) {
  const statement = database.prepare(sql);
  const names = statement.columns().map(({ name }) => name);
  // As lists they take a fifth of the time of the objects that SQLite's own binding makes of rows.
  statement.setReturnArrays(true);
  function* rows(of: StatementSync, values: readonly unknown[]): Generator<object> {
    for (const row of of.iterate(...(values as SQLInputValue[])) as Iterable<unknown>) yield rowOf(names, row);
  }
  return {
    reader: names.length > 0,
    all: (values: readonly unknown[]) => [...rows(statement, values)],
    run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
    // A statement can be under way once only; this one may be left off and gone on with.
    iterate: (values: readonly unknown[]) => {
      const own = database.prepare(sql);
      own.setReturnArrays(true);
      return rows(own, values);
    },
  };
}

function rowOf(names: readonly string[], values: unknown): object {
  const row: Record<string, unknown> = {};
  for (const [i, name] of names.entries()) row[name] = (values as readonly unknown[])[i];
  return row;
}

/** Makes a folder that is missing; the one around it has to be there. `recursive` would spin for ever under /proc. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** SQLite can roll back changes of its schema, so a migration is done whole or not at all, by one process at a time. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    // A write, because only a write takes the lock.
    await sql`update kysely_migration_lock set is_locked = is_locked`.execute(db);
  }
}

class TransactionalSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** Whether a statement failed because another writer holds the lock. Source: sqlite.org/rescode.html, SQLITE_BUSY. */
export function isBusy(error: unknown): error is Error {
  return codeOf(error) === 5;
}

/** What a file that is damaged makes of a statement: ERROR (a table is gone), CORRUPT, CONSTRAINT, MISMATCH, FORMAT, NOTADB. */
const OF_DAMAGE: readonly (number | undefined)[] = [1, 11, 19, 20, 24, 26];

/** Whether a statement failed because of what the file holds, and not of how it can be reached. */
export function isOfDamage(error: unknown): boolean {
  return OF_DAMAGE.includes(codeOf(error));
}

/** What a disk that is full, read-only or broken makes of a statement: READONLY, IOERR, FULL, CANTOPEN. */
const OF_DISK: readonly (number | undefined)[] = [8, 10, 13, 14];

/** Whether a statement failed because of the disk that the file is on; of a file that is not there, it may be its path. */
export function isOfDisk(error: unknown): error is Error {
  return OF_DISK.includes(codeOf(error));
}

/** A store is not opened on a disk that takes nothing: what would be published could not be kept. */
export class StoreUnwritable extends Error {
  constructor(store: string, why: string) {
    super(
      `The store ${store} cannot be written (${why}): its disk is full or read-only, or fails. Make room on it, or make it ` +
        'writable, and start again. Nothing was changed.',
    );
    this.name = 'StoreUnwritable';
  }
}

/** Whether it is SQLite that failed: the disk is full or read-only, or the file cannot be read or written. */
export function isOfSqlite(error: unknown): error is Error {
  return error instanceof Error && codeOf(error) !== undefined;
}

/** The primary result code; `undefined` for what is no error of SQLite. */
function codeOf(error: unknown): number | undefined {
  const { errcode } = Object(error) as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

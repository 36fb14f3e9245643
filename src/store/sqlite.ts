import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type Dialect } from 'kysely';

/**
 * Kysely over the SQLite that comes with Node. Every commit is on the disk before it returns.
 *
 * @param location a file, whose folder is made where it is missing, or `:memory:`.
 */
export function sqliteDialect(location: string): Dialect {
  return new SqliteDialect({
    // Opened at the first query, so that a folder that cannot be written is an error of the migration, told in one place.
    database: async () => {
      if (location !== ':memory:') mkdirSync(path.dirname(path.resolve(location)), { recursive: true });
      // Waiting for a lock holds the whole event loop: better to be told soon, and to try again.
      const database = new DatabaseSync(location, { timeout: 50 });
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
      return {
        close: () => database.close(),
        prepare: (sql: string) => {
          const statement = database.prepare(sql);
          return {
            reader: statement.columns().length > 0,
            all: (values: readonly unknown[]) => statement.all(...(values as SQLInputValue[])),
            run: (values: readonly unknown[]) => statement.run(...(values as SQLInputValue[])),
            iterate: (values: readonly unknown[]) => statement.iterate(...(values as SQLInputValue[])),
          };
        },
      };
    },
  });
}

/** Whether a statement failed because another writer holds the lock. Source: sqlite.org/rescode.html, SQLITE_BUSY. */
export function isBusy(error: unknown): boolean {
  const { errcode } = Object(error) as { errcode?: unknown };
  return typeof errcode === 'number' && (errcode & 0xff) === 5;
}

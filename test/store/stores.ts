import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { HeldAddress } from '../../src/model/address.js';
import type { Catalog } from '../../src/model/catalog.js';
import { digestOf, type Content, type Revision } from '../../src/model/revision.js';
import type { History } from '../../src/store/history.js';

/** What a catalog and some addresses make. */
export function contentOf(catalog: Catalog, addresses: readonly HeldAddress[] = []): Content {
  return { catalog, listedHosts: [...new Set(addresses.map(({ host }) => host))].sort(), addresses };
}

/** The record of a revision of a content. Revision 7 is published at 00:00:07. */
export function revisionOf(number: number, content: Content, rest: Partial<Revision> = {}): Revision {
  return {
    revision: number,
    digest: digestOf(content),
    publishedAt: `2026-01-01T00:${String(Math.floor(number / 60)).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}.000Z`,
    previous: number === 1 ? null : number - 1,
    cause: 'poll',
    by: null,
    note: null,
    upstream: null,
    catalog: { sha256: 'c'.repeat(64) },
    ...rest,
  };
}

/** Publishes contents one after another, from a number on. */
export async function publishAll(history: History, contents: readonly Content[], from = 1): Promise<void> {
  for (const [i, content] of contents.entries()) await history.publish(revisionOf(from + i, content), content);
}

/** Asks a store's file directly. */
export function query(file: string, sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
  const database = new DatabaseSync(file);
  try {
    return database
      .prepare(sql)
      .all(...values)
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

/** Alters a store's file behind its back. The number of rows that it changed. */
export function alter(file: string, sql: string, ...values: SQLInputValue[]): number {
  const database = new DatabaseSync(file);
  try {
    return Number(database.prepare(sql).run(...values).changes);
  } finally {
    database.close();
  }
}

const TABLES = ['revision', 'catalog', 'address', 'listed_host', 'poll', 'kysely_migration'];

/** Everything that a store's file has. */
export function dump(file: string): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(TABLES.map((table) => [table, query(file, `SELECT * FROM ${table} ORDER BY rowid`)]));
}

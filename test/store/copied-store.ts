import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Content, HistoryEntry } from '../../src/model/revision.js';
import { copyFileOf } from '../../src/store/copy.js';
import { linesOf } from '../../src/store/history-lines.js';
import type { History } from '../../src/store/history.js';
import { openStore, type OpenedStore } from '../../src/store/opening.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { contentOf, revisionOf } from './stores.js';

export const NOW = new Date('2026-06-01T12:00:00.000Z');

const CATALOGS = [loaded(), loaded({ title: 'Another title' })] as const;

/** The content of a numbered revision: each has another address than the one before, each third another catalog. */
export function numbered(n: number): Content {
  return contentOf(CATALOGS[n % 3 === 0 ? 1 : 0], [
    held('a.com', `1.0.${Math.floor(n / 250)}.${n % 250}/32`),
    held('b.com', '2.0.0.1/32'),
  ]);
}

export function entry(n: number, rest: Parameters<typeof revisionOf>[2] = {}): HistoryEntry {
  const content = numbered(n);
  return { revision: revisionOf(n, content, rest), content };
}

/** Publishes the numbered revisions from one to another. */
export async function publish(history: History, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) await history.publish(entry(n).revision, entry(n).content);
}

/** Opens a store as the service does, and closes it. */
export async function opened<T>(store: string, use: (store: OpenedStore) => Promise<T>): Promise<T> {
  const found = await openStore(store, () => NOW);
  try {
    return await use(found);
  } finally {
    await found.copies?.settled();
    await found.history.close();
  }
}

/** A closed store with so many numbered revisions, and its copy. Returns its file. */
export async function storeWith(folder: string, revisions: number): Promise<string> {
  const store = path.join(folder, 'gatepost.db');
  await opened(store, ({ history }) => publish(history, 1, revisions));
  return store;
}

export function copyText(store: string): Promise<string> {
  return readFile(copyFileOf(store, 'own'), 'utf8');
}

/** What an export of the numbered revisions is. */
export function exported(revisions: number): string {
  return [
    ...linesOf(
      'own',
      Array.from({ length: revisions }, (_, i) => entry(i + 1)),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The names in a store's folder, without the store and its copy. */
export async function others(store: string): Promise<string[]> {
  const names = await readdir(path.dirname(store));
  return names.filter((name) => !['gatepost.db', 'gatepost.db.own.copy.jsonl'].includes(name)).sort();
}

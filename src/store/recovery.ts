import { rename, rm, stat } from 'node:fs/promises';
import type { HistoryEntry } from '../model/revision.js';
import { BESIDE_STORE, moveAside, syncFolderOf } from './aside.js';
import { readCopied, withLost, type Copied } from './copied.js';
import { History } from './history.js';
import { sqliteDialect } from './sqlite.js';

/** A store is damaged or gone, and nothing is left to recover it from. */
export class Unrecoverable extends Error {
  constructor(store: string, fault: string, copies: readonly string[]) {
    const copy =
      copies.length === 0 ? 'There is no copy of it' : `No whole revision is left in its copy (${copies.join(', ')})`;
    super(
      `The store ${store} cannot be used: ${fault}. ${copy}, so nothing is served and nothing was changed. ` +
        'Restore the store from a backup; or, to begin again from the list that ships, move it and all that stands beside it away.',
    );
    this.name = 'Unrecoverable';
  }
}

/** Revisions that are written in one transaction. */
const BATCH = 200;

/**
 * Makes a store anew from its copies, and moves the old one aside, whole. At every moment of it, a start finds either the
 * old store or none, and then recovers again.
 *
 * @param copies the files of its copies.
 * @param known  the newest revision of each product, where the old store can still tell.
 * @returns what was done, in sentences for people.
 * @throws Unrecoverable where the copies have nothing.
 */
export async function recover(
  store: string,
  fault: string,
  copies: readonly string[],
  known: ReadonlyMap<string, number>,
  now: Date,
): Promise<string> {
  const read = await Promise.all(copies.map(async (file) => ({ file, copied: await readCopied(file) })));
  if (!read.some(({ copied }) => copied !== undefined)) throw new Unrecoverable(store, fault, copies);
  const fresh = `${store}.recovering`;
  for (const end of BESIDE_STORE) await rm(`${fresh}${end}`, { force: true });
  const history = await History.open(sqliteDialect(fresh));
  const said: string[] = [];
  try {
    for (const { file, copied } of read) said.push(await writeCopied(history, file, copied, known));
  } finally {
    await history.close();
  }
  for (const { file, copied } of read) {
    // It is written anew, from the store: what it has behind the damage contradicts that.
    const isWhole = copied !== undefined && copied.entries.length >= headOf(copied, known);
    if (!isWhole) await moveAside(file, 'corrupt', now);
  }
  const aside = await moveAside(store, 'corrupt', now);
  await rename(fresh, store);
  await syncFolderOf(store);
  const moved = aside === undefined ? '' : ` It was moved to ${aside}.`;
  return `The store ${store} cannot be used: ${fault}.${moved} ${said.join(' ')}`;
}

/** The size of a store's file; 0 where it is empty or not there. */
export async function sizeOf(store: string): Promise<number> {
  return (await stat(store).catch(() => undefined))?.size ?? 0;
}

/** Publishes revisions, some in each transaction. */
export async function publishInBatches(history: History, entries: Iterable<HistoryEntry>): Promise<void> {
  let batch: HistoryEntry[] = [];
  for (const entry of entries) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    await history.publishAll(batch);
    batch = [];
  }
  await history.publishAll(batch);
}

async function writeCopied(
  history: History,
  file: string,
  copied: Copied | undefined,
  known: ReadonlyMap<string, number>,
): Promise<string> {
  if (copied === undefined) return `Of its copy ${file} nothing could be read.`;
  const { product, entries, fault } = copied;
  const head = headOf(copied, known);
  await publishInBatches(history, withLost(copied, head));
  const recovered = `Revisions 1 to ${entries.length} of ${product} were recovered from its copy ${file}.`;
  if (head === entries.length) return recovered;
  const why = fault === null ? '' : ` (${fault})`;
  return `${recovered} What revisions ${entries.length + 1} to ${head} held is lost${why}: they hold what revision ${entries.length} held, until upstream is read.`;
}

function headOf({ product, head }: Copied, known: ReadonlyMap<string, number>): number {
  return Math.max(head, known.get(product) ?? 0);
}

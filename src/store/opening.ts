import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { moveAside } from './aside.js';
import { readCopied, withLost } from './copied.js';
import { Copies } from './copies.js';
import { COPY_END, CopyContradicts } from './copy.js';
import { History } from './history.js';
import { Unrecoverable, publishInBatches, recover, sizeOf } from './recovery.js';
import { isOfDamage, sqliteDialect } from './sqlite.js';
import { WritingApart } from './write-apart.js';

/** A store that is open, and whole. */
export interface OpenedStore {
  readonly history: History;
  /** `null` for a store in memory. */
  readonly copies: Copies | null;
  /** What had to be mended, in sentences for people: none of it may happen unheard. */
  readonly mended: readonly string[];
}

/** Leaves word that older revisions are damaged, for the next start to mend. */
export async function noteDamage(store: string, fault: string): Promise<void> {
  // Where it cannot be written the service tells of the damage again after its next start.
  await writeFile(damageNoteOf(store), `${fault}\n`).catch(() => undefined);
}

function damageNoteOf(store: string): string {
  return `${store}.damaged`;
}

/**
 * Opens a store, whatever happened to its file: one that is gone or damaged is recovered from its copies, one that lacks
 * revisions which a copy has is completed.
 *
 * @throws Unrecoverable where it is damaged and there is no copy; whatever SQLite says where it cannot be reached.
 */
export async function openStore(store: string, now: () => Date): Promise<OpenedStore> {
  if (store === ':memory:') return { history: await History.open(sqliteDialect(store)), copies: null, mended: [] };
  const mended: string[] = [];
  for (;;) {
    const history = await openWhole(store, mended, now);
    const copies = new Copies(store, history);
    try {
      const fault = await settle(store, history, copies, mended, now);
      if (fault === undefined) return { history, copies, mended };
      await recoverFrom(store, history, fault, mended, now);
    } catch (error) {
      await history.close();
      throw error;
    }
  }
}

/** Opens a store in which no fault is found, be it by making it anew. */
async function openWhole(store: string, mended: string[], now: () => Date): Promise<History> {
  for (;;) {
    const files = await copiesOf(store);
    if (files.length > 0 && (await sizeOf(store)) === 0) {
      const fault = 'it is missing or empty, though its copy says that it had revisions';
      mended.push(await recover(store, fault, files, new Map(), now()));
    }
    let history: History | undefined;
    let fault: string | undefined;
    try {
      history = await History.open(sqliteDialect(store), {
        reading: sqliteDialect(store, 'read'),
        apart: new WritingApart(store),
      });
      fault = (await history.fault()) ?? (await notedDamage(store, files));
      if (fault === undefined) return history;
    } catch (error) {
      // Without a copy it may be no store of ours: then it is left as it is, and its setting is what is wrong.
      if (!isOfDamage(error) || files.length === 0) {
        await history?.close();
        throw error;
      }
      fault = error instanceof Error ? error.message : String(error);
    }
    await recoverFrom(store, history, fault, mended, now);
  }
}

async function recoverFrom(
  store: string,
  damaged: History | undefined,
  fault: string,
  mended: string[],
  now: () => Date,
): Promise<void> {
  // What a damaged store cannot say any more only its copy knows.
  const known = await (damaged?.heads().catch(() => undefined) ?? new Map<string, number>());
  await damaged?.close();
  const files = await copiesOf(store);
  if (files.length === 0) throw new Unrecoverable(store, fault, files);
  mended.push(await recover(store, fault, files, known ?? new Map(), now()));
  await rm(damageNoteOf(store), { force: true });
}

/** Older revisions that were found damaged while the service ran: a reason to make the store anew where its copies are whole. */
async function notedDamage(store: string, files: readonly string[]): Promise<string | undefined> {
  const note = await readFile(damageNoteOf(store), 'utf8').catch(() => undefined);
  if (note === undefined || files.length === 0) return undefined;
  const copied = await Promise.all(files.map((file) => readCopied(file)));
  return copied.every((one) => one !== undefined && one.fault === null) ? note.trim() : undefined;
}

/**
 * Brings each copy to where the store is, or the store to where a copy is.
 *
 * @returns how a copy shows that the store is damaged; `undefined` where none does.
 */
async function settle(
  store: string,
  history: History,
  copies: Copies,
  mended: string[],
  now: () => Date,
): Promise<string | undefined> {
  const products = new Set([...(await history.products()), ...(await copiesOf(store)).map(productIn(store))]);
  for (const product of products) {
    try {
      await copies.of(product).complete();
    } catch (error) {
      // What cannot be written is told and tried again by whoever runs the store.
      if (!(error instanceof CopyContradicts)) continue;
      const { fault, sentence } = await judge(history, product, error.file);
      if (fault !== null) return fault;
      if (sentence !== null) mended.push(sentence);
      else {
        const aside = await moveAside(error.file, 'other', now());
        mended.push(
          `The copy ${error.file} is of another history of ${product} than the store. The store is served; the copy was moved to ${aside} and is written anew.`,
        );
      }
    }
  }
  await copies.completeAll();
  return undefined;
}

/** What a contradiction comes from: revisions that the store lacks are put into it; else it is damaged, or another one. */
async function judge(
  history: History,
  product: string,
  file: string,
): Promise<{ readonly fault: string | null; readonly sentence: string | null }> {
  const copied = await readCopied(file);
  const stored = (await history.heads()).get(product) ?? 0;
  if (copied === undefined) return { fault: null, sentence: null };
  const common = Math.min(stored, copied.entries.length);
  const isSame = async (n: number) =>
    JSON.stringify(await history.record(product, n)) === JSON.stringify(copied.entries[n - 1]?.revision);
  if (copied.head > stored && (common === 0 || (common === stored && (await isSame(common))))) {
    await publishInBatches(history, [...withLost(copied, copied.head)].slice(stored));
    const sentence = `The store ended with revision ${stored} of ${product}, though revision ${copied.head} was published: the rest was recovered from its copy ${file}.`;
    return { fault: null, sentence };
  }
  const isBranch = common > 0 && (await isSame(1));
  const isSameContent = (await history.record(product, common))?.digest === copied.entries[common - 1]?.revision.digest;
  if (!isBranch && !isSameContent) return { fault: null, sentence: null };
  return {
    fault: `its record of a revision of ${product} is not what its copy ${file} has under a seal`,
    sentence: null,
  };
}

/** The copies beside a store. */
async function copiesOf(store: string): Promise<readonly string[]> {
  const [folder, name] = [path.dirname(store), path.basename(store)];
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(
      (each) => each.startsWith(`${name}.`) && each.endsWith(COPY_END) && each.length > name.length + COPY_END.length,
    )
    .map((each) => path.join(folder, each));
}

function productIn(store: string): (file: string) => string {
  return (file) => path.basename(file).slice(path.basename(store).length + 1, -COPY_END.length);
}

import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { Content, HistoryEntry } from '../model/revision.js';
import { sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { syncFolderOf } from './aside.js';
import { Breathing, inTurns } from './breathing.js';
import { Chronicle } from './chronicle.js';
import { readTail, type CopyTail } from './copy-tail.js';
import type { History } from './history.js';
import { endLine, headLine, writingRevision } from './history-lines.js';

/** From where on a copy is written. */
interface Start {
  /** The last revision before it; 0 before the first. */
  readonly revision: number;
  /** The byte after the line of that revision, where the end stands. */
  readonly offset: number;
  /** What that revision held. */
  readonly content: Content | undefined;
  /** The SHA-256 of each catalog that stands in the file. */
  readonly catalogs: Set<string>;
}

/** Where a copy goes on. */
interface Place extends Start {
  readonly content: Content;
  /** The size of the file: with another, another writer was there. */
  readonly bytes: number;
}

/** The copy says otherwise of a revision than the store. */
export class CopyContradicts extends Error {
  constructor(
    readonly file: string,
    readonly revision: number,
  ) {
    super(`The copy ${file} has another revision ${revision} than the store.`);
    this.name = 'CopyContradicts';
  }
}

/** How the name of a copy ends. */
export const COPY_END = '.copy.jsonl';

/** The file of the copy of a product's history. */
export function copyFileOf(store: string, product: string): string {
  return `${store}.${product}${COPY_END}`;
}

/**
 * A product's history a second time, as text beside the store, in the form that an export has. A revision is in the store
 * first: a copy that lacks some, or whose end was not written to its end, is cut back to its last whole revision and
 * completed from the store. To go on by a revision costs what that revision changed.
 */
export class Copy {
  #place: Place | undefined;

  constructor(
    readonly file: string,
    private readonly product: string,
    private readonly history: History,
  ) {}

  /** Writes what was just published, and is done once it is on the disk. Rejects where it cannot; the next time completes it. */
  async follow(entries: readonly HistoryEntry[]): Promise<void> {
    const place = this.#place;
    this.#place = undefined;
    const first = entries[0]?.revision.revision;
    const isNext = place !== undefined && place.revision + 1 === first;
    this.#place =
      (isNext ? await this.#append(place, entries) : undefined) ??
      (first === 1 ? await this.#begun(entries) : undefined) ??
      (await this.#completed());
  }

  /** Brings it to the newest revision of the store, unless it is there. */
  async complete(): Promise<void> {
    this.#place ??= await this.#completed();
  }

  /** `undefined` where the file is not what was last written. */
  async #append(place: Place, entries: readonly HistoryEntry[]): Promise<Place | undefined> {
    const handle = await open(this.file, 'r+').catch(unlessMissing);
    if (handle === undefined) return undefined;
    try {
      if ((await handle.stat()).size !== place.bytes) return undefined;
      return await writeFrom(handle, place, entries);
    } finally {
      await handle.close();
    }
  }

  /** Begins with the first revisions of a history; `undefined` where there is a file. */
  async #begun(entries: readonly HistoryEntry[]): Promise<Place | undefined> {
    const isThere = await stat(this.file).then(() => true, unlessMissing);
    return isThere === true ? undefined : this.#written(entries);
  }

  async #completed(): Promise<Place | undefined> {
    const head = await this.history.head(this.product);
    const handle = await open(this.file, 'r+').catch(unlessMissing);
    try {
      const tail = handle && (await readTail(handle));
      if (handle !== undefined && tail?.product === this.product) return await this.#from(handle, tail, head);
    } finally {
      await handle?.close();
    }
    return head && this.#written(await this.history.replay(this.product));
  }

  /** Writes it anew, whole. The old one is there until the new one is on the disk. */
  async rewrite(): Promise<void> {
    this.#place = undefined;
    const isThere = (await this.history.products()).includes(this.product);
    if (isThere) this.#place = await this.#written(await this.history.replay(this.product));
  }

  async #from(handle: FileHandle, tail: CopyTail, head: HistoryEntry | undefined): Promise<Place> {
    const number = tail.revision.revision;
    if (head === undefined || number > head.revision.revision) throw new CopyContradicts(this.file, number);
    const isBehind = number < head.revision.revision;
    const there = isBehind ? await this.history.record(this.product, number) : head.revision;
    if (JSON.stringify(there) !== JSON.stringify(tail.revision)) throw new CopyContradicts(this.file, number);
    if (!isBehind && tail.isEnded) {
      const catalogs = new Set(await this.history.catalogKeys(this.product));
      return { revision: number, offset: tail.offset, bytes: tail.bytes, content: head.content, catalogs };
    }
    const chronicle = new Chronicle(await this.history.recorded(this.product));
    const entries: HistoryEntry[] = [];
    for (let n = number + 1; n <= head.revision.revision; n++) {
      entries.push({ revision: chronicle.record(n)!, content: chronicle.verifiedContent(n) });
    }
    // A catalog that stood behind the last whole revision is cut off with it.
    const kept = new Set<Catalog>();
    for (let n = 1; n <= number; n++) kept.add(chronicle.catalogAt(n).value);
    const catalogs = new Set([...kept].map((catalog) => sha256(JSON.stringify(catalog))));
    await handle.truncate(tail.offset);
    const start = { revision: number, offset: tail.offset, content: chronicle.content(number), catalogs };
    return writeFrom(handle, start, entries);
  }

  /** Writes a whole history, which has a revision, to a file of its own, and puts that in the place of the old one. */
  async #written(entries: Iterable<HistoryEntry>): Promise<Place> {
    const half = `${this.file}.part`;
    await rm(half, { force: true });
    const handle = await open(half, 'wx');
    let place: Place;
    try {
      const head = Buffer.from(`${headLine(this.product)}\n`);
      await writeAll(handle, head, 0);
      const start = { revision: 0, offset: head.length, content: undefined, catalogs: new Set<string>() };
      place = await writeFrom(handle, start, entries);
    } finally {
      await handle.close();
    }
    await rename(half, this.file);
    await syncFolderOf(this.file);
    return place;
  }
}

/** As much text as is written at once, where there is more. */
const CHUNK = 1_048_576;

/** Writes revisions and a new end over the old end. What is written is longer than that, so nothing of it is left. */
async function writeFrom(handle: FileHandle, start: Start, entries: Iterable<HistoryEntry>): Promise<Place> {
  const { catalogs } = start;
  let { revision, offset, content } = start;
  let text = '';
  const breathing = new Breathing();
  for (const entry of entries) {
    for (const line of await inTurns(writingRevision(content, entry, catalogs), breathing)) text += `${line}\n`;
    content = entry.content;
    revision = entry.revision.revision;
    if (text.length < CHUNK) continue;
    const chunk = Buffer.from(text);
    await writeAll(handle, chunk, offset);
    offset += chunk.length;
    text = '';
  }
  const [lines, end] = [Buffer.from(text), Buffer.from(`${endLine(revision)}\n`)];
  await writeAll(handle, Buffer.concat([lines, end]), offset);
  await handle.datasync();
  offset += lines.length;
  return { revision, offset, bytes: offset + end.length, content: content!, catalogs };
}

/** A full disk takes a part without an error. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
}

import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FORM } from '../store/history-form.js';
import { isOfTheSystem } from './ending.js';
import { Refused } from './refused.js';

/** The file that an export is written to. */
export interface ExportFile {
  readonly file: string;
  /** Whether it may replace what is no export. A store is never replaced. */
  readonly force: boolean;
}

/** What every SQLite file begins with. Source: sqlite.org/fileformat.html, "The Database Header". */
const SQLITE = 'SQLite format 3\0';
/** What SQLite keeps beside a store, there or not. */
const BESIDE_STORE = ['', '-wal', '-shm', '-journal'] as const;
/** Enough for the beginning of an export and of a SQLite file. */
const BEGINNING_BYTES = 64;

/**
 * Writes lines to a file, which is there only when it is whole: until then they stand in `FILE.part`.
 *
 * @param store the store's file.
 * @throws Refused where the file is not to be replaced, or cannot be written. Nothing is left behind then.
 */
export async function writeExport(
  { file, force }: ExportFile,
  store: string,
  lines: () => Promise<Iterable<string>>,
): Promise<void> {
  const half = `${file}.part`;
  const folder = path.dirname(path.resolve(file));
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new Refused(`There is no folder ${folder}.`);
  try {
    await refuseToReplace(file, store, force);
    // What an export that was killed left behind.
    await refuseToReplace(half, store, force, 'or empty');
    const text = await lines();
    await rm(half, { force: true });
    await writeWhole(half, file, text);
  } catch (error) {
    if (!isOfTheSystem(error)) throw error;
    throw new Refused(`${file} cannot be written: ${error.message}.`);
  }
}

async function writeWhole(half: string, file: string, lines: Iterable<string>): Promise<void> {
  // Only a new file: a link that was put in its place is not followed.
  const handle = await open(half, 'wx');
  try {
    try {
      for (const line of lines) await handle.write(`${line}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

async function refuseToReplace(file: string, store: string, force: boolean, orEmpty?: 'or empty'): Promise<void> {
  for (const end of BESIDE_STORE) {
    if (await isSame(file, `${store}${end}`)) throw new Refused(`${file} is the store itself, or a part of it.`);
  }
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw new Refused(`${file} is there, and is no file that could be replaced.`);
  const beginning = await beginningOf(file);
  if (beginning.startsWith(SQLITE)) throw new Refused(`${file} is a SQLite store: it is not replaced.`);
  const isOurs = beginning.startsWith(`{"form":"${FORM}"`) || (orEmpty !== undefined && found.size === 0);
  if (!isOurs && !force) throw new Refused(`${file} is there, and is no export: it is replaced only with --force.`);
}

/** Whether two names are of one file: by what they lead to, or, where there is nothing yet, by their place. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((name) => stat(name, { bigint: true }).catch(() => undefined)));
  if (one !== undefined && other !== undefined) return one.ino === other.ino && one.dev === other.dev;
  return (await placeOf(a)) === (await placeOf(b));
}

async function placeOf(file: string): Promise<string> {
  const folder = path.dirname(path.resolve(file));
  return path.join(await realpath(folder).catch(() => folder), path.basename(file));
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

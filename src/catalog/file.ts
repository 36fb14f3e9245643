import { readFile, readdir, stat } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';
import { wholeFile } from './fault.js';
import { readCatalog, type LoadedCatalog } from './read.js';

const CATALOG_FILE = /\.ya?ml$/;

/**
 * The one catalog file that a setting names: the file itself, or the only one in a folder.
 *
 * @throws CatalogError for a folder with none, or with more than one.
 */
export async function findCatalog(location: string): Promise<string> {
  const isFolder = await stat(location).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return location;
  const files = (await readdir(location)).filter((name) => CATALOG_FILE.test(name) && !name.startsWith('.'));
  if (files.length === 1) return path.join(location, files[0]!);
  throw wholeFile(
    location,
    files.length === 0
      ? 'The folder has no catalog (*.yaml).'
      : `The folder has ${files.length} catalogs (${files.sort().join(', ')}); one can be served.`,
  );
}

/**
 * Loads a catalog from its file.
 *
 * @throws CatalogError with every fault found.
 */
export async function loadCatalog(file: string): Promise<LoadedCatalog> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw wholeFile(file, `The file cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
  return readCatalog(file, bytes);
}

/**
 * Tells of changes to a file until the signal aborts. Polls, so that it also sees files replaced by rename and the
 * symbolic links that container platforms swap.
 */
export function watchCatalog(file: string, everyMs: number, signal: AbortSignal, changed: () => void): void {
  const listener = () => changed();
  watchFile(file, { interval: everyMs, persistent: false }, listener);
  signal.addEventListener('abort', () => unwatchFile(file, listener), { once: true });
}

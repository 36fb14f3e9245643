import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { Config } from '../config.js';
import type { BackfillOptions } from '../model/backfill.js';
import { publicUrl } from '../model/upstream-url.js';
import { Continuation } from '../publish/continuation.js';
import { History } from '../store/history.js';
import { readHistory } from '../store/read-history.js';
import { isBusy, sqliteDialect } from '../store/sqlite.js';
import { isClone, versionsInClone } from '../upstream/git.js';
import { versionsInFolder } from '../upstream/versions.js';
import { told, type Step } from './told-backfill.js';
import { Refused, storeFile } from './refused.js';

/** Where a history comes from. */
interface Source {
  readonly product: string;
  readonly steps: () => AsyncIterable<Step>;
}

export interface ImportOptions {
  /** The catalog, where one was named. */
  readonly catalog: string | undefined;
  /** The list's file in a clone, where one was named. */
  readonly file: string | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * Imports a folder of dated lists, a git clone of one, or a history that was written out.
 *
 * @throws Refused, UnreadableHistory, OtherHistory, GitFailed, CatalogError, each with sentences for people.
 */
export async function importHistory(
  location: string,
  config: Config,
  options: ImportOptions,
  print: (line: string) => void,
): Promise<void> {
  const { product, steps } = await sourceOf(location, config, options);
  const history = await openAlone(config);
  let revision = 0;
  try {
    const continuation = await Continuation.of(history, product);
    for await (const { entries, say } of steps()) {
      let written = 0;
      for (const entry of entries) {
        if (options.signal.aborted) {
          throw new Refused(`Interrupted after revision ${revision}. The same command goes on from there.`);
        }
        if ((await continuation.take(entry)) === 'written') written++;
        revision = entry.revision.revision;
      }
      print(written < entries.length ? `${say}, there already` : say);
    }
    continuation.end();
  } finally {
    await history.close();
  }
  print(`The history of ${product} has ${revision} revisions.`);
}

async function sourceOf(location: string, config: Config, options: ImportOptions): Promise<Source> {
  const found = await stat(location).catch(() => undefined);
  if (found === undefined) throw new Refused(`There is no ${location}.`);
  const clone = found.isDirectory() && (await isClone(location));
  if (!clone && options.file !== undefined) {
    throw new Refused(`--file names a file in the history of a git clone; ${location} is none.`);
  }
  if (found.isFile()) return writtenSource(location, options);
  const versions = clone ? await versionsInClone(location, options.file ?? null) : await versionsInFolder(location);
  if (versions.length === 0) {
    const detail = 'no file that is named by an instant (2016-05-17T230240Z.json), and it is no git clone.';
    throw new Refused(`${location} has ${detail}`);
  }
  const catalogFile = await findCatalog(options.catalog ?? config.catalog);
  const { catalog, sha256 } = await loadCatalog(catalogFile);
  const url = config.upstreamUrl === null ? catalog.upstream?.url : publicUrl(config.upstreamUrl);
  const how: BackfillOptions = {
    catalog,
    catalogSha256: sha256,
    url: url ?? `import:${encodeURIComponent(path.basename(path.resolve(location)))}`,
    graceMs: config.graceMs,
  };
  return { product: catalog.product, steps: () => told(versions, how, options.now) };
}

/** Read whole before anything is written: a damaged line is not found out half-way. */
async function writtenSource(file: string, { catalog }: ImportOptions): Promise<Source> {
  if (catalog !== undefined)
    throw new Refused('A history that was written out has its catalogs in it: leave out --catalog.');
  const { product, entries } = readHistory(await readFile(file, 'utf8'));
  const count = entries().reduce((sum) => sum + 1, 0);
  return {
    product,
    async *steps() {
      for (const entry of entries()) {
        const { revision, publishedAt, cause } = entry.revision;
        yield { entries: [entry], say: `${revision} of ${count}: ${publishedAt} ${cause}` };
      }
    },
  };
}

/** @throws Refused where another process has the store open, or there cannot be one. */
async function openAlone(config: Config): Promise<History> {
  const file = storeFile(config);
  try {
    return await History.open(sqliteDialect(file, 'alone'));
  } catch (error) {
    if (isBusy(error)) {
      throw new Refused(`${file} is open in another process: a service, or another import. Stop that, and try again.`);
    }
    throw new Refused(
      `${file} cannot be used as a SQLite store: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

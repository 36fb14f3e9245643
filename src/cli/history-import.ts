import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { BackfillOptions } from '../model/backfill.js';
import { publicUrl } from '../model/upstream-url.js';
import { Continuation } from '../publish/continuation.js';
import { History } from '../store/history.js';
import { readHistory } from '../store/read-history.js';
import { isBusy, sqliteDialect } from '../store/sqlite.js';
import { isClone, versionsInClone } from '../upstream/git.js';
import { versionsInFolder } from '../upstream/versions.js';
import { Refused, storeFile } from './refused.js';
import type { CommandSettings } from './settings.js';
import { told, type Step } from './told-backfill.js';

/** Where a history comes from. */
interface Source {
  readonly product: string;
  /** Files that look like lists and are none, each with why. */
  readonly leftOut: readonly string[];
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
 * @returns the exit code: 1 where a list was left out, which the rest does not suffer from.
 * @throws Refused, UnreadableHistory, OtherHistory, GitFailed, CatalogError, each with sentences for people.
 */
export async function importHistory(
  location: string,
  settings: CommandSettings,
  options: ImportOptions,
  print: (line: string) => void,
): Promise<number> {
  const { product, leftOut, steps } = await sourceOf(location, settings, options);
  const history = await openAlone(settings);
  let revision = 0;
  let left = leftOut.length;
  try {
    for (const line of leftOut) print(line);
    const continuation = await Continuation.of(history, product);
    for await (const { entries, say, isLeftOut } of steps()) {
      if (isLeftOut === true) left++;
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
  if (left > 0) print(`Left out, as said above: ${left}.`);
  return left === 0 ? 0 : 1;
}

async function sourceOf(location: string, settings: CommandSettings, options: ImportOptions): Promise<Source> {
  const found = await stat(location).catch(() => undefined);
  if (found === undefined) throw new Refused(`There is no ${location}.`);
  const clone = found.isDirectory() && (await isClone(location));
  if (!clone && options.file !== undefined) {
    throw new Refused(`--file names a file in the history of a git clone; ${location} is none.`);
  }
  if (found.isFile()) return writtenSource(location, options);
  const { versions, undated } = clone
    ? { versions: await versionsInClone(location, options.file ?? null), undated: [] }
    : await versionsInFolder(location);
  if (versions.length === 0) {
    const detail = 'no file that is named by an instant (2016-05-17T230240Z.json), and it is no git clone.';
    throw new Refused(`${location} has ${detail}`);
  }
  refuseFuture(
    versions.map(({ at, name }) => ({ at, what: name })),
    options.now,
  );
  const catalogFile = await findCatalog(options.catalog ?? settings.catalog);
  const { catalog, sha256 } = await loadCatalog(catalogFile);
  const url = settings.upstreamUrl === null ? catalog.upstream?.url : publicUrl(settings.upstreamUrl);
  const how: BackfillOptions = {
    catalog,
    catalogSha256: sha256,
    url: url ?? `import:${encodeURIComponent(path.basename(path.resolve(location)))}`,
    graceMs: settings.graceMs,
  };
  const leftOut = undated.map((name) => `${name} left out, its name is no instant (2016-05-17T230240Z.json).`);
  return { product: catalog.product, leftOut, steps: () => told(versions, how, options.now) };
}

/** Read whole before anything is written: a damaged line is not found out half-way. */
async function writtenSource(file: string, { catalog, now }: ImportOptions): Promise<Source> {
  if (catalog !== undefined)
    throw new Refused('A history that was written out has its catalogs in it: leave out --catalog.');
  const { product, entries } = readHistory(await readFile(file, 'utf8'));
  let count = 0;
  for (const { revision } of entries()) {
    const { publishedAt, upstream } = revision;
    const what = `Revision ${revision.revision}`;
    refuseFuture(
      [publishedAt, upstream?.fetchedAt ?? publishedAt].map((at) => ({ at, what })),
      now,
    );
    count++;
  }
  return {
    product,
    leftOut: [],
    async *steps() {
      for (const entry of entries()) {
        const { revision, publishedAt, cause } = entry.revision;
        yield { entries: [entry], say: `${revision} of ${count}: ${publishedAt} ${cause}` };
      }
    },
  };
}

/** @throws Refused where something is dated later than now: what was published then nobody can know. */
function refuseFuture(dated: readonly { readonly at: string; readonly what: string }[], now: Date): void {
  const later = dated.find(({ at }) => Date.parse(at) > now.getTime());
  if (later === undefined) return;
  throw new Refused(
    `${later.what} is of ${later.at}, which lies in the future: it is ${now.toISOString()}. Nothing was changed.`,
  );
}

/** @throws Refused where another process has the store open, or there cannot be one. */
async function openAlone(settings: CommandSettings): Promise<History> {
  const file = storeFile(settings);
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

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { Config } from '../config.js';
import {
  backfill,
  countChanges,
  retirementsUntil,
  type BackfillOptions,
  type HistoryEntry,
} from '../model/backfill.js';
import { sha256 } from '../model/canonical.js';
import { DEFAULT_LIMITS } from '../model/catalog.js';
import { publicUrl } from '../model/upstream-url.js';
import { Continuation } from '../publish/continuation.js';
import { History } from '../store/history.js';
import { readHistory } from '../store/read-history.js';
import { isBusy, sqliteDialect } from '../store/sqlite.js';
import { UnreadableList } from '../upstream/decode.js';
import { isClone, versionsInClone } from '../upstream/git.js';
import { parseList } from '../upstream/parse.js';
import { versionsInFolder, type Version } from '../upstream/versions.js';
import { Refused, storeFile } from './refused.js';

/** One step of an import: what there is to write, and what there is to say of it. */
interface Step {
  readonly entries: readonly HistoryEntry[];
  readonly say: string;
}

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
  const how = {
    catalog,
    catalogSha256: sha256,
    url: url ?? `import:${encodeURIComponent(path.basename(path.resolve(location)))}`,
    graceMs: config.graceMs,
  };
  return { product: catalog.product, steps: () => stepsOf(versions, how, options.now) };
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

async function* stepsOf(versions: readonly Version[], how: BackfillOptions, now: Date): AsyncGenerator<Step> {
  let last: HistoryEntry | undefined;
  for (const [i, version] of versions.entries()) {
    const which = `${i + 1} of ${versions.length}: ${version.at}`;
    const bytes = await version.read();
    let made: ReturnType<typeof backfill>;
    try {
      const list = parseList(bytes, how.catalog.upstream?.limits ?? DEFAULT_LIMITS);
      made = backfill(last, { at: version.at, sha256: sha256(bytes), list }, how);
    } catch (error) {
      if (!(error instanceof UnreadableList)) throw error;
      yield { entries: [], say: `${which} left out, it cannot be read: ${error.message}` };
      continue;
    }
    for (const entry of made.retirements) {
      yield { entries: [entry], say: retired(last, entry) };
      last = entry;
    }
    const { entry, verdict } = made;
    const judged = verdict.verdict === 'accept' ? '' : ` (${verdict.verdict}, ${verdict.reason}: ${verdict.detail})`;
    if (entry === undefined) {
      yield { entries: [], say: `${which} no change` };
      continue;
    }
    const { added, removed } = countChanges(last?.content, entry.content);
    yield { entries: [entry], say: `${which} revision ${entry.revision.revision} +${added} −${removed}${judged}` };
    last = entry;
  }
  for (const entry of retirementsUntil(last, now.toISOString())) {
    yield { entries: [entry], say: retired(last, entry) };
    last = entry;
  }
}

function retired(before: HistoryEntry | undefined, { revision, content }: HistoryEntry): string {
  const count = (before?.content.addresses.length ?? 0) - content.addresses.length;
  return `grace ended: ${revision.publishedAt} revision ${revision.revision}, ${count} retired`;
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

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/catalog/file.js';
import { backfill, retirementsUntil, type BackfillOptions, type DatedList } from '../../src/model/backfill.js';
import { sha256 } from '../../src/model/canonical.js';
import type { HistoryEntry } from '../../src/model/revision.js';
import { parseList } from '../../src/upstream/parse.js';
import { versionsInFolder } from '../../src/upstream/versions.js';

export const LISTS = fileURLToPath(new URL('../fixtures/ip-list/', import.meta.url));
export const CATALOG = fileURLToPath(new URL('../../catalogs/replicated.yaml', import.meta.url));
export const SEED = fileURLToPath(new URL('../../catalogs/replicated.history.jsonl', import.meta.url));
export const DAY_MS = 86_400_000;

/** Every true version of the list, oldest first. */
export async function trueLists(): Promise<DatedList[]> {
  return Promise.all(
    (await versionsInFolder(LISTS)).versions.map(async (version) => {
      const bytes = await version.read();
      return { at: version.at, sha256: sha256(bytes), list: parseList(bytes) };
    }),
  );
}

/** How the history that ships was made. */
export async function shippedOptions(): Promise<BackfillOptions> {
  const { catalog, sha256 } = await loadCatalog(CATALOG);
  return { catalog, catalogSha256: sha256, url: catalog.upstream!.url!, graceMs: 30 * DAY_MS };
}

/** The history that lists make, on top of what there is, up to an instant. */
export function historyOf(
  lists: readonly DatedList[],
  options: BackfillOptions,
  until: string,
  before: readonly HistoryEntry[] = [],
): HistoryEntry[] {
  const entries = [...before];
  for (const dated of lists) {
    const { retirements, entry } = backfill(entries.at(-1), dated, options);
    entries.push(...retirements, ...(entry === undefined ? [] : [entry]));
  }
  return [...entries, ...retirementsUntil(entries.at(-1), until)];
}

/** The lines of a file. */
export async function linesIn(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n');
}

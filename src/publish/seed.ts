import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadedCatalog } from '../catalog/read.js';
import type { AddressList, HeldAddress, ListedAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/revision.js';
import { compareInstants } from '../model/canonical.js';
import { DEFAULT_LIMITS } from '../model/catalog.js';
import { catalogAt } from '../model/catalog-at.js';
import { judge } from '../model/guard/guard.js';
import { differs, digestOf, publicationInstant, type Content, type Revision } from '../model/revision.js';
import { readHistory } from '../store/read-history.js';

/** Before the name of a history that ships, where a revision says what its addresses were read from. */
const BUNDLED = 'bundled:';
const SHIPPED = fileURLToPath(new URL('../../catalogs/', import.meta.url));

/** Whether nothing was accepted from upstream up to a revision. */
export function isBundled(head: Revision | undefined): boolean {
  const upstream = head?.upstream ?? null;
  return upstream === null || upstream.url.startsWith(BUNDLED);
}

/** The file of a seed: beside the catalog that names it, or among those that ship. */
export async function findSeed(catalogFile: string, name: string): Promise<string | undefined> {
  for (const file of [path.join(path.dirname(catalogFile), name), path.join(SHIPPED, name)]) {
    if (
      await stat(file).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

/**
 * The history that ships with a catalog, oldest first, as if the catalog had been there all the time; `undefined` where
 * it names none.
 *
 * @throws Error with a sentence where the history is missing, cannot be read, or ends in what could never be served.
 */
export async function loadSeed(catalogFile: string, loaded: LoadedCatalog): Promise<Seed | undefined> {
  const { seed: name = null, limits = DEFAULT_LIMITS } = loaded.catalog.upstream ?? {};
  if (name === null) return undefined;
  const file = await findSeed(catalogFile, name);
  if (file === undefined) throw new Error(`There is no file "${name}" beside the catalog or among those that ship.`);
  let shipped: readonly HistoryEntry[];
  try {
    shipped = await readSeed(file);
  } catch (error) {
    throw new Error(`"${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const seed = under(loaded, name, shipped);
  const newest = seed.at(-1);
  if (newest === undefined) throw new Error(`"${name}" has no list.`);
  const verdict = judge([], listIn(newest.content), loaded.catalog, limits);
  if (verdict.verdict === 'reject') throw new Error(`"${name}" cannot be served: ${verdict.detail}`);
  return seed;
}

/** A history that ships, oldest first; it has a revision. */
export type Seed = readonly HistoryEntry[];

/**
 * Reads a history that was written out, whole or not at all.
 *
 * @throws UnreadableHistory
 */
export async function readSeed(file: string): Promise<readonly HistoryEntry[]> {
  return [...readHistory(await readFile(file, 'utf8')).entries()];
}

/** What of a seed comes after a head: its later lists, or its newest alone where there was no list yet. */
export function seedAfter(seed: Seed, head: Revision | undefined): readonly HistoryEntry[] {
  if (head === undefined) return seed;
  const from = head.upstream;
  if (from === null) return seed.slice(-1);
  return seed.filter(({ revision }) => {
    // By the list first: revisions of a changed catalog come later than the lists that they still have.
    const byList = compareInstants(revision.upstream?.fetchedAt ?? '', from.fetchedAt);
    return byList === 0 ? compareInstants(revision.publishedAt, head.publishedAt) > 0 : byList > 0;
  });
}

/** A seed as the catalog's dates have it once those up to an instant have acted. */
export function datedBy(seed: Seed, due: Date): Seed {
  return seed.map((entry) => {
    const catalog = catalogAt(entry.content.catalog, due);
    if (catalog === entry.content.catalog) return entry;
    const content = { ...entry.content, catalog };
    return { revision: { ...entry.revision, digest: digestOf(content) }, content };
  });
}

/** A list that ships was never polled here, whatever it was where it was written out. */
function under({ catalog, sha256 }: LoadedCatalog, name: string, shipped: readonly HistoryEntry[]): Seed {
  const entries: HistoryEntry[] = [];
  for (const { revision, content: shippedContent } of shipped) {
    const content: Content = { ...shippedContent, catalog };
    const last = entries.at(-1);
    if (revision.upstream === null || (last !== undefined && !differs(last.content, content))) continue;
    const record: Revision = {
      ...revision,
      revision: entries.length + 1,
      digest: digestOf(content),
      publishedAt: publicationInstant(new Date(revision.publishedAt), last?.revision),
      previous: last?.revision.revision ?? null,
      cause: revision.cause === 'clock' ? 'clock' : 'import',
      upstream: { ...revision.upstream, url: `${BUNDLED}${name}` },
      catalog: { sha256 },
    };
    entries.push({ revision: record, content });
  }
  return entries;
}

/** The list that a content was made from. */
export function listIn({ listedHosts, addresses }: Content): AddressList {
  return { hosts: listedHosts, addresses: addresses.filter(isListed) };
}

function isListed(address: HeldAddress): address is HeldAddress & ListedAddress {
  return address.status === 'current' || address.status === 'announced';
}

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AddressList, HeldAddress } from '../model/address.js';
import { sha256 } from '../model/canonical.js';
import { DEFAULT_LIMITS, type Catalog } from '../model/catalog.js';
import { judge } from '../model/guard.js';
import { parseList } from './parse.js';

/** The newest list of a history that ships with a catalog, and since when each of its addresses was seen. */
export interface Seed {
  readonly list: AddressList;
  readonly sha256: string;
  /** When upstream published it. */
  readonly committedAt: string;
  readonly addresses: readonly HeldAddress[];
}

/** One line of a history file: a version of the list, byte for byte, and when upstream published it. */
interface SeedVersion {
  readonly committedAt: string;
  readonly commit: string;
  readonly body: string;
}

const SHIPPED = fileURLToPath(new URL('../../catalogs/', import.meta.url));

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
 * The list that ships with a catalog; `undefined` where it names none.
 *
 * @throws Error with a sentence where the list is missing, cannot be read, or could never be served.
 */
export async function loadSeed(catalogFile: string, catalog: Catalog): Promise<Seed | undefined> {
  const { seed: name = null, limits = DEFAULT_LIMITS } = catalog.upstream ?? {};
  if (name === null) return undefined;
  const file = await findSeed(catalogFile, name);
  if (file === undefined) throw new Error(`There is no file "${name}" beside the catalog or among those that ship.`);
  let seed: Seed;
  try {
    seed = await readSeed(file);
  } catch (error) {
    throw new Error(`"${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const verdict = judge([], seed.list, catalog, limits);
  if (verdict.verdict === 'reject') throw new Error(`"${name}" cannot be served: ${verdict.detail}`);
  return seed;
}

/**
 * Reads a history of dated lists, oldest first, with the same strictness as a list that is fetched.
 *
 * @throws UnreadableList
 */
export async function readSeed(file: string): Promise<Seed> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const firstSeen = new Map<string, string>();
  let newest: { list: AddressList; version: SeedVersion } | undefined;
  for (const line of lines) {
    const version = JSON.parse(line) as SeedVersion;
    const list = parseList(Buffer.from(version.body));
    for (const { host, cidr } of list.addresses) {
      const key = `${host} ${cidr}`;
      if (!firstSeen.has(key)) firstSeen.set(key, version.committedAt);
    }
    newest = { list, version };
  }
  if (newest === undefined) throw new Error(`${file} has no list.`);
  const { list, version } = newest;
  return {
    list,
    sha256: sha256(Buffer.from(version.body)),
    committedAt: version.committedAt,
    addresses: list.addresses.map((address) => ({
      ...address,
      source: 'published',
      firstSeenAt: firstSeen.get(`${address.host} ${address.cidr}`)!,
      removedAt: null,
      retireAt: null,
    })),
  };
}

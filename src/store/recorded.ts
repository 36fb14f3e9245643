import type { Transaction } from 'kysely';
import type { Catalog } from '../model/catalog.js';
import { isCidr } from '../model/cidr.js';
import { compareText } from '../model/canonical.js';
import { STRIDE } from '../model/steps.js';
import type { AddressLife } from './address-life.js';
import { Breathing } from './breathing.js';
import type { Recorded, Step } from './chronicle.js';
import { addressOf, revisionOf } from './rows.js';
import type { AddressInterval, ListedHostRow, Tables } from './schema.js';

/** Reads all that a store has of a product, in four passes. */
export async function readRecorded(trx: Transaction<Tables>, product: string): Promise<Recorded> {
  const rows = await trx
    .selectFrom('revision')
    .selectAll()
    .where('product', '=', product)
    .orderBy('revision')
    .execute();
  const bodies = await trx.selectFrom('catalog').select(['sha256', 'body']).where('product', '=', product).execute();
  const bodyOf = new Map(bodies.map(({ sha256, body }) => [sha256, body]));
  const catalogs = new Map(
    [...new Set(rows.map((row) => row.catalog_body_sha256))].map((key) => [key, catalogIn(product, bodyOf.get(key))]),
  );
  const addresses = await readLives(trx, product);
  const hosts = await trx.selectFrom('listed_host').selectAll().where('product', '=', product).execute();
  return {
    entries: rows.map((row) => ({ revision: revisionOf(row), checksum: row.checksum })),
    catalogs: rows
      .filter((row, i) => row.catalog_body_sha256 !== rows[i - 1]?.catalog_body_sha256)
      .map((row) => ({ from: row.revision, value: catalogs.get(row.catalog_body_sha256)! })),
    listedHosts: stepsOf(hosts),
    addresses,
  };
}

/** One with nothing but its product where it cannot be read: what has it does not fit its checksum, and is not served. */
function catalogIn(product: string, body: string | undefined): Catalog {
  try {
    const catalog = JSON.parse(body ?? '') as Catalog | null;
    if (typeof catalog === 'object' && catalog !== null) return catalog;
  } catch {
    // Told below, like all else that is damaged.
  }
  const nothing = { aliases: [], documents: [], notes: [], promises: [], modes: [], tasks: [], zones: [] };
  return { product, title: product, upstream: null, ...nothing, endpoints: [], rows: [] };
}

/** Without a block that cannot be read, what held it no longer fits its checksum and is not served; the rest is. */
async function readLives(trx: Transaction<Tables>, product: string): Promise<AddressLife[]> {
  const breathing = new Breathing();
  const once = onceEach();
  const lives: AddressLife[] = [];
  for await (const row of trx.selectFrom('address').selectAll().where('product', '=', product).stream()) {
    if (!isCidr(row.cidr)) continue;
    const { from_revision: from, to_revision: to } = row;
    lives.push({ address: addressOf({ ...row, ...repeated(row, once) }), from, to });
    if (lives.length % STRIDE === 0) await breathing.pause();
  }
  return lives;
}

/** What many rows say alike is one text for all of them. */
function repeated(row: AddressInterval, once: <T extends string | null>(text: T) => T) {
  return {
    host: once(row.host),
    status: once(row.status),
    source: once(row.source),
    first_seen_at: once(row.first_seen_at),
    effective_from: once(row.effective_from),
    announced_removal_at: once(row.announced_removal_at),
    removed_at: once(row.removed_at),
    retire_at: once(row.retire_at),
  };
}

/** Gives the first of equal texts for each of them. */
function onceEach(): <T extends string | null>(text: T) => T {
  const known = new Map<unknown, unknown>();
  return <T extends string | null>(text: T) => {
    if (!known.has(text)) known.set(text, text);
    return known.get(text) as T;
  };
}

/** The names of the list from revision to revision, out of the time of each. */
function stepsOf(rows: readonly ListedHostRow[]): Step<readonly string[]>[] {
  const turns = new Set([1, ...rows.flatMap((row) => [row.from_revision, row.to_revision ?? 1])]);
  return [...turns]
    .sort((a, b) => a - b)
    .map((from) => ({
      from,
      value: rows
        .filter((row) => row.from_revision <= from && (row.to_revision === null || from < row.to_revision))
        .map(({ name }) => name)
        .sort(compareText),
    }));
}

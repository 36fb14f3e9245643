import type { Transaction } from 'kysely';
import type { Catalog } from '../model/catalog.js';
import { isCidr } from '../model/cidr.js';
import { compareText } from '../model/canonical.js';
import type { Recorded, Step } from './chronicle.js';
import { addressOf, revisionOf } from './rows.js';
import type { ListedHostRow, Tables } from './schema.js';

/** Reads all that a store has of a product, in four passes. */
export async function readRecorded(trx: Transaction<Tables>, product: string): Promise<Recorded> {
  const rows = await trx
    .selectFrom('revision')
    .selectAll()
    .where('product', '=', product)
    .orderBy('revision')
    .execute();
  const bodies = await trx.selectFrom('catalog').select(['sha256', 'body']).where('product', '=', product).execute();
  const catalogs = new Map(bodies.map(({ sha256, body }) => [sha256, JSON.parse(body) as Catalog]));
  const addresses = await trx.selectFrom('address').selectAll().where('product', '=', product).execute();
  const hosts = await trx.selectFrom('listed_host').selectAll().where('product', '=', product).execute();
  return {
    entries: rows.map((row) => ({ revision: revisionOf(row), checksum: row.checksum })),
    catalogs: rows
      .filter((row, i) => row.catalog_body_sha256 !== rows[i - 1]?.catalog_body_sha256)
      .map((row) => ({ from: row.revision, value: catalogs.get(row.catalog_body_sha256)! })),
    listedHosts: stepsOf(hosts),
    // Without a block that cannot be read, what held it no longer fits its checksum and is not served; the rest is.
    addresses: addresses
      .filter(({ cidr }) => isCidr(cidr))
      .map((row) => ({ address: addressOf(row), from: row.from_revision, to: row.to_revision })),
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

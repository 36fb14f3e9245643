import type { Kysely } from 'kysely';
import { byHost, type HeldAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/backfill.js';
import { compareText } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { parseBlock } from '../model/cidr.js';
import { digestOf } from '../model/revision.js';
import { checksumOf, StoreDamaged } from './content.js';
import { addressOf, revisionOf } from './rows.js';
import type { Tables } from './schema.js';

/**
 * Every revision of a product with what it holds, oldest first, as of one moment: each row is read once.
 *
 * @throws StoreDamaged at the first that is not what was published.
 */
export async function replay(db: Kysely<Tables>, product: string): Promise<Iterable<HistoryEntry>> {
  const { revisions, catalogs, addresses, hosts } = await db.transaction().execute(async (trx) => ({
    revisions: await trx
      .selectFrom('revision')
      .selectAll()
      .where('product', '=', product)
      .orderBy('revision')
      .execute(),
    catalogs: await trx.selectFrom('catalog').selectAll().where('product', '=', product).execute(),
    addresses: await trx.selectFrom('address').selectAll().where('product', '=', product).execute(),
    hosts: await trx.selectFrom('listed_host').selectAll().where('product', '=', product).execute(),
  }));
  return entries();

  function* entries(): Generator<HistoryEntry> {
    const bodies = new Map(catalogs.map(({ sha256, body }) => [sha256, JSON.parse(body) as Catalog]));
    const addressesGo = Map.groupBy(addresses, (row) => row.to_revision);
    const addressesCome = Map.groupBy(addresses, (row) => row.from_revision);
    const hostsGo = Map.groupBy(hosts, (row) => row.to_revision);
    const hostsCome = Map.groupBy(hosts, (row) => row.from_revision);
    const held = new Map<string, HeldAddress>();
    const listed = new Set<string>();
    for (const row of revisions) {
      const number = row.revision;
      for (const { host, cidr } of addressesGo.get(number) ?? []) held.delete(`${host} ${cidr}`);
      for (const come of addressesCome.get(number) ?? []) {
        if (!parseBlock(come.cidr).ok) throw new StoreDamaged(product, number);
        held.set(`${come.host} ${come.cidr}`, addressOf(come));
      }
      for (const { name } of hostsGo.get(number) ?? []) listed.delete(name);
      for (const { name } of hostsCome.get(number) ?? []) listed.add(name);
      const catalog = bodies.get(row.catalog_body_sha256);
      if (catalog === undefined) throw new StoreDamaged(product, number);
      const content = { catalog, listedHosts: [...listed].sort(compareText), addresses: byHost([...held.values()]) };
      if (checksumOf(content) !== row.checksum || digestOf(content) !== row.digest) {
        throw new StoreDamaged(product, number);
      }
      yield { revision: revisionOf(row), content };
    }
  }
}

import type { Transaction } from 'kysely';
import type { HeldAddress } from '../model/address.js';
import { addressOf, isSameLife, lifeOf } from './rows.js';
import type { Tables } from './schema.js';

/** Closes the interval of each address that went or changed, and opens one for each that came or changed. */
export async function writeAddresses(
  trx: Transaction<Tables>,
  product: string,
  revision: number,
  addresses: readonly HeldAddress[],
): Promise<void> {
  const open = await trx
    .selectFrom('address')
    .selectAll()
    .where('product', '=', product)
    .where('to_revision', 'is', null)
    .execute();
  const next = new Map(addresses.map((address) => [`${address.host} ${address.cidr}`, address]));
  const kept = new Set<string>();
  for (const row of open) {
    const key = `${row.host} ${row.cidr}`;
    const after = next.get(key);
    if (after !== undefined && isSameLife(after, addressOf(row))) {
      kept.add(key);
      continue;
    }
    await trx
      .updateTable('address')
      .set({ to_revision: revision })
      .where('product', '=', product)
      .where('host', '=', row.host)
      .where('cidr', '=', row.cidr)
      .where('to_revision', 'is', null)
      .execute();
  }
  for (const address of addresses) {
    if (kept.has(`${address.host} ${address.cidr}`)) continue;
    await trx
      .insertInto('address')
      .values({ product, ...lifeOf(address), from_revision: revision, to_revision: null })
      .execute();
  }
}

/** The same for the names of the list. */
export async function writeListedHosts(
  trx: Transaction<Tables>,
  product: string,
  revision: number,
  hosts: readonly string[],
): Promise<void> {
  const open = await trx
    .selectFrom('listed_host')
    .select('name')
    .where('product', '=', product)
    .where('to_revision', 'is', null)
    .execute();
  const before = new Set(open.map(({ name }) => name));
  for (const name of before) {
    if (hosts.includes(name)) continue;
    await trx
      .updateTable('listed_host')
      .set({ to_revision: revision })
      .where('product', '=', product)
      .where('name', '=', name)
      .where('to_revision', 'is', null)
      .execute();
  }
  for (const name of hosts) {
    if (before.has(name)) continue;
    await trx.insertInto('listed_host').values({ product, name, from_revision: revision, to_revision: null }).execute();
  }
}

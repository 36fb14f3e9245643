import type { Transaction } from 'kysely';
import type { HeldAddress } from '../model/address.js';
import { counterpartsIn } from '../model/counterparts.js';
import { STRIDE, type Steps } from '../model/steps.js';
import { Breathing, inTurns } from './breathing.js';
import { addressOf, isSameLife, lifeOf } from './rows.js';
import type { AddressInterval, Tables } from './schema.js';

/** So many rows are written by one statement, which is made once for all that have as many. */
const ROWS = 64;

/**
 * Closes the interval of each address that went or changed, and opens one for each that came or changed. Others have
 * their turn meanwhile.
 *
 * @param before the addresses whose intervals are open, where that is known; else they are read.
 */
export async function writeAddresses(
  trx: Transaction<Tables>,
  product: string,
  revision: number,
  addresses: readonly HeldAddress[],
  before?: readonly HeldAddress[],
): Promise<void> {
  const { closed, opened } = await inTurns(changed(before ?? (await openAddresses(trx, product)), addresses));
  const breathing = new Breathing();
  const close = trx
    .updateTable('address')
    .set({ to_revision: revision })
    .where('product', '=', product)
    .where('host', '=', '')
    .where('cidr', '=', '')
    .where('to_revision', 'is', null)
    .compile();
  for (const { host, cidr } of closed) {
    await trx.executeQuery({ ...close, parameters: [revision, product, host, cidr] });
    await breathing.pause();
  }
  const rowOf = (address: HeldAddress): AddressInterval => ({
    product,
    ...lifeOf(address),
    from_revision: revision,
    to_revision: null,
  });
  let open: ReturnType<typeof insertion> | undefined;
  for (let from = 0; from < opened.length; from += ROWS) {
    const rows = opened.slice(from, from + ROWS).map(rowOf);
    if (rows.length < ROWS || open === undefined) open = insertion(trx, rows);
    await trx.executeQuery({ ...open, parameters: rows.flatMap((row) => Object.values(row)) });
    await breathing.pause();
  }
}

/** Its parameters are the members of the rows, one after another. */
function insertion(trx: Transaction<Tables>, rows: readonly AddressInterval[]) {
  return trx.insertInto('address').values(rows).compile();
}

async function openAddresses(trx: Transaction<Tables>, product: string): Promise<HeldAddress[]> {
  const breathing = new Breathing();
  const rows = trx.selectFrom('address').selectAll().where('product', '=', product).where('to_revision', 'is', null);
  const open: HeldAddress[] = [];
  for await (const row of rows.stream()) {
    open.push(addressOf(row));
    if (open.length % STRIDE === 0) await breathing.pause();
  }
  return open;
}

interface Changed {
  readonly closed: readonly HeldAddress[];
  readonly opened: readonly HeldAddress[];
}

function* changed(before: readonly HeldAddress[], after: readonly HeldAddress[]): Steps<Changed> {
  const closed = yield* withoutSame(before, after);
  const opened = yield* withoutSame(after, before);
  return { closed, opened };
}

/** The addresses of a list that others do not have, or have with another life. */
function* withoutSame(addresses: readonly HeldAddress[], others: readonly HeldAddress[]): Steps<HeldAddress[]> {
  const counterpart = counterpartsIn(others);
  const left: HeldAddress[] = [];
  for (const [i, address] of addresses.entries()) {
    const other = counterpart(address);
    if (other === undefined || !isSameLife(address, other)) left.push(address);
    if (i % STRIDE === 0) yield;
  }
  return left;
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
  const breathing = new Breathing();
  const before = new Set(open.map(({ name }) => name));
  for (const name of before.difference(new Set(hosts))) {
    await trx
      .updateTable('listed_host')
      .set({ to_revision: revision })
      .where('product', '=', product)
      .where('name', '=', name)
      .where('to_revision', 'is', null)
      .execute();
    await breathing.pause();
  }
  for (const name of new Set(hosts).difference(before)) {
    await trx.insertInto('listed_host').values({ product, name, from_revision: revision, to_revision: null }).execute();
    await breathing.pause();
  }
}

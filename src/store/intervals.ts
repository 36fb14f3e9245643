import type { Transaction } from 'kysely';
import type { HeldAddress } from '../model/address.js';
import { counterpartsIn } from '../model/counterparts.js';
import { STRIDE, type Steps } from '../model/steps.js';
import { Breathing } from './breathing.js';
import { addressOf, isSameLife, lifeOf } from './rows.js';
import type { AddressInterval, Tables } from './schema.js';

/** What changed of addresses: whose intervals end, and whose begin. */
export interface Changed {
  readonly closed: readonly HeldAddress[];
  readonly opened: readonly HeldAddress[];
}

export function* changed(before: readonly HeldAddress[], after: readonly HeldAddress[]): Steps<Changed> {
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

/** Some of the intervals to be written, as values one after another: so they go from thread to thread in no time. */
export interface IntervalPart {
  /** Host and block of each. */
  readonly closed: readonly string[];
  /** The life of each, member by member. */
  readonly opened: readonly (string | null)[];
}

/** As many as are made ready in well under a millisecond. */
const PART = 512;

/** Those that end come first: what changed has the same host and block in its new interval. */
export function* partsOf({ closed, opened }: Changed): Generator<IntervalPart> {
  for (let from = 0; from < closed.length; from += PART) {
    yield { closed: closed.slice(from, from + PART).flatMap(({ host, cidr }) => [host, cidr]), opened: [] };
  }
  for (let from = 0; from < opened.length; from += PART) {
    yield {
      closed: [],
      opened: opened.slice(from, from + PART).flatMap((address) => Object.values<string | null>(lifeOf(address))),
    };
  }
}

/** The addresses whose intervals are open. */
export async function openAddresses(trx: Transaction<Tables>, product: string): Promise<HeldAddress[]> {
  const breathing = new Breathing();
  const rows = trx.selectFrom('address').selectAll().where('product', '=', product).where('to_revision', 'is', null);
  const open: HeldAddress[] = [];
  for await (const row of rows.stream()) {
    open.push(addressOf(row));
    if (open.length % STRIDE === 0) await breathing.pause();
  }
  return open;
}

/** Ends intervals and begins others with a revision. Others have their turn meanwhile. */
export async function writePart(
  trx: Transaction<Tables>,
  product: string,
  revision: number,
  { closed, opened }: IntervalPart,
): Promise<void> {
  const breathing = new Breathing();
  const close = trx
    .updateTable('address')
    .set({ to_revision: revision })
    .where('product', '=', product)
    .where('host', '=', '')
    .where('cidr', '=', '')
    .where('to_revision', 'is', null)
    .compile();
  for (let at = 0; at < closed.length; at += 2) {
    await trx.executeQuery({ ...close, parameters: [revision, product, closed[at], closed[at + 1]] });
    await breathing.pause();
  }
  const members = Object.keys(ANY).length;
  for (let from = 0; from < opened.length; from += ROWS * members) {
    const values = opened.slice(from, from + ROWS * members);
    const parameters: (string | number | null)[] = [];
    for (let at = 0; at < values.length; at += members) {
      parameters.push(product, ...values.slice(at, at + members), revision, null);
    }
    await trx.executeQuery({ ...insertion(trx, values.length / members), parameters });
    await breathing.pause();
  }
}

/** So many rows are written by one statement, which SQLite makes ready once for all that have as many. */
const ROWS = 64;

/** Its parameters are the members of so many rows, one after another, whatever they are. */
function insertion(trx: Transaction<Tables>, rows: number) {
  const row: AddressInterval = { product: '', ...ANY, from_revision: 0, to_revision: null };
  return trx
    .insertInto('address')
    .values(Array.from({ length: rows }, () => row))
    .compile();
}

const ANY = lifeOf({
  host: '',
  cidr: '0.0.0.0/0' as HeldAddress['cidr'],
  status: 'current',
  source: 'published',
  firstSeenAt: '',
  effectiveFrom: null,
  announcedRemovalAt: null,
  removedAt: null,
  retireAt: null,
});

/** Ends the time of each name of the list that went, and begins that of each that came. */
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

import { createHash } from 'node:crypto';
import { groupedByHost } from './by-host.js';
import { compareText } from './canonical.js';
import type { Cidr } from './cidr.js';
import { sorted, type Steps } from './steps.js';

/**
 * Lower-case hexadecimal SHA-256 of a text that has, between `before` and `after`, those of addresses, in the order of
 * text and with commas between them.
 *
 * @param formOf the text of an address: JSON that begins with the same for all of them, then its host, then its block.
 * @param shown  what of that text is hashed, which is not what it is ordered by.
 */
export function* sha256InTextOrder<A extends OfHost>(
  before: string,
  addresses: readonly A[],
  formOf: (address: A) => string,
  after: string,
  shown: (text: string) => string = (text) => text,
): Steps<string> {
  const hash = createHash('sha256').update(before);
  let comma = '';
  for (const own of yield* inTextOrder(addresses, formOf)) {
    for (let from = 0; from < own.length; from += AT_ONCE) {
      const texts = own.slice(from, from + AT_ONCE).map((address) => shown(formOf(address)));
      hash.update(`${comma}${texts.join()}`);
      comma = ',';
      yield;
    }
  }
  return hash.update(after).digest('hex');
}

const AT_ONCE = 256;

/** The addresses of each host in the order of text. More than one hash is over them, so that it is kept with the list. */
function* inTextOrder<A extends OfHost>(
  addresses: readonly A[],
  formOf: (address: A) => string,
): Steps<readonly A[][]> {
  const known = ORDERS.get(addresses);
  if (known !== undefined) return known as readonly A[][];
  // As JSON, no name begins with another: so hosts can be ordered by themselves, and then the blocks of each.
  const hosts = [...groupedByHost(addresses)].map(([host, own]) => ({ text: JSON.stringify(host), own }));
  yield;
  const groups: A[][] = [];
  let areAllApart = true;
  for (const { own } of hosts.sort((a, b) => compareText(a.text, b.text))) {
    const inOrder = yield* sorted(own, compareBlockText);
    const areApart = inOrder.every(({ cidr }, i) => cidr !== inOrder[i + 1]?.cidr);
    areAllApart &&= areApart;
    groups.push(areApart ? inOrder : own.toSorted((a, b) => compareText(formOf(a), formOf(b))));
    yield;
  }
  // What is there twice is ordered by the rest of its text, which differs from hash to hash.
  if (areAllApart) ORDERS.set(addresses, groups);
  return groups;
}

const ORDERS = new WeakMap<readonly OfHost[], readonly (readonly OfHost[])[]>();

interface OfHost {
  readonly host: string;
  readonly cidr: Cidr;
}

/** As texts that end with a quotation mark, which comes before whatever a block is written with. */
function compareBlockText({ cidr: a }: { readonly cidr: Cidr }, { cidr: b }: { readonly cidr: Cidr }): number {
  return compareText(a, b);
}

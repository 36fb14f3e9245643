import { createHash } from 'node:crypto';
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
export function* sha256InTextOrder<A extends { readonly host: string; readonly cidr: Cidr }>(
  before: string,
  addresses: readonly A[],
  formOf: (address: A) => string,
  after: string,
  shown: (text: string) => string = (text) => text,
): Steps<string> {
  const hash = createHash('sha256').update(before);
  const byHost = Map.groupBy(addresses, ({ host }) => JSON.stringify(host));
  yield;
  // As JSON, no name begins with another: so hosts can be ordered by themselves, and then the blocks of each.
  let comma = '';
  for (const host of [...byHost.keys()].sort(compareText)) {
    const own = yield* sorted(byHost.get(host)!, (a, b) => compareBlockText(a, b) || compareText(formOf(a), formOf(b)));
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

/** As texts that end with a quotation mark, which comes before whatever a block is written with. */
function compareBlockText({ cidr: a }: { readonly cidr: Cidr }, { cidr: b }: { readonly cidr: Cidr }): number {
  return compareText(a, b);
}

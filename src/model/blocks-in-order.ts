import { orderingAddresses } from './address.js';
import { blockOf, compareBlocks, contains, overlaps, rangeOf, type AddressRange, type Cidr } from './cidr.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

interface OfBlock {
  readonly cidr: Cidr;
  readonly host: string;
}

/**
 * Addresses in their order, found by what they have in common with a range. Blocks nest, so each knows the closest one
 * before it that holds it: what begins before a range and reaches into it is on one such chain.
 */
export class BlocksInOrder<A extends OfBlock> {
  #inOrder: readonly A[] = [];
  /** For each the place of the closest one before it that holds it; -1 for none. */
  #around = new Int32Array();
  #isSorted = false;

  constructor(private readonly addresses: readonly A[]) {}

  /** Puts them in order, which is done when it is first asked for if it was not done before. */
  *sorting(): Steps<void> {
    if (this.#isSorted) return;
    const inOrder = yield* orderingAddresses(this.addresses);
    const around = new Int32Array(inOrder.length);
    const open: { readonly place: number; readonly range: AddressRange }[] = [];
    for (const [place, { cidr }] of inOrder.entries()) {
      const range = rangeOf(blockOf(cidr));
      while (open.length > 0 && !contains(open.at(-1)!.range, range)) open.pop();
      around[place] = open.at(-1)?.place ?? -1;
      open.push({ place, range });
      if (place % STRIDE === 0) yield;
    }
    this.#inOrder = inOrder;
    this.#around = around;
    this.#isSorted = true;
  }

  /** Those that have an address in common with a range, in address order. */
  meeting(range: AddressRange): A[] {
    atOnce(this.sorting());
    const begin = this.#placeOf(range);
    const found: A[] = [];
    for (let place = begin; place < this.#inOrder.length; place++) {
      if (!overlaps(this.#rangeAt(place), range)) break;
      found.push(this.#inOrder[place]!);
    }
    const before: A[] = [];
    for (let place = begin - 1; place >= 0; place = this.#around[place]!) {
      if (overlaps(this.#rangeAt(place), range)) before.push(this.#inOrder[place]!);
    }
    return [...before.reverse(), ...found];
  }

  /** How many begin before a range. */
  #placeOf({ family, first }: AddressRange): number {
    const start = { family, first, prefix: 0 };
    let [before, after] = [0, this.#inOrder.length];
    while (before < after) {
      const middle = (before + after) >>> 1;
      if (compareBlocks(blockOf(this.#inOrder[middle]!.cidr), start) < 0) before = middle + 1;
      else after = middle;
    }
    return before;
  }

  #rangeAt(place: number): AddressRange {
    return rangeOf(blockOf(this.#inOrder[place]!.cidr));
  }
}

import { orderingAddresses } from './address.js';
import { holds, orderOf } from './block-order.js';
import { compareText } from './canonical.js';
import { blockOf, formatBlock, overlaps, rangeOf, type AddressRange, type Cidr } from './cidr.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

interface OfBlock {
  readonly cidr: Cidr;
  readonly host: string;
}

type ByHost<A> = ReadonlyMap<string, readonly A[]>;

/**
 * Addresses in their order, found by what they have in common with a range. Blocks nest, so each knows the closest one
 * before it that holds it: what begins before a range and reaches into it is on one such chain.
 */
export class BlocksInOrder<A extends OfBlock> {
  #inOrder: readonly A[] = [];
  #orders: readonly string[] = [];
  /** For each the place of the closest one before it that holds it; -1 for none. */
  #around = new Int32Array();
  #isSorted = false;
  #like: BlocksInOrder<A> | undefined;

  /** @param like those of nearly the same addresses: if they are in order, only what differs is put in order anew. */
  constructor(
    private readonly byHost: ByHost<A>,
    like?: BlocksInOrder<A>,
  ) {
    if (like !== undefined && like.#isSorted) this.#like = like;
  }

  /** Puts them in order, which is done when it is first asked for if it was not done before. */
  *sorting(): Steps<void> {
    if (this.#isSorted) return;
    const { inOrder, orders } = this.#like === undefined ? yield* this.#all() : yield* this.#after(this.#like);
    const around = new Int32Array(inOrder.length);
    const open: number[] = [];
    for (let place = 0; place < inOrder.length; place++) {
      while (open.length > 0 && !holds(orders[open.at(-1)!]!, orders[place]!)) open.pop();
      around[place] = open.at(-1) ?? -1;
      open.push(place);
      if (place % STRIDE === 0) yield;
    }
    [this.#inOrder, this.#orders, this.#around] = [inOrder, orders, around];
    this.#isSorted = true;
    this.#like = undefined;
  }

  *#all(): Steps<Ordered<A>> {
    return yield* ordered([...this.byHost.values()].flat());
  }

  *#after(like: BlocksInOrder<A>): Steps<Ordered<A>> {
    const gone = new Set<A>();
    const late: A[] = [];
    for (const host of new Set([...like.byHost.keys(), ...this.byHost.keys()])) {
      const [before, now] = [like.byHost.get(host) ?? [], this.byHost.get(host) ?? []];
      if (before === now) continue;
      const [had, has] = [new Set(before), new Set(now)];
      for (const address of before) if (!has.has(address)) gone.add(address);
      for (const address of now) if (!had.has(address)) late.push(address);
      yield;
    }
    const come = yield* ordered(late);
    const [inOrder, orders]: [A[], string[]] = [[], []];
    let next = 0;
    for (let place = 0; place <= like.#inOrder.length; place++) {
      if (place % STRIDE === 0) yield;
      const [address, order] = [like.#inOrder[place], like.#orders[place]];
      while (next < come.inOrder.length && isBefore(come.orders[next]!, come.inOrder[next]!, order, address)) {
        inOrder.push(come.inOrder[next]!);
        orders.push(come.orders[next++]!);
      }
      if (address === undefined || gone.has(address)) continue;
      inOrder.push(address);
      orders.push(order!);
    }
    return { inOrder, orders };
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
    const start = orderOf(formatBlock({ family, first, prefix: 0 }));
    let [before, after] = [0, this.#orders.length];
    while (before < after) {
      const middle = (before + after) >>> 1;
      if (this.#orders[middle]! < start) before = middle + 1;
      else after = middle;
    }
    return before;
  }

  #rangeAt(place: number): AddressRange {
    return rangeOf(blockOf(this.#inOrder[place]!.cidr));
  }
}

/** Addresses in their order, and what that is for each. */
interface Ordered<A> {
  readonly inOrder: readonly A[];
  readonly orders: readonly string[];
}

function* ordered<A extends OfBlock>(addresses: readonly A[]): Steps<Ordered<A>> {
  const inOrder = yield* orderingAddresses(addresses);
  const orders: string[] = [];
  for (const { cidr } of inOrder) {
    orders.push(orderOf(cidr));
    if (orders.length % STRIDE === 0) yield;
  }
  return { inOrder, orders };
}

function isBefore(order: string, { host }: OfBlock, other: string | undefined, than: OfBlock | undefined): boolean {
  return other === undefined || than === undefined || (compareText(order, other) || compareText(host, than.host)) < 0;
}

import { orderOf } from './block-order.js';
import { compareText } from './canonical.js';
import {
  BITS,
  blockAround,
  blockOf,
  contains,
  formatBlock,
  rangeOf,
  type AddressRange,
  type Block,
  type Cidr,
} from './cidr.js';

/** The fewest blocks that cover a range exactly, in order. */
export function blocksOfRange(range: AddressRange): Block[] {
  const bits = BITS[range.family];
  const blocks: Block[] = [];
  let first = range.first;
  while (first <= range.last) {
    let size = 0;
    while (size < bits && (first >> BigInt(size)) % 2n === 0n && first + (2n << BigInt(size)) - 1n <= range.last)
      size++;
    blocks.push({ family: range.family, first, prefix: bits - size });
    first += 1n << BigInt(size);
  }
  return blocks;
}

/** The disjoint ranges that hold exactly the given addresses, in order; neighbours are joined. */
export function mergeRanges(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = ranges.toSorted((a, b) =>
    a.family === b.family ? Number(a.first > b.first) - Number(a.first < b.first) : a.family < b.family ? -1 : 1,
  );
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.family !== range.family || range.first > last.last + 1n) merged.push(range);
    else if (range.last > last.last) merged[merged.length - 1] = { ...last, last: range.last };
  }
  return merged;
}

/** The fewest blocks that hold exactly the same addresses: siblings joined, covered ones dropped, never wider. */
export function aggregate(cidrs: readonly Cidr[]): Cidr[] {
  return joined(inOrder(cidrs)).map(({ block, cidr }) => cidr ?? formatBlock(block));
}

/** The same, each with those of the given blocks that it holds, in address order. In the time that sorting takes. */
export function aggregateWithMembers(
  cidrs: readonly Cidr[],
): { readonly cidr: Cidr; readonly members: readonly Cidr[] }[] {
  const sorted = inOrder(cidrs);
  const blocks = joined(sorted);
  return blocks.map(({ block, cidr, from }, i) => ({
    cidr: cidr ?? formatBlock(block),
    members: sorted.slice(from, blocks[i + 1]?.from),
  }));
}

function inOrder(cidrs: readonly Cidr[]): Cidr[] {
  return cidrs
    .map((cidr) => ({ cidr, order: orderOf(cidr) }))
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ cidr }) => cidr);
}

/** A block of the result: its text where it was given, and the place of its first member among the sorted ones. */
interface Joined {
  readonly block: Block;
  readonly cidr: Cidr | undefined;
  readonly from: number;
}

/** Blocks nest: in order, one that is covered comes after what covers it, and one sibling right after the other. */
function joined(sorted: readonly Cidr[]): Joined[] {
  const blocks: Joined[] = [];
  let covered: AddressRange | undefined;
  for (const [from, cidr] of sorted.entries()) {
    const block = blockOf(cidr);
    const range = rangeOf(block);
    if (covered !== undefined && contains(covered, range)) continue;
    let next: Joined = { block, cidr, from };
    covered = range;
    for (let last = blocks.at(-1); last !== undefined && areSiblings(last.block, next.block); last = blocks.at(-1)) {
      blocks.pop();
      next = { block: { ...last.block, prefix: last.block.prefix - 1 }, cidr: undefined, from: last.from };
      covered = rangeOf(next.block);
    }
    blocks.push(next);
  }
  return blocks;
}

/** Whether two blocks, of which the first comes earlier, are the halves of one. */
function areSiblings(a: Block, b: Block): boolean {
  if (a.family !== b.family || a.prefix !== b.prefix || a.prefix === 0) return false;
  const around = blockAround(a.family, a.first, a.prefix - 1);
  return around.first === a.first && blockAround(b.family, b.first, b.prefix - 1).first === a.first;
}

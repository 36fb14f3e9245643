import {
  BITS,
  blockOf,
  compareBlocks,
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
  const ranges = cidrs.map((cidr) => rangeOf(blockOf(cidr)));
  return mergeRanges(ranges).flatMap((range) => blocksOfRange(range).map(formatBlock));
}

/** The same, each with those of the given blocks that it holds, in address order. In the time that sorting takes. */
export function aggregateWithMembers(
  cidrs: readonly Cidr[],
): { readonly cidr: Cidr; readonly members: readonly Cidr[] }[] {
  const sorted = cidrs.map((cidr) => ({ cidr, block: blockOf(cidr) })).sort((a, b) => compareBlocks(a.block, b.block));
  let next = 0;
  return aggregate(cidrs).map((cidr) => {
    const { family, last } = rangeOf(blockOf(cidr));
    const begin = next;
    while (next < sorted.length && sorted[next]!.block.family === family && sorted[next]!.block.first <= last) next++;
    return { cidr, members: sorted.slice(begin, next).map((one) => one.cidr) };
  });
}

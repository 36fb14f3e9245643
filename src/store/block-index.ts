import { blockAround, blockOf, formatBlock, type AddressRange, type Cidr, type Family } from '../model/cidr.js';

interface Block {
  readonly cidr: Cidr;
  readonly first: bigint;
}

/** Blocks, found by the addresses that they have in common with a range, without looking at the others. */
export class BlockIndex {
  readonly #known = new Set<Cidr>();
  readonly #ofFamily: Readonly<Record<Family, BlocksOfFamily>> = {
    ipv4: { blocks: [], prefixes: new Set(), isSorted: true },
    ipv6: { blocks: [], prefixes: new Set(), isSorted: true },
  };

  /** Takes up a block. One that is there already stays there once. */
  add(cidr: Cidr): void {
    if (this.#known.has(cidr)) return;
    this.#known.add(cidr);
    const { family, first, prefix } = blockOf(cidr);
    const own = this.#ofFamily[family];
    own.prefixes.add(prefix);
    own.blocks.push({ cidr, first });
    own.isSorted = false;
  }

  /** The blocks that have an address in common with a range. */
  meeting({ family, first, last }: AddressRange): Cidr[] {
    const own = this.#ofFamily[family];
    // Whoever adds many adds them before anyone asks.
    if (!own.isSorted) own.blocks.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    own.isSorted = true;
    const within = own.blocks.slice(placeOf(own.blocks, first), placeOf(own.blocks, last + 1n));
    // Blocks nest: one that begins before the range and reaches into it holds its first address.
    const around = [...own.prefixes]
      .map((prefix) => blockAround(family, first, prefix))
      .filter((block) => block.first < first)
      .map(formatBlock)
      .filter((cidr) => this.#known.has(cidr));
    return [...around, ...within.map(({ cidr }) => cidr)];
  }
}

interface BlocksOfFamily {
  readonly blocks: Block[];
  /** The lengths that there are: few of those that there could be. */
  readonly prefixes: Set<number>;
  isSorted: boolean;
}

/** How many of some sorted blocks begin before an address. */
function placeOf(blocks: readonly Block[], address: bigint): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (blocks[middle]!.first < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

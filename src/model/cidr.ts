import { isIPv4, isIPv6 } from 'node:net';
import { groupsIn, groupsOf, longestZeroRun, numberOf, octetsIn, textOfOctets } from './digits.js';

/** The families of addresses, in the order of every answer. */
export const FAMILIES = ['ipv4', 'ipv6'] as const;
export type Family = (typeof FAMILIES)[number];

declare const canonical: unique symbol;

/**
 * A block of addresses in its one canonical text: RFC 5952 for IPv6, host bits zero, prefix always written
 * (`162.159.137.43/32`). Two equal blocks are equal strings.
 */
export type Cidr = string & { readonly [canonical]: true };

/** The numbers behind a {@link Cidr}. */
export interface Block {
  readonly family: Family;
  readonly first: bigint;
  readonly prefix: number;
}

/** The addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export type ParsedBlock =
  | { readonly ok: true; readonly block: Block }
  /** `nearest` is the block that was most likely meant; it is offered, never assumed. */
  | { readonly ok: false; readonly reason: 'syntax' | 'prefix' | 'host-bits'; readonly nearest: Cidr | null };

/** How long an address of each family is. */
export const BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<Family, number>;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Reads an address or a CIDR block. Strict: decimal octets without leading zeros, no zone, no white space, and a block
 * whose host bits are zero. A bare address is a block of one.
 * Source: RFC 4291 section 2.2, RFC 4632 section 3.1.
 */
export function parseBlock(text: string): ParsedBlock {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return { ok: false, reason: 'syntax', nearest: null };
  const bits = BITS[address.family];
  if (slash === -1) return { ok: true, block: { family: address.family, first: address.value, prefix: bits } };
  const prefixText = text.slice(slash + 1);
  const prefix = PREFIX.test(prefixText) ? Number(prefixText) : NaN;
  if (!(prefix <= bits)) return { ok: false, reason: 'prefix', nearest: null };
  const block = blockAround(address.family, address.value, prefix);
  if (block.first !== address.value) return { ok: false, reason: 'host-bits', nearest: formatBlock(block) };
  return { ok: true, block };
}

/** One address as a number; `undefined` where the text is not exactly one address. */
export function parseAddress(text: string): { readonly family: Family; readonly value: bigint } | undefined {
  if (isIPv4(text)) return { family: 'ipv4', value: BigInt(octetsIn(text)) };
  if (isIPv6(text) && !text.includes('%')) return { family: 'ipv6', value: numberOf(groupsIn(text)) };
  return undefined;
}

/** The one constructor of {@link Cidr}. */
export function formatBlock(block: Block): Cidr {
  return `${formatAddress(block.family, block.first)}/${block.prefix}` as Cidr;
}

/**
 * The canonical text of one address. IPv4-mapped addresses are written with their IPv4 part in decimal.
 * Source: RFC 5952 sections 4 and 5.
 */
export function formatAddress(family: Family, value: bigint): string {
  if (family === 'ipv4') return textOfOctets(Number(value));
  if (value >> 32n === 0xffffn) return `::ffff:${textOfOctets(Number(value & 0xffffffffn))}`;
  const groups = groupsOf(value);
  const zeros = longestZeroRun(groups);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

/** Whether a text is a block in its canonical form. */
export function isCidr(text: string): text is Cidr {
  const parsed = parseBlock(text);
  return parsed.ok && formatBlock(parsed.block) === text;
}

/** Enough for what one answer compares again and again. Whatever has more to sort does so by `orderOf`. */
const MOST_READ_BLOCKS = 16_384;
const read = new Map<Cidr, Block>();

/** The numbers of a block already known to be canonical. Each is read once, however often it is compared. */
export function blockOf(cidr: Cidr): Block {
  const known = read.get(cidr);
  if (known !== undefined) return known;
  const block = readBlock(cidr);
  if (read.size === MOST_READ_BLOCKS) read.clear();
  read.set(cidr, block);
  return block;
}

function readBlock(cidr: Cidr): Block {
  const slash = cidr.indexOf('/');
  const address = parseAddress(cidr.slice(0, slash));
  if (address === undefined) throw new TypeError(`not a CIDR: ${cidr}`);
  return { family: address.family, first: address.value, prefix: Number(cidr.slice(slash + 1)) };
}

/** The block of some length that an address is in. */
export function blockAround(family: Family, address: bigint, prefix: number): Block {
  const hostBits = BigInt(BITS[family] - prefix);
  return { family, first: (address >> hostBits) << hostBits, prefix };
}

/** The first and the last address of a block. */
export function rangeOf(block: Block): AddressRange {
  const size = 1n << BigInt(BITS[block.family] - block.prefix);
  return { family: block.family, first: block.first, last: block.first + size - 1n };
}

/** The family of a block, by its text alone. */
export function familyOf(cidr: Cidr): Family {
  return cidr.includes(':') ? 'ipv6' : 'ipv4';
}

/** How long a block's prefix is, by its text alone. */
export function prefixOf(cidr: Cidr): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** The order of addresses everywhere: by family, then numerically, then the wider block first. */
export function compareBlocks(a: Block, b: Block): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}

/** Whether every address of one range is in another. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two ranges have an address in common. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

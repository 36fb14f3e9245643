import { mergeRanges } from './aggregate.js';
import { blockOf, formatBlock, overlaps, parseBlock, rangeOf, type AddressRange, type Cidr } from './cidr.js';

/** A block that no public host answers from, with the name that the registry gives it. */
export interface SpecialPurpose {
  readonly cidr: Cidr;
  readonly name: string;
}

/**
 * What may never stand in a published list: every row of the registries that is not globally reachable, multicast, the
 * reserved space, and the translation and 6to4 blocks, whose far end cannot be known.
 * Rows that are reachable exceptions inside a larger row (192.0.0.9, 2001:20::/28 …) are refused with it.
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 1112; RFC 3056; RFC 6052; RFC 7526.
 */
const ROWS: readonly SpecialPurpose[] = (
  [
    ['0.0.0.0/8', 'This network'],
    ['10.0.0.0/8', 'Private-Use'],
    ['100.64.0.0/10', 'Shared Address Space'],
    ['127.0.0.0/8', 'Loopback'],
    ['169.254.0.0/16', 'Link Local'],
    ['172.16.0.0/12', 'Private-Use'],
    ['192.0.0.0/24', 'IETF Protocol Assignments'],
    ['192.0.2.0/24', 'Documentation (TEST-NET-1)'],
    ['192.88.99.0/24', 'Deprecated (6to4 Relay Anycast)'],
    ['192.168.0.0/16', 'Private-Use'],
    ['198.18.0.0/15', 'Benchmarking'],
    ['198.51.100.0/24', 'Documentation (TEST-NET-2)'],
    ['203.0.113.0/24', 'Documentation (TEST-NET-3)'],
    ['224.0.0.0/4', 'Multicast'],
    ['240.0.0.0/4', 'Reserved'],
    ['::/128', 'Unspecified Address'],
    ['::1/128', 'Loopback Address'],
    ['::ffff:0:0/96', 'IPv4-mapped Address'],
    ['64:ff9b::/96', 'IPv4-IPv6 Translation'],
    ['64:ff9b:1::/48', 'IPv4-IPv6 Translation'],
    ['100::/64', 'Discard-Only Address Block'],
    ['100:0:0:1::/64', 'Dummy IPv6 Prefix'],
    ['2001::/23', 'IETF Protocol Assignments'],
    ['2001:db8::/32', 'Documentation'],
    ['2002::/16', '6to4'],
    ['3fff::/20', 'Documentation'],
    ['5f00::/16', 'Segment Routing (SRv6) SIDs'],
    ['fc00::/7', 'Unique-Local'],
    ['fe80::/10', 'Link-Local Unicast'],
    ['fec0::/10', 'Deprecated (Site-Local)'],
    ['ff00::/8', 'Multicast'],
    // Global unicast is 2000::/3; what the rows above leave of the rest is not assigned.
    ['::/3', 'Not global unicast'],
    ['4000::/2', 'Not global unicast'],
    ['8000::/1', 'Not global unicast'],
  ] as const
).map(([text, name]) => {
  const parsed = parseBlock(text);
  if (!parsed.ok) throw new TypeError(`the table of special-purpose blocks has a bad row: ${text}`);
  return { cidr: formatBlock(parsed.block), name };
});

const RANGES: readonly (readonly [AddressRange, SpecialPurpose])[] = ROWS.map((row) => [
  rangeOf(blockOf(row.cidr)),
  row,
]);

/** All of them together, disjoint and in order: what touches none of these needs no look at the rows. */
const SPECIAL = Object.groupBy(mergeRanges(RANGES.map(([range]) => range)), ({ family }) => family);

/** The first special-purpose block that a range touches, or `undefined` where all of it is public. */
export function specialPurposeOf(range: AddressRange): SpecialPurpose | undefined {
  if (!touches(SPECIAL[range.family] ?? [], range)) return undefined;
  return RANGES.find(([special]) => overlaps(special, range))?.[1];
}

/** Whether a range has an address in common with any of some disjoint ranges in order. */
function touches(disjoint: readonly AddressRange[], { first, last }: AddressRange): boolean {
  let [before, after] = [0, disjoint.length];
  while (before < after) {
    const middle = (before + after) >>> 1;
    if (disjoint[middle]!.last < first) before = middle + 1;
    else after = middle;
  }
  return before < disjoint.length && disjoint[before]!.first <= last;
}

import { blockOf, familyOf, prefixOf, rangeOf, type AddressRange, type Cidr, type Family } from '../cidr.js';
import type { UpstreamLimits } from '../catalog.js';
import { STRIDE, sorted, type Steps } from '../steps.js';
import { blocksIn, type Blocks } from './offer.js';
import type { Rule } from './rule.js';

/** Blocks up to this short are accepted without asking where the catalog says nothing else; shorter ones are held. */
const UNASKED_PREFIX = { ipv4: 24, ipv6: 48 } as const satisfies Record<Family, number>;

/** So many times the addresses of now are doubted. */
const MOST_TIMES = 4;
const BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<Family, number>;
const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const satisfies Record<Family, string>;

/** A block that is wide but possible is an operator's to let in, once; what is served already is not asked again. */
export const wideRange: Rule = function* ({ served, limits, list }) {
  const unasked = unaskedPrefix(limits);
  const isWide = (cidr: Cidr) => prefixOf(cidr) < unasked[familyOf(cidr)];
  // Announced ones too: they are served as such.
  for (const [i, { host, cidr }] of list.addresses.entries()) {
    if (i % STRIDE === 0) yield;
    if (!isWide(cidr) || has(served, host, cidr)) continue;
    const usual = unasked[familyOf(cidr)];
    const detail = `${cidr} of ${host} is wider than /${usual}, the widest block taken without asking.`;
    return { reason: 'wide-range', detail };
  }
  return undefined;
};

/** A host may have one new block of that size a day: several small steps are one large one. */
export const wideRanges: Rule = function* ({ before, after, dayAgo, limits }) {
  if (dayAgo === null) return undefined;
  const unasked = unaskedPrefix(limits);
  for (const [host, blocks] of after) {
    yield;
    const fresh = [...blocks].filter((cidr) => prefixOf(cidr) <= unasked[familyOf(cidr)] && !has(dayAgo, host, cidr));
    // Nothing that is served already is asked again.
    if (fresh.length < 2 || fresh.every((cidr) => has(before, host, cidr))) continue;
    const detail = `${fresh.join(', ')} would be new of ${host} within a day; one block of that size is taken without asking.`;
    return { reason: 'wide-ranges', detail };
  }
  return undefined;
};

/** Not more than four times as many addresses may be open as now, nor as a week ago. */
export const widened: Rule = function* ({ before, after, weekAgo, limits }) {
  const unasked = unaskedPrefix(limits);
  const now = yield* coverageOf(before);
  const then = yield* coverageOf(after);
  const past = weekAgo === null ? now : yield* coverageOf(weekAgo);
  for (const family of ['ipv4', 'ipv6'] as const) {
    // What an operator let through is not asked again.
    if (then[family] <= now[family]) continue;
    // As if at least one block were served that is taken without asking.
    const least = 1n << BigInt(BITS[family] - unasked[family]);
    for (const [base, when] of [
      [now[family], 'now'],
      [past[family], 'a week ago'],
    ] as const) {
      if (then[family] <= BigInt(MOST_TIMES) * (base > least ? base : least)) continue;
      const detail = `More than ${MOST_TIMES} times as many ${NAMES[family]} addresses as ${when} would be open.`;
      return { reason: 'widened', detail };
    }
  }
  return undefined;
};

/** How many addresses there are, each counted once. */
function* coverageOf(blocks: Blocks): Steps<Record<Family, bigint>> {
  const ranges: AddressRange[] = [];
  for (const cidr of yield* blocksIn(blocks)) {
    ranges.push(rangeOf(blockOf(cidr)));
    if (ranges.length % STRIDE === 0) yield;
  }
  const inOrder = yield* sorted(ranges, (a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const sum = { ipv4: 0n, ipv6: 0n };
  const reached = { ipv4: -1n, ipv6: -1n };
  for (const [i, { family, first, last }] of inOrder.entries()) {
    if (i % STRIDE === 0) yield;
    const from = first > reached[family] ? first : reached[family] + 1n;
    if (last < from) continue;
    sum[family] += last - from + 1n;
    reached[family] = last;
  }
  return sum;
}

function unaskedPrefix({ unaskedIpv4, unaskedIpv6 }: UpstreamLimits): Record<Family, number> {
  return { ipv4: unaskedIpv4 ?? UNASKED_PREFIX.ipv4, ipv6: unaskedIpv6 ?? UNASKED_PREFIX.ipv6 };
}

function has(blocks: Blocks, host: string, cidr: Cidr): boolean {
  return blocks.get(host)?.has(cidr) ?? false;
}

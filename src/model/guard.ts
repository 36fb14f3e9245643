import type { AddressList, HeldAddress } from './address.js';
import { blockOf, familyOf, prefixOf, rangeOf, type Cidr, type Family } from './cidr.js';
import type { Catalog, Row, UpstreamLimits } from './catalog.js';
import { specialPurposeOf } from './special-purpose.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

/** What is decided of an offered list. A refusal is a value, not an error: the served list stays. */
export type Verdict =
  | { readonly verdict: 'accept' }
  /** Doubtful: an operator may still want it. `detail` is a sentence for people. */
  | { readonly verdict: 'hold'; readonly reason: HoldReason; readonly detail: string }
  /** Never to be served, whoever asks. */
  | {
      readonly verdict: 'reject';
      readonly reason: RejectReason;
      readonly detail: string;
      /** The entry that it is about; `null` where it is about the whole list. */
      readonly at: { readonly host: string; readonly cidr: Cidr } | null;
    };

/** Why a list is doubted. */
export type HoldReason = 'host-gone' | 'host-emptied' | 'family-lost' | 'host-missing' | 'wide-range';
/** Why a list can never be served. */
export type RejectReason = 'special-purpose' | 'too-wide' | 'limit';

/** Blocks up to this short are accepted without asking where the catalog says nothing else; shorter ones are held. */
const UNASKED_PREFIX = { ipv4: 24, ipv6: 48 } as const satisfies Record<Family, number>;

/**
 * Decides whether a freshly read list may replace the one being served.
 * A firewall opened too wide, or closed by mistake, costs more than a list that is a day old: doubt holds.
 *
 * @param served  the addresses that customers' firewalls have now; none before the first list.
 * @param offered the list just parsed, in canonical form.
 */
export function judge(
  served: readonly HeldAddress[],
  offered: AddressList,
  catalog: Catalog,
  limits: UpstreamLimits,
): Verdict {
  return atOnce(judging(served, offered, catalog, limits));
}

/** The same in steps, for a list that may have been judged by itself before. */
export function* judging(
  served: readonly HeldAddress[],
  offered: AddressList,
  catalog: Catalog,
  limits: UpstreamLimits,
  byItself = judgeByItself(offered, limits),
): Steps<Verdict> {
  if (byItself !== null) return byItself;
  return (
    (served.some(({ status }) => status === 'current')
      ? yield* judgeFloors(served, offered)
      : yield* judgeFirst(offered, catalog)) ??
    (yield* judgeWidth(served, offered, limits)) ?? { verdict: 'accept' }
  );
}

/** What is wrong with a list whatever it would replace; `null` where nothing is. */
export function judgeByItself(offered: AddressList, limits: UpstreamLimits): Verdict | null {
  return judgeSize(offered, limits) ?? judgeBlocks(offered, limits) ?? null;
}

function judgeSize(offered: AddressList, limits: UpstreamLimits): Verdict | undefined {
  for (const [what, count, limit] of [
    ['hosts', offered.hosts.length, limits.hosts],
    ['addresses', offered.addresses.length, limits.addresses],
  ] as const) {
    if (count > limit) {
      return {
        verdict: 'reject',
        reason: 'limit',
        detail: `The list has ${count} ${what}; the limit is ${limit}.`,
        at: null,
      };
    }
  }
  return undefined;
}

function judgeBlocks(offered: AddressList, limits: UpstreamLimits): Verdict | undefined {
  const widest = { ipv4: limits.widestIpv4, ipv6: limits.widestIpv6 };
  for (const { host, cidr } of offered.addresses) {
    const block = blockOf(cidr);
    if (block.prefix < widest[block.family]) {
      const detail = `${cidr} of ${host} is wider than /${widest[block.family]}, the widest block allowed.`;
      return { verdict: 'reject', reason: 'too-wide', detail, at: { host, cidr } };
    }
    const special = specialPurposeOf(rangeOf(block));
    if (special !== undefined) {
      const detail = `${cidr} of ${host} lies in ${special.cidr}, which is set aside for "${special.name}".`;
      return { verdict: 'reject', reason: 'special-purpose', detail, at: { host, cidr } };
    }
  }
  return undefined;
}

/** With nothing to compare with, a list is trusted only if it has addresses for every host that says it is published. */
function* judgeFirst(offered: AddressList, catalog: Catalog): Steps<Verdict | undefined> {
  const families = yield* familiesByHost(offered.addresses);
  const published = catalog.endpoints.filter((endpoint) => endpoint.published);
  const later = onlyAnnounced(catalog);
  const expected = published.filter(({ name }) => !later.has(name)).flatMap((endpoint) => endpoint.hosts);
  const missing = expected.filter((host) => !families.has(host) && !host.startsWith('*.'));
  if (missing.length === 0) return undefined;
  const detail = `The first list has no addresses for ${missing.join(', ')}, which the catalog says are published.`;
  return { verdict: 'hold', reason: 'host-missing', detail };
}

/** The endpoints that are needed from a later date on: their addresses may come with it. */
function onlyAnnounced({ rows }: Catalog): ReadonlySet<string | null> {
  const isLater = ({ dated }: Row) => dated !== undefined && dated.from !== null;
  const later = new Set(rows.filter(isLater).map(({ endpoint }) => endpoint));
  return later.difference(new Set(rows.filter((row) => !isLater(row)).map(({ endpoint }) => endpoint)));
}

/** No host that has addresses may lose all of them, or all of one family. */
function* judgeFloors(served: readonly HeldAddress[], offered: AddressList): Steps<Verdict | undefined> {
  const after = yield* familiesByHost(offered.addresses);
  for (const [host, families] of yield* familiesByHost(served)) {
    const left = after.get(host);
    if (left === undefined) {
      return offered.hosts.includes(host)
        ? { verdict: 'hold', reason: 'host-emptied', detail: `${host} has addresses now and would have none.` }
        : { verdict: 'hold', reason: 'host-gone', detail: `${host} has addresses now and is not in the list.` };
    }
    const lost = [...families].find((family) => !left.has(family));
    if (lost !== undefined) {
      return { verdict: 'hold', reason: 'family-lost', detail: `${host} would lose all its ${lost} addresses.` };
    }
  }
  return undefined;
}

/** A block that is wide but possible is an operator's to let in, once; what is served already is not asked again. */
function* judgeWidth(
  served: readonly HeldAddress[],
  offered: AddressList,
  limits: UpstreamLimits,
): Steps<Verdict | undefined> {
  const unasked = {
    ipv4: limits.unaskedIpv4 ?? UNASKED_PREFIX.ipv4,
    ipv6: limits.unaskedIpv6 ?? UNASKED_PREFIX.ipv6,
  };
  const isWide = ({ cidr }: { readonly cidr: Cidr }) => prefixOf(cidr) < unasked[familyOf(cidr)];
  const known = new Set<string>();
  for (const [i, address] of served.entries()) {
    if (address.status !== 'retired' && isWide(address)) known.add(`${address.host} ${address.cidr}`);
    if (i % STRIDE === 0) yield;
  }
  for (const [i, address] of offered.addresses.entries()) {
    const { host, cidr } = address;
    if (isWide(address) && !known.has(`${host} ${cidr}`)) {
      const usual = unasked[familyOf(cidr)];
      const detail = `${cidr} of ${host} is wider than /${usual}, the widest block taken without asking.`;
      return { verdict: 'hold', reason: 'wide-range', detail };
    }
    if (i % STRIDE === 0) yield;
  }
  return undefined;
}

/** The families that each host has in use. */
function* familiesByHost(
  addresses: readonly { readonly host: string; readonly cidr: Cidr; readonly status: string }[],
): Steps<Map<string, Set<Family>>> {
  const byHost = new Map<string, Set<Family>>();
  for (const [i, { host, cidr, status }] of addresses.entries()) {
    if (i % STRIDE === 0) yield;
    if (status !== 'current') continue;
    const families = byHost.get(host);
    if (families === undefined) byHost.set(host, new Set([familyOf(cidr)]));
    else families.add(familyOf(cidr));
  }
  return byHost;
}

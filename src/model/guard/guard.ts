import type { AddressList, HeldAddress } from '../address.js';
import { blockOf, rangeOf } from '../cidr.js';
import type { Catalog, Row, UpstreamLimits } from '../catalog.js';
import { specialPurposeOf } from '../special-purpose.js';
import { atOnce, type Steps } from '../steps.js';
import { additions, unknownHosts } from './additions.js';
import { aroundRevoked } from './around-revoked.js';
import { eroded } from './erosion.js';
import { floors } from './floors.js';
import { lossWarnings, replaced, shrunk } from './losses.js';
import { NO_PAST, offerOf, type Circumstances } from './offer.js';
import type { Rule } from './rule.js';
import type { Verdict } from './verdict.js';
import { wideRange, wideRanges, widened } from './widening.js';

/** With nothing to compare with, a list is trusted only if it has addresses for every host that says it is published. */
const expectedHosts: Rule = function* ({ after, catalog }) {
  yield;
  const published = catalog.endpoints.filter((endpoint) => endpoint.published);
  const later = onlyAnnounced(catalog);
  const expected = published.filter(({ name }) => !later.has(name)).flatMap((endpoint) => endpoint.hosts);
  const missing = expected.filter((host) => !after.has(host) && !host.startsWith('*.'));
  if (missing.length === 0) return undefined;
  const detail = `The first list has no addresses for ${missing.join(', ')}, which the catalog says are published.`;
  return { reason: 'host-missing', detail };
};

/** What a first list is held to, and what every later one is. The first rule that doubts tells why. */
const FIRST: readonly Rule[] = [aroundRevoked, expectedHosts, wideRange];
const LATER: readonly Rule[] = [
  aroundRevoked,
  floors,
  shrunk,
  replaced,
  wideRange,
  wideRanges,
  widened,
  eroded,
  additions,
];

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
  circumstances: Circumstances = NO_PAST,
): Verdict {
  return atOnce(judging(served, offered, catalog, limits, circumstances));
}

/** The same in steps, for a list that may have been judged by itself before. */
export function* judging(
  served: readonly HeldAddress[],
  offered: AddressList,
  catalog: Catalog,
  limits: UpstreamLimits,
  circumstances: Circumstances = NO_PAST,
  byItself = judgeByItself(offered, limits),
): Steps<Verdict> {
  if (byItself !== null) return byItself;
  const offer = yield* offerOf(served, offered, catalog, limits, circumstances);
  for (const rule of offer.before.size === 0 ? FIRST : LATER) {
    const doubt = yield* rule(offer);
    if (doubt !== undefined) return { verdict: 'hold', ...doubt };
  }
  return { verdict: 'accept', warnings: [...(yield* lossWarnings(offer)), ...(yield* unknownHosts(offer))] };
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

/** The endpoints that are needed from a later date on: their addresses may come with it. */
function onlyAnnounced({ rows }: Catalog): ReadonlySet<string | null> {
  const isLater = ({ dated }: Row) => dated !== undefined && dated.from !== null;
  const later = new Set(rows.filter(isLater).map(({ endpoint }) => endpoint));
  return later.difference(new Set(rows.filter((row) => !isLater(row)).map(({ endpoint }) => endpoint)));
}

import type { AddressList, HeldAddress } from './address.js';
import { blockOf, familyOf, rangeOf, type Cidr, type Family } from './cidr.js';
import type { Catalog, CatalogEndpoint, UpstreamLimits } from './catalog.js';
import { specialPurposeOf } from './special-purpose.js';

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

/** Blocks up to this short are accepted without asking; down to the catalog's own limit they are held. */
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
  return (
    judgeSize(offered, limits) ??
    judgeBlocks(offered, limits) ??
    (served.some(({ status }) => status === 'current') ? judgeFloors(served, offered) : judgeFirst(offered, catalog)) ??
    judgeWidth(served, offered) ?? { verdict: 'accept' }
  );
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
function judgeFirst(offered: AddressList, catalog: Catalog): Verdict | undefined {
  const families = familiesByHost(offered.addresses);
  const published = catalog.endpoints
    .filter((endpoint) => endpoint.published && !isOnlyAnnounced(catalog, endpoint))
    .flatMap((endpoint) => endpoint.hosts);
  const missing = published.filter((host) => !families.has(host) && !host.startsWith('*.'));
  if (missing.length === 0) return undefined;
  const detail = `The first list has no addresses for ${missing.join(', ')}, which the catalog says are published.`;
  return { verdict: 'hold', reason: 'host-missing', detail };
}

/** Whether an endpoint is needed from a later date on: its addresses may come with it. */
function isOnlyAnnounced({ rows }: Catalog, { name }: CatalogEndpoint): boolean {
  const own = rows.filter(({ endpoint }) => endpoint === name);
  return own.length > 0 && own.every(({ dated }) => dated !== undefined && dated.from !== null);
}

/** No host that has addresses may lose all of them, or all of one family. */
function judgeFloors(served: readonly HeldAddress[], offered: AddressList): Verdict | undefined {
  const after = familiesByHost(offered.addresses);
  for (const [host, families] of familiesByHost(served)) {
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
function judgeWidth(served: readonly HeldAddress[], offered: AddressList): Verdict | undefined {
  const inUse = served.filter(({ status }) => status !== 'retired');
  const known = new Set(inUse.map(({ host, cidr }) => `${host} ${cidr}`));
  const wide = offered.addresses.find(({ host, cidr }) => {
    const block = blockOf(cidr);
    return block.prefix < UNASKED_PREFIX[block.family] && !known.has(`${host} ${cidr}`);
  });
  if (wide === undefined) return undefined;
  const usual = UNASKED_PREFIX[familyOf(wide.cidr)];
  const detail = `${wide.cidr} of ${wide.host} is wider than /${usual}, the widest block taken without asking.`;
  return { verdict: 'hold', reason: 'wide-range', detail };
}

/** The families that each host has in use. */
function familiesByHost(addresses: readonly { host: string; cidr: Cidr; status: string }[]): Map<string, Set<Family>> {
  const byHost = new Map<string, Set<Family>>();
  for (const { host, cidr, status } of addresses) {
    if (status !== 'current') continue;
    const families = byHost.get(host) ?? new Set<Family>();
    byHost.set(host, families.add(familyOf(cidr)));
  }
  return byHost;
}

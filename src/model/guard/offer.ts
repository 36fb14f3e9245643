import type { AddressList, AddressStatus, HeldAddress } from '../address.js';
import type { Catalog, UpstreamLimits } from '../catalog.js';
import type { Cidr } from '../cidr.js';
import type { Decision } from '../decision.js';
import { STRIDE, type Steps } from '../steps.js';
import type { Profile } from './verdict.js';

/** The blocks that each host has. */
export type Blocks = ReadonlyMap<string, ReadonlySet<Cidr>>;

/** An offered list beside what it would replace. Only what is in use counts, on either side. */
export interface Offer {
  readonly list: AddressList;
  readonly catalog: Catalog;
  readonly limits: UpstreamLimits;
  readonly profile: Profile;
  /** Served now, whatever is said of it. */
  readonly served: Blocks;
  /** Served now, in use. */
  readonly before: Blocks;
  /** Served now all the same, though it left the list. */
  readonly retiring: Blocks;
  readonly after: Blocks;
  /** In use at an earlier moment; `null` where nothing was served yet. */
  readonly dayAgo: Blocks | null;
  readonly weekAgo: Blocks | null;
  /** Names of the list of before. */
  readonly knownHosts: ReadonlySet<string>;
  /** What operators keep off. */
  readonly revoked: readonly Decision[];
}

/** What else is known when a list is judged. */
export interface Circumstances {
  readonly profile: Profile;
  /** What was served a day and a week ago; `null` where nothing was. */
  readonly dayAgo: readonly HeldAddress[] | null;
  readonly weekAgo: readonly HeldAddress[] | null;
  /** Names of the list of before. */
  readonly knownHosts: readonly string[];
  /** What operators keep off: it is on neither side any more. */
  readonly revoked: readonly Decision[];
}

/** Nothing is known of the past. */
export const NO_PAST: Circumstances = {
  profile: 'auto',
  dayAgo: null,
  weekAgo: null,
  knownHosts: [],
  revoked: [],
};

export function* offerOf(
  served: readonly HeldAddress[],
  list: AddressList,
  catalog: Catalog,
  limits: UpstreamLimits,
  { profile, dayAgo, weekAgo, knownHosts, revoked }: Circumstances,
): Steps<Offer> {
  return {
    list,
    catalog,
    limits,
    profile,
    served: yield* byHost(served, ['current', 'retiring', 'announced']),
    before: yield* byHost(served, ['current']),
    retiring: yield* byHost(served, ['retiring']),
    after: yield* byHost(list.addresses, ['current']),
    dayAgo: dayAgo && (yield* byHost(dayAgo, ['current'])),
    weekAgo: weekAgo && (yield* byHost(weekAgo, ['current'])),
    knownHosts: new Set(knownHosts),
    revoked,
  };
}

function* byHost(
  addresses: readonly { readonly host: string; readonly cidr: Cidr; readonly status: AddressStatus }[],
  wanted: readonly AddressStatus[],
): Steps<Blocks> {
  const blocksOf = new Map<string, Set<Cidr>>();
  for (const [i, { host, cidr, status }] of addresses.entries()) {
    if (i % STRIDE === 0) yield;
    if (!wanted.includes(status)) continue;
    const blocks = blocksOf.get(host);
    if (blocks === undefined) blocksOf.set(host, new Set([cidr]));
    else blocks.add(cidr);
  }
  return blocksOf;
}

/** Every block once, whoever has it. */
export function* blocksIn(blocks: Blocks): Steps<Set<Cidr>> {
  const all = new Set<Cidr>();
  for (const own of blocks.values()) {
    for (const cidr of own) {
      all.add(cidr);
      if (all.size % STRIDE === 0) yield;
    }
  }
  return all;
}

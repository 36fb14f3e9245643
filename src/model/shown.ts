import { orderingAddresses, type Address, type HeldAddress } from './address.js';
import { groupedByHost } from './by-host.js';
import { compareText } from './canonical.js';
import { familyOf, type Cidr } from './cidr.js';
import { counterpartsIn } from './counterparts.js';
import { STRIDE, type Steps } from './steps.js';

/**
 * Addresses as answers show them, of each host in address order: each has the other hosts of the catalog that stand
 * behind it, retired ones aside.
 *
 * @param held by host.
 * @param like those of a content that is nearly the same: what is the same of it is taken over.
 */
export function* shownByHost(
  held: readonly HeldAddress[],
  catalogHosts: ReadonlyMap<string, unknown>,
  like: ReadonlyMap<string, readonly Address[]> = new Map(),
): Steps<ReadonlyMap<string, readonly Address[]>> {
  const hostsBehind = yield* sharedBlocks(held, catalogHosts);
  const byHost = groupedByHost(held);
  yield;
  const shown = new Map<string, readonly Address[]>();
  for (const [host, own] of byHost) {
    const before = like.get(host);
    const sharedWith = ({ cidr }: HeldAddress) => withoutHost(hostsBehind.get(cidr) ?? NONE, host);
    yield;
    if (before?.length === own.length && before.every((one, i) => shows(one, own[i]!, sharedWith(own[i]!)))) {
      shown.set(host, before);
      continue;
    }
    const known = counterpartsIn(before ?? []);
    const now: Address[] = [];
    for (const address of yield* orderingAddresses(own)) {
      const as = known(address);
      const others = sharedWith(address);
      now.push(as !== undefined && shows(as, address, others) ? as : shownAs(address, others));
      if (now.length % STRIDE === 0) yield;
    }
    shown.set(host, now);
  }
  return shown;
}

/** Most addresses are shared with nobody: one list does for all of them. */
const NONE: readonly string[] = [];

function withoutHost(hosts: readonly string[], host: string): readonly string[] {
  const others = hosts.filter((other) => other !== host);
  return others.length === 0 ? NONE : others;
}

/** The hosts of the catalog behind each block that several hosts have, by name. */
function* sharedBlocks(
  held: readonly HeldAddress[],
  catalogHosts: ReadonlyMap<string, unknown>,
): Steps<ReadonlyMap<Cidr, readonly string[]>> {
  const first = new Map<Cidr, HeldAddress>();
  const several = new Map<Cidr, Set<string>>();
  const isTold = ({ host, status }: HeldAddress) => status !== 'retired' && catalogHosts.has(host);
  for (const [i, address] of held.entries()) {
    if (i % STRIDE === 0) yield;
    const other = first.get(address.cidr);
    if (other === undefined) {
      first.set(address.cidr, address);
      continue;
    }
    const hosts = several.get(address.cidr) ?? new Set();
    for (const one of [other, address]) if (isTold(one)) hosts.add(one.host);
    several.set(address.cidr, hosts);
  }
  return new Map([...several].map(([cidr, hosts]) => [cidr, [...hosts].sort(compareText)]));
}

function shows(shown: Address, held: HeldAddress, sharedWith: readonly string[]): boolean {
  return (
    shown.cidr === held.cidr &&
    shown.status === held.status &&
    shown.source === held.source &&
    shown.firstSeenAt === held.firstSeenAt &&
    shown.effectiveFrom === held.effectiveFrom &&
    shown.announcedRemovalAt === held.announcedRemovalAt &&
    shown.removedAt === held.removedAt &&
    shown.retireAt === held.retireAt &&
    shown.sharedWith.length === sharedWith.length &&
    shown.sharedWith.every((host, i) => host === sharedWith[i])
  );
}

/** Member by member, so that a revision has the same bytes whether it was just made or read from the store. */
function shownAs(address: HeldAddress, sharedWith: readonly string[]): Address {
  return {
    cidr: address.cidr,
    family: familyOf(address.cidr),
    host: address.host,
    sharedWith,
    status: address.status,
    source: address.source,
    firstSeenAt: address.firstSeenAt,
    effectiveFrom: address.effectiveFrom,
    announcedRemovalAt: address.announcedRemovalAt,
    removedAt: address.removedAt,
    retireAt: address.retireAt,
  };
}

import type { ListedAddress } from './address.js';
import { earliest, onceForEach } from './canonical.js';
import { catalogAt, nextCatalogDate } from './catalog-at.js';
import { nextRetirement, withoutRetired } from './retire.js';
import type { Content } from './revision.js';

/**
 * What a content becomes by the clock alone: everything that is due by `now` at once; `undefined` where nothing is.
 *
 * @param listedAgain addresses that are about to come back: their grace does not end meanwhile.
 */
export function dueAt(
  { catalog, listedHosts, addresses }: Content,
  now: Date,
  listedAgain: readonly ListedAddress[] = [],
): Content | undefined {
  const isSpared = membershipOf(listedAgain);
  const left = withoutRetired(addresses, now, isSpared);
  const dated = catalogAt(catalog, now);
  if (left === addresses && dated === catalog) return undefined;
  return { catalog: dated, listedHosts, addresses: left };
}

/** The first instant at which the clock changes a content; `null` where it never does. */
export function nextDue({ catalog, addresses }: Content, listedAgain: readonly ListedAddress[] = []): string | null {
  const isSpared = membershipOf(listedAgain);
  const ending = addresses.filter((address) => address.retireAt !== null && !isSpared(address));
  return earliest([nextRetirement(ending) ?? [], nextCatalogDate(catalog) ?? []].flat());
}

/** Whether a host has an address in a list. Asked for again and again, and seldom of anything. */
const membershipOf = onceForEach(
  (listed: readonly ListedAddress[]): ((address: Pick<ListedAddress, 'host' | 'cidr'>) => boolean) => {
    let keys: Set<string> | undefined;
    return ({ host, cidr }) => {
      keys ??= new Set(listed.map((address) => `${address.host} ${address.cidr}`));
      return keys.has(`${host} ${cidr}`);
    };
  },
);

import type { HeldAddress } from './address.js';
import type { Difference } from './change.js';
import { isInUse } from './address.js';
import { familyOf } from './cidr.js';
import { addressDifferences, type AddressEdge } from './diff-addresses.js';
import { catalogDifferences } from './diff-catalogs.js';
import { neededBlocks, neededHosts } from './needed-hosts.js';
import type { Content } from './revision.js';

/**
 * What differs between two contents, in the order of {@link CHANGE_SUBJECTS}: empty exactly where `differs` says no.
 * Taken back, the differences give the earlier content again.
 *
 * @param at when the later content was published.
 */
export function diff(before: Content, after: Content, at: string): Difference[] {
  const families = new Set(before.addresses.filter(isInUse).map(({ host, cidr }) => `${host} ${familyOf(cidr)}`));
  const [neededBefore, needed] = [neededHosts(before.catalog), neededHosts(after.catalog)];
  const blocks = neededBlocks(after.catalog, after.addresses);
  return [
    ...catalogDifferences(before, after, at),
    ...addressDifferences(
      edgesBetween(before.addresses, after.addresses),
      {
        hadInUse: (host, family) => families.has(`${host} ${family}`),
        hasInUse: (cidr) => blocks.has(cidr),
        needs: (host) => neededBefore.has(host) || needed.has(host),
      },
      at,
    ),
  ];
}

/** Every address of either list, as it was beside as it is. */
function edgesBetween(before: readonly HeldAddress[], after: readonly HeldAddress[]): AddressEdge[] {
  const had = new Map(before.map((address) => [keyOf(address), address]));
  const has = new Map(after.map((address) => [keyOf(address), address]));
  return [...new Set([...had.keys(), ...has.keys()])].map((key) => ({
    before: had.get(key) ?? null,
    after: has.get(key) ?? null,
  }));
}

function keyOf({ host, cidr }: HeldAddress): string {
  return `${host} ${cidr}`;
}

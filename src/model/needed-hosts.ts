import { GENERAL, isInUse, type HeldAddress } from './address.js';
import type { Catalog } from './catalog.js';
import type { Cidr } from './cidr.js';
import { namesOf, requirementsOf } from './requirement.js';

const KNOWN = new WeakMap<Catalog, ReadonlySet<string>>();

/** The hosts of which something that is in effect needs the addresses, in some task and mode. Worked out once a catalog. */
export function neededHosts(catalog: Catalog): ReadonlySet<string> {
  const known = KNOWN.get(catalog);
  if (known !== undefined) return known;
  const needed = new Set(
    requirementsOf(catalog)
      .filter(({ need }) => need !== 'not-required')
      .map(({ endpoint }) => endpoint.name),
  );
  const endpoints = catalog.endpoints.filter(({ name }) => needed.has(name));
  const hosts = new Set(endpoints.flatMap(namesOf));
  if (endpoints.some(({ published }) => published)) hosts.add(GENERAL);
  KNOWN.set(catalog, hosts);
  return hosts;
}

/** The blocks that each host has in use. */
export function blocksByHost(addresses: readonly HeldAddress[]): ReadonlyMap<string, readonly Cidr[]> {
  const blocks = Map.groupBy(addresses.filter(isInUse), ({ host }) => host);
  return new Map([...blocks].map(([host, held]) => [host, held.map(({ cidr }) => cidr)]));
}

/** The blocks that hosts have in use which something needs: not to be closed for any other. */
export function neededBlocks(catalog: Catalog, addresses: readonly HeldAddress[]): ReadonlySet<Cidr> {
  const needed = neededHosts(catalog);
  return new Set(addresses.filter((one) => isInUse(one) && needed.has(one.host)).map(({ cidr }) => cidr));
}

/** The addresses in use of each block: the hosts that it would be closed for. */
export function blockHolders(addresses: readonly HeldAddress[]): ReadonlyMap<Cidr, readonly HeldAddress[]> {
  return Map.groupBy(addresses.filter(isInUse), ({ cidr }) => cidr);
}

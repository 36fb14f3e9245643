import { GENERAL } from './address.js';
import type { Catalog } from './catalog.js';
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

import { onceForEach } from './canonical.js';
import type { Catalog, CatalogEndpoint } from './catalog.js';
import { namesOf } from './requirement.js';

/** The endpoints of a catalog by their own names. */
export const endpointsByName = onceForEach(
  ({ endpoints }: Catalog): ReadonlyMap<string, CatalogEndpoint> =>
    new Map(endpoints.map((endpoint) => [endpoint.name, endpoint])),
);

/** The DNS names and wildcards of a catalog's endpoints, companions' among them, each with those endpoints. */
export const endpointsByHost = onceForEach(
  ({ endpoints }: Catalog): ReadonlyMap<string, readonly CatalogEndpoint[]> => {
    const byHost = new Map<string, CatalogEndpoint[]>();
    for (const endpoint of endpoints) {
      for (const name of namesOf(endpoint)) {
        const own = byHost.get(name);
        if (own === undefined) byHost.set(name, [endpoint]);
        else own.push(endpoint);
      }
    }
    return byHost;
  },
);

const placesByName = onceForEach(
  ({ endpoints }: Catalog): ReadonlyMap<string, number> => new Map(endpoints.map(({ name }, place) => [name, place])),
);

/** The endpoints of a catalog that have some names of their own, in its order. */
export function endpointsNamed(catalog: Catalog, names: Iterable<string>): CatalogEndpoint[] {
  const places = placesByName(catalog);
  const own = [...new Set(names)].flatMap((name) => places.get(name) ?? []);
  return own.sort((a, b) => a - b).map((place) => catalog.endpoints[place]!);
}

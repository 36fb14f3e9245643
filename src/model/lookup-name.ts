import { GENERAL, type HeldAddress } from './address.js';
import { onceForEach } from './canonical.js';
import type { Catalog, CatalogEndpoint, Row } from './catalog.js';
import { wildcardMatches } from './host-name.js';
import { isListed as hasListed, knownHosts } from './listing.js';
import { timesOf, type Lookup } from './lookup-answer.js';
import { nearest } from './nearest.js';
import { namesOf, type Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import type { Snapshot } from './snapshot.js';

/** What is known of a DNS name, of a wildcard, or of the hosts of an endpoint that is asked for by its own name. */
export function lookUpName(snapshot: Snapshot, name: string): Lookup {
  const { catalog } = snapshot;
  const matching = endpointsNamed(catalog, name);
  const inEffect = matching.filter((endpoint) => isNameOf(endpoint, name) || hasHost(namesOf(endpoint), name));
  const requirements = requirementsFor(snapshot, matching);
  const isListed = name !== GENERAL && hasListed(snapshot, name);
  const isHost = matching.length === 0 || isListed || matching.some((own) => hasHost(allHosts(own), name));
  // The name of an endpoint stands for the hosts that it has.
  const hosts = isHost ? [name] : [...new Set(matching.flatMap(namesOf))];
  const addresses = new Map(hosts.map((host) => [host, host === GENERAL ? [] : addressesOf(snapshot, host)]));
  const all = [...addresses.values()].flat();
  const served = all.filter(({ status }) => status !== 'retired');
  const [verdict] = (
    [
      ['required', needed(rowsFor(catalog, inEffect).filter(isInEffect))],
      ['announced', needed(rowsFor(catalog, matching))],
      ['retiring', served.length > 0 && served.every(({ status }) => status === 'retiring')],
      ['listed', matching.length > 0 || isListed || served.length > 0],
      ['retired', all.length > 0],
      ['unknown', true],
    ] as const
  ).find(([, holds]) => holds)!;
  const isNamed = matching.length > 0 || isListed;
  const isKnown = verdict !== 'unknown';
  return {
    query: name,
    verdict,
    match: isKnown ? 'full' : 'none',
    hosts: !isKnown
      ? []
      : [...addresses].map(([host, own]) => {
          const { from, to } = timesOf(own);
          return { name: host, inCatalog: matching.length > 0, from, to: isNamed ? null : to };
        }),
    requirements: requirements.map(({ ref }) => ref),
    cannotExclude: namesIn(catalog).placeholders,
    nearest: isKnown ? null : nearest(name, [...knownHosts(snapshot), ...catalog.endpoints.flatMap(allHosts)]),
  };
}

/** The endpoints that a name is one of, in the catalog's order. */
function endpointsNamed(catalog: Catalog, name: string): CatalogEndpoint[] {
  const { places } = namesIn(catalog);
  const patterns = [...name.matchAll(/(?!^)\./g)].map(({ index }) => `*${name.slice(index)}`);
  const found = new Set([name, ...patterns].flatMap((own) => places.get(own) ?? []));
  return [...found].sort((a, b) => a - b).map((place) => catalog.endpoints[place]!);
}

/** All that a catalog says by name, found once. */
const namesIn = onceForEach(({ endpoints, rows }: Catalog) => {
  const places = new Map<string, number[]>();
  for (const [place, endpoint] of endpoints.entries()) {
    for (const name of [endpoint.name, ...endpoint.aliases.map((alias) => alias.name), ...allHosts(endpoint)]) {
      const own = places.get(name);
      if (own === undefined) places.set(name, [place]);
      else own.push(place);
    }
  }
  const placeholders = endpoints.filter(({ kind }) => kind === 'placeholder').map(({ name }) => name);
  return { places, placeholders, rowsByEndpoint: Map.groupBy(rows, ({ endpoint }) => endpoint) };
});

/** The requirements of some endpoints, in their order. */
function requirementsFor(snapshot: Snapshot, endpoints: readonly CatalogEndpoint[]): Requirement[] {
  const index = indexOf(snapshot.requirements);
  const own = endpoints.flatMap(({ name }) => index.ofFarSide(name));
  return endpoints.length < 2 ? own : own.sort((a, b) => index.placeOf(a.ref)! - index.placeOf(b.ref)!);
}

function rowsFor(catalog: Catalog, endpoints: readonly CatalogEndpoint[]): Row[] {
  return endpoints.flatMap(({ name }) => namesIn(catalog).rowsByEndpoint.get(name) ?? []);
}

/** Whether it is an endpoint's own name, or an old one. */
function isNameOf({ name: own, aliases }: CatalogEndpoint, name: string): boolean {
  return hasHost([own, ...aliases.map((alias) => alias.name)], name);
}

/** The names behind an endpoint, those that are only announced among them. */
function allHosts(endpoint: CatalogEndpoint): string[] {
  return [...namesOf(endpoint), ...(endpoint.dated ?? []).map(({ host }) => host)];
}

function hasHost(names: readonly string[], name: string): boolean {
  return names.some((own) => own === name || wildcardMatches(own, name));
}

/** Every address that a host has or had. */
function addressesOf({ addressesByHost, past }: Snapshot, host: string): HeldAddress[] {
  return [...(addressesByHost.get(host) ?? []), ...past.retiredOf(host)];
}

function isInEffect({ dated }: Row): boolean {
  return (dated?.from ?? null) === null;
}

/** Whether some rows need what they are of, now or when they take effect. */
function needed(rows: readonly Row[]): boolean {
  return rows.some(({ need }) => need.some(({ need }) => need !== 'not-required'));
}

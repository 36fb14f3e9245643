import type { Catalog } from '../model/catalog.js';
import { wildcardMatches } from '../model/host-name.js';
import { namesOf } from '../model/requirement.js';
import { GENERAL } from '../model/address.js';
import { datedDoubts } from './dated-doubts.js';

/**
 * What is legal in a catalog but likely a mistake, as sentences for its author.
 *
 * @param catalog as it was written, before its dates have acted.
 * @param listedHosts the names of the upstream list, where one is known.
 */
export function doubtsOf(catalog: Catalog, listedHosts: readonly string[] | undefined, now: Date): string[] {
  return [
    ...unneededEndpoints(catalog),
    ...emptyTasks(catalog),
    ...coveredNames(catalog),
    ...mixedBases(catalog),
    ...datedDoubts(catalog, now),
    ...(listedHosts === undefined ? [] : unlistedHosts(catalog, listedHosts)),
  ];
}

function unneededEndpoints(catalog: Catalog): string[] {
  const needed = new Set(catalog.rows.map(({ endpoint }) => endpoint));
  return catalog.endpoints
    .filter(({ name }) => !needed.has(name))
    .map(({ name }) => `The endpoint "${name}" is in no requirement.`);
}

function emptyTasks(catalog: Catalog): string[] {
  return catalog.tasks
    .filter(({ name }) => !catalog.rows.some(({ tasks }) => tasks.includes(name)))
    .map(({ name }) => `The task "${name}" has no requirement.`);
}

function coveredNames(catalog: Catalog): string[] {
  const names = catalog.endpoints.flatMap((endpoint) => namesOf(endpoint));
  return names
    .filter((name) => name.startsWith('*.'))
    .flatMap((wildcard) =>
      names
        .filter((name) => name !== wildcard && wildcardMatches(wildcard, name))
        .map((name) => `The wildcard "${wildcard}" already covers "${name}".`),
    );
}

function mixedBases(catalog: Catalog): string[] {
  const bases = new Map<string, Set<string>>();
  for (const { endpoint, ports } of catalog.rows) {
    for (const { protocol, from, to, basis } of ports) {
      const key = `${endpoint ?? ''} ${protocol} ${from === to ? from : `${from}-${to}`}`;
      bases.set(key, (bases.get(key) ?? new Set()).add(basis));
    }
  }
  return [...bases]
    .filter(([key, own]) => own.size > 1 && !key.startsWith(' '))
    .map(([key]) => {
      const [endpoint, protocol, ports] = key.split(' ');
      return `Port ${ports}/${protocol} of "${endpoint}" is stated in one row and assumed in another.`;
    });
}

function unlistedHosts(catalog: Catalog, listedHosts: readonly string[]): string[] {
  const published = catalog.endpoints.filter((endpoint) => endpoint.published).flatMap((endpoint) => endpoint.hosts);
  const named = new Set(
    catalog.endpoints.flatMap((endpoint) => [...namesOf(endpoint), ...(endpoint.dated ?? []).map(({ host }) => host)]),
  );
  return [
    ...published
      .filter((host) => !listedHosts.includes(host))
      .map((host) => `"${host}" is said to be published, but the upstream list does not have it.`),
    ...listedHosts
      .filter((host) => host !== GENERAL && !named.has(host))
      .map((host) => `The upstream list has "${host}", which no requirement names.`),
  ];
}

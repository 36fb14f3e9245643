import { GENERAL, type HeldAddress } from './address.js';
import type { CatalogEndpoint, Row } from './catalog.js';
import { wildcardMatches } from './host-name.js';
import { knownHosts } from './listing.js';
import { timesOf, type Lookup } from './lookup-answer.js';
import { nearest } from './nearest.js';
import { namesOf } from './requirement.js';
import type { Snapshot } from './snapshot.js';

/** What is known of a DNS name, of a wildcard, or of the hosts of an endpoint that is asked for by its own name. */
export function lookUpName(snapshot: Snapshot, name: string): Lookup {
  const { catalog } = snapshot;
  const matching = catalog.endpoints.filter(
    (endpoint) => isNameOf(endpoint, name) || hasHost(allHosts(endpoint), name),
  );
  const inEffect = new Set(matching.filter((endpoint) => isNameOf(endpoint, name) || hasHost(namesOf(endpoint), name)));
  const requirements = snapshot.requirements.filter(({ endpoint }) =>
    matching.some((own) => own.name === endpoint.name),
  );
  const isListed = name !== GENERAL && snapshot.listedHosts.includes(name);
  const isHost = matching.length === 0 || isListed || matching.some((own) => hasHost(allHosts(own), name));
  // The name of an endpoint stands for the hosts that it has.
  const hosts = isHost ? [name] : [...new Set(matching.flatMap(namesOf))];
  const addresses = new Map(hosts.map((host) => [host, host === GENERAL ? [] : addressesOf(snapshot, host)]));
  const all = [...addresses.values()].flat();
  const served = all.filter(({ status }) => status !== 'retired');
  const [verdict] = (
    [
      ['required', needed(catalog.rows.filter(isInEffect), inEffect)],
      ['announced', needed(catalog.rows, matching)],
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
    cannotExclude: catalog.endpoints.filter(({ kind }) => kind === 'placeholder').map((endpoint) => endpoint.name),
    nearest: isKnown ? null : nearest(name, [...knownHosts(snapshot), ...catalog.endpoints.flatMap(allHosts)]),
  };
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

/** Whether some rows need an endpoint, now or when they take effect. */
function needed(rows: readonly Row[], endpoints: Iterable<CatalogEndpoint>): boolean {
  const names = new Set([...endpoints].map(({ name }) => name));
  return rows.some(
    ({ endpoint, need }) =>
      endpoint !== null && names.has(endpoint) && need.some(({ need }) => need !== 'not-required'),
  );
}

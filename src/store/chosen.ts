import { GENERAL, hostsIn } from '../model/address.js';
import { canonicalJson, plainJson, sha256 } from '../model/canonical.js';
import type { Catalog, CatalogEndpoint } from '../model/catalog.js';
import { withAnnouncedHosts } from '../model/catalog-at.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
import { choose } from '../model/select.js';
import type { Selection } from '../model/selection.js';

/** What of one catalog a selection chooses, addresses aside. */
export interface Chosen {
  /** In effect and announced. */
  readonly refs: ReadonlySet<string>;
  readonly endpoints: ReadonlySet<string>;
  /** Those of what is chosen. */
  readonly announcements: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
  readonly modes: ReadonlySet<string>;
  /** The hosts whose addresses the lists have, and those that something announced will have beside them. */
  readonly hosts: ReadonlySet<string>;
  readonly hostsToCome: ReadonlySet<string>;
  /** The ports of each ref, as JSON. */
  readonly portsByRef: ReadonlyMap<string, string>;
  /** Digests: of the endpoints that have the addresses of `general`, of what is announced, and of all else. Equal digest, equal answer. */
  readonly general: string;
  readonly announced: string;
  readonly inEffect: string;
}

/** What of a catalog a selection chooses. */
export function chosenIn(catalog: Catalog, selection: Selection): Chosen {
  const inEffect = choose(requirementsOf(catalog), selection);
  const withAll = withAnnouncedHosts(catalog);
  const announced = toCome(withAll, selection, inEffect);
  const all = [...inEffect, ...announced];
  const [endpoints, hosts] = farSides(catalog, inEffect);
  const [endpointsToCome, hostsToCome] = farSides(withAll, all);
  const dated = catalog.rows.filter(
    (row) => row.dated !== undefined && all.some(({ ref }) => ref.endsWith(`/${row.name}`)),
  );
  const datedHosts = catalog.endpoints.flatMap(({ name, dated: hosts = [] }) =>
    endpointsToCome.has(name) ? hosts : [],
  );
  const told = new Set([...dated.map((row) => row.dated), ...datedHosts].map((dates) => dates?.announcement));
  const announcements = (catalog.announcements ?? []).filter(({ name }) => told.has(name));
  const [tasks, modes] = [namesIn(inEffect, 'task'), namesIn(inEffect, 'mode')];
  // A name may stand in several endpoints: what is told of it is told of all of them.
  const holders = catalog.endpoints.filter((endpoint) => namesOf(endpoint).some((name) => hosts.has(name)));
  return {
    refs: namesIn(all, 'ref'),
    endpoints: endpoints.union(endpointsToCome).union(new Set(holders.map(({ name }) => name))),
    announcements: new Set(announcements.map(({ name }) => name)),
    tasks: namesIn(all, 'task'),
    modes: namesIn(all, 'mode'),
    hosts,
    hostsToCome: hosts.union(hostsToCome),
    portsByRef: new Map(all.map(({ ref, ports }) => [ref, JSON.stringify(ports)])),
    general: digest(holders.filter(({ published }) => published).map(({ name }) => name)),
    announced: digest([announced, dated, datedHosts, announcements]),
    inEffect: digest([
      inEffect,
      hostsIn([...hosts]).map((name) => companionOf(name, holders)),
      catalog.tasks.filter(({ name }) => tasks.has(name)),
      catalog.modes.filter(({ name }) => modes.has(name)),
    ]),
  };
}

/** The requirements as they will be that are not so yet: announced themselves, or with a host that is. */
function toCome(withAll: Catalog, selection: Selection, inEffect: readonly Requirement[]): Requirement[] {
  const known = new Set(inEffect.map((requirement) => JSON.stringify(requirement)));
  return choose(requirementsOfRows(withAll, withAll.rows), selection).filter(
    (requirement) => !known.has(JSON.stringify(requirement)),
  );
}

/** The endpoint that a host is told as a companion of; `null` where it is an endpoint's own. */
function companionOf(host: string, holders: readonly CatalogEndpoint[]): string | null {
  const named = holders.filter((endpoint) => namesOf(endpoint).includes(host));
  return named.some((endpoint) => endpoint.hosts.includes(host)) ? null : (named[0]?.name ?? null);
}

/** The endpoints of some requirements, and every host whose addresses are theirs. */
function farSides(catalog: Catalog, requirements: readonly Requirement[]): [ReadonlySet<string>, ReadonlySet<string>] {
  const endpoints = new Set(requirements.map(({ endpoint }) => endpoint.name));
  const hosts = new Set(catalog.endpoints.filter(({ name }) => endpoints.has(name)).flatMap(namesOf));
  const isPublished = catalog.endpoints.some(
    (endpoint) => endpoint.published && namesOf(endpoint).some((name) => hosts.has(name)),
  );
  return [endpoints, isPublished ? hosts.union(new Set([GENERAL])) : hosts];
}

function namesIn(requirements: readonly Requirement[], member: 'ref' | 'task' | 'mode'): ReadonlySet<string> {
  return new Set(requirements.map((requirement) => requirement[member]));
}

function digest(value: unknown): string {
  return sha256(canonicalJson(plainJson(value)));
}

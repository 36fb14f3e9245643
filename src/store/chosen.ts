import { GENERAL, hostsIn } from '../model/address.js';
import { canonicalJson, onceForEach, plainJson, sha256 } from '../model/canonical.js';
import type { Catalog, CatalogEndpoint } from '../model/catalog.js';
import { withAnnouncedHosts } from '../model/catalog-at.js';
import { endpointsByHost, endpointsNamed } from '../model/catalog-index.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
import { indexOf } from '../model/requirement-index.js';
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
  readonly portsByRef: () => ReadonlyMap<string, string>;
  /** Digests: of the endpoints that have the addresses of `general`, of what is announced, and of all else. Equal digest, equal answer. */
  readonly general: string;
  readonly announced: string;
  readonly inEffect: () => string;
}

/** What of a catalog a selection chooses. What takes time and is seldom asked for is worked out when it is. */
export function chosenIn(catalog: Catalog, selection: Selection): Chosen {
  const inEffect = choose(requirementsOf(catalog), selection);
  const { withAll, toCome, datedRows, datedEndpoints } = announcedIn(catalog);
  const announced = choose(toCome, selection);
  const all = [...inEffect, ...announced];
  const [endpoints, hosts] = farSides(catalog, inEffect);
  const [endpointsToCome, hostsToCome] =
    announced.length === 0 && withAll === catalog ? [endpoints, hosts] : farSides(withAll, all);
  const rows = new Set(datedRows.length === 0 ? [] : all.map(({ ref }) => ref.slice(ref.lastIndexOf('/') + 1)));
  const dated = datedRows.filter(({ name }) => rows.has(name));
  const datedHosts = datedEndpoints.flatMap(({ name, dated: hosts = [] }) => (endpointsToCome.has(name) ? hosts : []));
  const told = new Set([...dated.map((row) => row.dated), ...datedHosts].map((dates) => dates?.announcement));
  const announcements = (catalog.announcements ?? []).filter(({ name }) => told.has(name));
  const [tasks, modes] = [namesIn(inEffect, 'task'), namesIn(inEffect, 'mode')];
  // A name may stand in several endpoints: what is told of it is told of all of them.
  const behind = endpointsByHost(catalog);
  const holders = endpointsNamed(
    catalog,
    [...hosts].flatMap((host) => (behind.get(host) ?? []).map(({ name }) => name)),
  );
  return {
    refs: namesIn(all, 'ref'),
    endpoints: endpoints.union(endpointsToCome).union(new Set(holders.map(({ name }) => name))),
    announcements: new Set(announcements.map(({ name }) => name)),
    tasks: namesIn(all, 'task'),
    modes: namesIn(all, 'mode'),
    hosts,
    hostsToCome: hosts.union(hostsToCome),
    portsByRef: once(() => new Map(all.map(({ ref, ports }) => [ref, JSON.stringify(ports)]))),
    general: digest(holders.filter(({ published }) => published).map(({ name }) => name)),
    announced: digest([announced.map(digestOfRequirement), dated, datedHosts, announcements]),
    inEffect: once(() =>
      digest([
        inEffect.map(digestOfRequirement),
        hostsIn([...hosts]).map((name) => companionOf(name, behind.get(name) ?? [])),
        catalog.tasks.filter(({ name }) => tasks.has(name)),
        catalog.modes.filter(({ name }) => modes.has(name)),
      ]),
    ),
  };
}

/** What of a catalog is dated, and the requirements as they will be that are not so yet: announced themselves, or with a host that is. */
const announcedIn = onceForEach((catalog: Catalog) => {
  const withAll = withAnnouncedHosts(catalog);
  const datedRows = catalog.rows.filter((row) => row.dated !== undefined);
  const datedEndpoints = catalog.endpoints.filter(({ dated }) => dated !== undefined);
  const ofDated = new Set<string | null>(datedEndpoints.map(({ name }) => name));
  const rows = withAll.rows.filter((row) => row.dated !== undefined || ofDated.has(row.endpoint));
  const inEffect = indexOf(requirementsOf(catalog));
  const toCome = requirementsOfRows(withAll, rows).filter((requirement) => {
    const now = inEffect.at(requirement.ref);
    return now === undefined || JSON.stringify(now) !== JSON.stringify(requirement);
  });
  return { withAll, toCome, datedRows, datedEndpoints };
});

/** The endpoint that a host is told as a companion of; `null` where it is an endpoint's own. */
function companionOf(host: string, holders: readonly CatalogEndpoint[]): string | null {
  return holders.some((endpoint) => endpoint.hosts.includes(host)) ? null : (holders[0]?.name ?? null);
}

/** The endpoints of some requirements, and every host whose addresses are theirs. */
function farSides(catalog: Catalog, requirements: readonly Requirement[]): [ReadonlySet<string>, ReadonlySet<string>] {
  const endpoints = new Set(requirements.map(({ endpoint }) => endpoint.name));
  const hosts = new Set(endpointsNamed(catalog, endpoints).flatMap(namesOf));
  const behind = endpointsByHost(catalog);
  const isPublished = [...hosts].some((host) => behind.get(host)!.some(({ published }) => published));
  return [endpoints, isPublished ? hosts.union(new Set([GENERAL])) : hosts];
}

/** Most requirements stay as they are from catalog to catalog, and are chosen by many selections. */
const digestOfRequirement = onceForEach((requirement: Requirement) => digest(requirement));

function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}

function namesIn(requirements: readonly Requirement[], member: 'ref' | 'task' | 'mode'): ReadonlySet<string> {
  return new Set(requirements.map((requirement) => requirement[member]));
}

function digest(value: unknown): string {
  return sha256(canonicalJson(plainJson(value)));
}

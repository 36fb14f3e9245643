import { GENERAL, hostsIn } from '../model/address.js';
import { canonicalJson, onceForEach, plainJson, sha256 } from '../model/canonical.js';
import type { Catalog, CatalogEndpoint } from '../model/catalog.js';
import { withAnnouncedHosts } from '../model/catalog-at.js';
import { endpointsByHost, endpointsNamed } from '../model/catalog-index.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
import { indexOf } from '../model/requirement-index.js';
import { choose } from '../model/select.js';
import type { Selection } from '../model/selection.js';

/**
 * What of one catalog a selection chooses, addresses aside. Most is needed only where two catalogs are compared, so each
 * part is worked out when it is first asked for.
 */
export class Chosen {
  readonly #inEffect: readonly Requirement[];

  constructor(
    private readonly catalog: Catalog,
    private readonly selection: Selection,
  ) {
    this.#inEffect = choose(requirementsOf(catalog), selection);
  }

  /** How much it holds, or will. */
  get size(): number {
    return 1 + 2 * this.#inEffect.length;
  }

  /** The hosts whose addresses the lists have. */
  get hosts(): ReadonlySet<string> {
    return this.#now().hosts;
  }

  /** With those that something announced will have beside them. */
  get hostsToCome(): ReadonlySet<string> {
    return this.#coming().hosts;
  }

  /** In effect and announced. */
  readonly refs = once(() => namesIn(this.#coming().all, 'ref'));
  readonly tasks = once(() => namesIn(this.#coming().all, 'task'));
  readonly modes = once(() => namesIn(this.#coming().all, 'mode'));
  /** Those of what is chosen. */
  readonly announcements = once(() => new Set(this.#told().announcements.map(({ name }) => name)));
  readonly endpoints = once(() =>
    this.#now()
      .endpoints.union(this.#coming().endpoints)
      .union(new Set(this.#holders().map(({ name }) => name))),
  );
  /** The ports of each ref, as JSON. */
  readonly portsByRef = once(() => new Map(this.#coming().all.map(({ ref, ports }) => [ref, JSON.stringify(ports)])));

  /** A digest of the endpoints that have the addresses of `general`. Equal digests, equal answers: so with the others. */
  readonly general = once(() => {
    const published = this.#holders().filter((endpoint) => endpoint.published);
    return digest(published.map(({ name }) => name));
  });
  /** Of what is announced. */
  readonly announced = once(() => {
    const { dated, datedHosts, announcements } = this.#told();
    return digest([this.#coming().announced.map(digestOfRequirement), dated, datedHosts, announcements]);
  });
  /** Of all else. */
  readonly inEffect = once(() => {
    const [tasks, modes] = [namesIn(this.#inEffect, 'task'), namesIn(this.#inEffect, 'mode')];
    const behind = endpointsByHost(this.catalog);
    return digest([
      this.#inEffect.map(digestOfRequirement),
      hostsIn([...this.hosts]).map((name) => companionOf(name, behind.get(name) ?? [])),
      this.catalog.tasks.filter(({ name }) => tasks.has(name)),
      this.catalog.modes.filter(({ name }) => modes.has(name)),
    ]);
  });

  readonly #now = once(() => farSides(this.catalog, this.#inEffect));

  readonly #coming = once(() => {
    const { withAll, toCome } = announcedIn(this.catalog);
    const announced = choose(toCome, this.selection);
    const all = [...this.#inEffect, ...announced];
    const isNothing = announced.length === 0 && withAll === this.catalog;
    const { endpoints, hosts } = isNothing ? this.#now() : farSides(withAll, all);
    return { announced, all, endpoints, hosts: this.hosts.union(hosts) };
  });

  readonly #told = once(() => {
    const { all, endpoints } = this.#coming();
    const { datedRows, datedEndpoints } = announcedIn(this.catalog);
    const rows = new Set(datedRows.length === 0 ? [] : all.map(({ ref }) => ref.slice(ref.lastIndexOf('/') + 1)));
    const dated = datedRows.filter(({ name }) => rows.has(name));
    const datedHosts = datedEndpoints.flatMap(({ name, dated: hosts = [] }) => (endpoints.has(name) ? hosts : []));
    const told = new Set([...dated.map((row) => row.dated), ...datedHosts].map((dates) => dates?.announcement));
    return {
      dated,
      datedHosts,
      announcements: (this.catalog.announcements ?? []).filter(({ name }) => told.has(name)),
    };
  });

  /** A name may stand in several endpoints: what is told of it is told of all of them. */
  readonly #holders = once(() => {
    const behind = endpointsByHost(this.catalog);
    const names = [...this.hosts].flatMap((host) => (behind.get(host) ?? []).map(({ name }) => name));
    return endpointsNamed(this.catalog, names);
  });
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
function farSides(
  catalog: Catalog,
  requirements: readonly Requirement[],
): { readonly endpoints: ReadonlySet<string>; readonly hosts: ReadonlySet<string> } {
  const endpoints = new Set(requirements.map(({ endpoint }) => endpoint.name));
  const hosts = new Set(endpointsNamed(catalog, endpoints).flatMap(namesOf));
  const behind = endpointsByHost(catalog);
  const isPublished = [...hosts].some((host) => behind.get(host)!.some(({ published }) => published));
  return { endpoints, hosts: isPublished ? hosts.union(new Set([GENERAL])) : hosts };
}

/** Most requirements stay as they are from catalog to catalog, and are chosen by many selections. */
const digestOfRequirement = onceForEach((requirement: Requirement) => digest(requirement));

/** Works something out at most once. */
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

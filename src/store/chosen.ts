import { GENERAL, hostsIn } from '../model/address.js';
import { canonicalJson, plainJson, sha256 } from '../model/canonical.js';
import type { Catalog, CatalogEndpoint } from '../model/catalog.js';
import { withAnnouncedHosts } from '../model/catalog-at.js';
import { namesOf, requirementsOf, requirementsOfRows, type Requirement } from '../model/requirement.js';
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
  readonly general = once(() =>
    digest(
      this.#holders()
        .filter(({ published }) => published)
        .map(({ name }) => name),
    ),
  );
  /** Of what is announced. */
  readonly announced = once(() => {
    const { dated, datedHosts, announcements } = this.#told();
    return digest([this.#coming().announced, dated, datedHosts, announcements]);
  });
  /** Of all else. */
  readonly inEffect = once(() => {
    const [tasks, modes] = [namesIn(this.#inEffect, 'task'), namesIn(this.#inEffect, 'mode')];
    return digest([
      this.#inEffect,
      hostsIn([...this.hosts]).map((name) => companionOf(name, this.#holders())),
      this.catalog.tasks.filter(({ name }) => tasks.has(name)),
      this.catalog.modes.filter(({ name }) => modes.has(name)),
    ]);
  });

  readonly #now = once(() => farSides(this.catalog, this.#inEffect));

  readonly #coming = once(() => {
    const withAll = withAnnouncedHosts(this.catalog);
    const announced = toCome(withAll, this.selection, this.#inEffect);
    const all = [...this.#inEffect, ...announced];
    const { endpoints, hosts } = farSides(withAll, all);
    return { announced, all, endpoints, hosts: this.hosts.union(hosts) };
  });

  readonly #told = once(() => {
    const { all, endpoints } = this.#coming();
    const { rows, announcements = [] } = this.catalog;
    const dated = rows.filter((row) => row.dated !== undefined && all.some(({ ref }) => ref.endsWith(`/${row.name}`)));
    const datedHosts = this.catalog.endpoints.flatMap(({ name, dated = [] }) => (endpoints.has(name) ? dated : []));
    const told = new Set([...dated.map((row) => row.dated), ...datedHosts].map((dates) => dates?.announcement));
    return { dated, datedHosts, announcements: announcements.filter(({ name }) => told.has(name)) };
  });

  /** A name may stand in several endpoints: what is told of it is told of all of them. */
  readonly #holders = once(() =>
    this.catalog.endpoints.filter((endpoint) => namesOf(endpoint).some((name) => this.hosts.has(name))),
  );
}

/** Works something out at most once. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
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
function farSides(
  catalog: Catalog,
  requirements: readonly Requirement[],
): { readonly endpoints: ReadonlySet<string>; readonly hosts: ReadonlySet<string> } {
  const endpoints = new Set(requirements.map(({ endpoint }) => endpoint.name));
  const hosts = new Set(catalog.endpoints.filter(({ name }) => endpoints.has(name)).flatMap(namesOf));
  const isPublished = catalog.endpoints.some(
    (endpoint) => endpoint.published && namesOf(endpoint).some((name) => hosts.has(name)),
  );
  return { endpoints, hosts: isPublished ? hosts.union(new Set([GENERAL])) : hosts };
}

function namesIn(requirements: readonly Requirement[], member: 'ref' | 'task' | 'mode'): ReadonlySet<string> {
  return new Set(requirements.map((requirement) => requirement[member]));
}

function digest(value: unknown): string {
  return sha256(canonicalJson(plainJson(value)));
}

import type { Address } from './address.js';
import { onceForEach } from './canonical.js';
import type {
  Catalog,
  CatalogEndpoint,
  Companion,
  DataFlow,
  Direction,
  EndpointKind,
  Initiator,
  Need,
  PortRange,
  Row,
  RowCriteria,
  Topology,
} from './catalog.js';

export const COVERAGES = ['full', 'partial', 'none', 'not-applicable'] as const;
/** Whether a firewall that knows only addresses can serve an endpoint. */
export type AddressCoverage = (typeof COVERAGES)[number];

/** The far side of a requirement. */
export interface Endpoint {
  readonly kind: EndpointKind;
  readonly name: string;
  readonly title: string;
  readonly hosts: readonly string[];
  readonly companions: readonly Companion[];
  readonly operator: string | null;
}

/** What one task in one mode needs of one endpoint. `ref` never changes its meaning and is never reused. */
export interface Requirement {
  readonly ref: string;
  readonly product: string;
  readonly task: string;
  readonly mode: string;
  readonly need: Need;
  readonly condition: string | null;
  readonly direction: Direction;
  readonly initiator: Initiator;
  readonly zone: string;
  readonly endpoint: Endpoint;
  readonly ports: readonly PortRange[];
  readonly addresses: readonly Address[];
  readonly addressCoverage: AddressCoverage;
  readonly description: string;
  readonly ifBlocked: string | null;
  readonly data: DataFlow | null;
  readonly topology: Topology | null;
  readonly facets: Readonly<Record<string, string>>;
  readonly source: { readonly document: string | null; readonly section: string | null };
}

/** How many endpoints of an answer a firewall that knows only addresses can serve; zones do not count. */
export interface Coverage {
  readonly endpoints: number;
  readonly addressable: number;
  readonly notAddressable: readonly string[];
}

/** The zone of everything that is not the customer's own network. */
export const INTERNET = 'internet';

/**
 * Every requirement of a catalog, still without addresses: tasks and modes in the catalog's order, then its rows in
 * theirs. What is only announced is none yet.
 */
export const requirementsOf = onceForEach((catalog: Catalog): readonly Requirement[] =>
  requirementsOfRows(
    catalog,
    catalog.rows.filter((row) => (row.dated?.from ?? null) === null),
  ),
);

/** The requirements that some rows of a catalog make. */
export function requirementsOfRows(catalog: Catalog, rows: readonly Row[]): Requirement[] {
  const endpoints = new Map(catalog.endpoints.map((endpoint) => [endpoint.name, endpoint]));
  const titles = new Map(catalog.documents.map((document) => [document.name, document.title]));
  const farSides = new Map(rows.map((row) => [row, endpointOf(catalog, row, endpoints)]));
  return catalog.tasks.flatMap((task) =>
    catalog.modes.flatMap((mode) =>
      rows.flatMap((row) => {
        const need = row.need.find((entry) => entry.mode === mode.name)?.need;
        if (need === undefined || !row.tasks.includes(task.name)) return [];
        const document = row.document ?? task.document;
        const endpoint = farSides.get(row)!;
        return {
          ref: refOf(catalog.product, task.name, mode.name, row.name),
          product: catalog.product,
          task: task.name,
          mode: mode.name,
          need,
          condition: null,
          direction: row.direction,
          initiator: row.initiator,
          zone: row.zone,
          endpoint,
          ports: row.ports,
          addresses: [],
          addressCoverage: coverageOf(endpoint, []),
          description: row.description,
          ifBlocked: row.ifBlocked,
          data: row.data,
          topology: row.topology,
          facets: {},
          source: {
            document: document === null ? null : (titles.get(document) ?? null),
            section: row.section ?? (row.document === null ? task.section : null),
          },
        } satisfies Requirement;
      }),
    ),
  );
}

/** The ref of a requirement: its parts in the order of a path. */
export function refOf(product: string, task: string, mode: string, name: string): string {
  return `${product}/${task}/${mode}/${name}`;
}

/** Whether a requirement is one of those meant. */
export function meets(requirement: Requirement, criteria: RowCriteria): boolean {
  return (
    allows(criteria.task, requirement.task) &&
    allows(criteria.mode, requirement.mode) &&
    allows(criteria.need, requirement.need) &&
    allows(criteria.zone, requirement.zone) &&
    allows(criteria.direction, requirement.direction)
  );
}

/** Whether one dimension of a selection admits a value; `null` admits all. */
export function allows<T>(list: readonly T[] | null, value: T): boolean {
  return list === null || list.includes(value);
}

/** The names behind an endpoint: its own, then its companions', in the catalog's order. */
export function namesOf(endpoint: Pick<Endpoint, 'hosts' | 'companions'>): string[] {
  return [...endpoint.hosts, ...endpoint.companions.flatMap((companion) => companion.hosts)];
}

/**
 * Whether addresses alone can serve an endpoint: `full` only if each of its names, companions included, has an address
 * of its own. Ranges of `general` may serve any host and so prove none; a wildcard is never more than `partial`.
 */
export function coverageOf(endpoint: Endpoint, addresses: readonly Pick<Address, 'host'>[]): AddressCoverage {
  if (endpoint.kind === 'zone') return 'not-applicable';
  const names = namesOf(endpoint);
  const served = new Set<string>();
  for (const { host } of addresses) served.add(host);
  const covered = names.filter((name) => served.has(name)).length;
  if (covered === 0) return 'none';
  return covered === names.length && endpoint.kind !== 'wildcard' ? 'full' : 'partial';
}

/** The coverage of a whole answer. An endpoint in several rows counts once. */
export function coverageOfAll(requirements: readonly Requirement[]): Coverage {
  const byEndpoint = new Map<string, boolean>();
  for (const { endpoint, addressCoverage } of requirements) {
    if (addressCoverage !== 'not-applicable') byEndpoint.set(endpoint.name, addressCoverage === 'full');
  }
  const notAddressable = [...byEndpoint].filter(([, full]) => !full).map(([name]) => name);
  return { endpoints: byEndpoint.size, addressable: byEndpoint.size - notAddressable.length, notAddressable };
}

function endpointOf(catalog: Catalog, row: Row, endpoints: ReadonlyMap<string, CatalogEndpoint>): Endpoint {
  if (row.endpoint === null) {
    const title = catalog.zones.find((zone) => zone.name === row.zone)?.title ?? row.zone;
    return { kind: 'zone', name: row.zone, title, hosts: [], companions: [], operator: null };
  }
  const { kind, name, title, hosts, companions, operator } = endpoints.get(row.endpoint)!;
  return { kind, name, title, hosts, companions, operator };
}

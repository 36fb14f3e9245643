import { GENERAL, hostsIn, inAddressOrder, type Address } from './address.js';
import { onceForEach } from './canonical.js';
import { NEEDS, type Direction, type Need, type PortBasis, type Protocol } from './catalog.js';
import { namesOf, type AddressCoverage, type Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import { select, trimAddresses } from './select.js';
import { type Selection } from './selection.js';
import type { Snapshot } from './snapshot.js';

/** A DNS name or wildcard of a selection, with its addresses. */
export interface Host {
  readonly name: string;
  readonly kind: 'host' | 'wildcard';
  /** The endpoint that needs this name in practice; `null` where the name is an endpoint's own, or in no catalog. */
  readonly companionOf: string | null;
  readonly addresses: readonly Address[];
  readonly addressCoverage: AddressCoverage;
  /** The needs of its requirements, each once. */
  readonly needs: readonly Need[];
  /** Refs of the requirements that it belongs to. */
  readonly requirements: readonly string[];
}

/** A distinct range of ports, zone and direction. */
export interface Port {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
  readonly basis: PortBasis;
  readonly zone: string;
  readonly direction: Direction;
  /** The needs of its requirements, each once. */
  readonly needs: readonly Need[];
  readonly requirements: readonly string[];
}

/** The names of a selection, in the order of its rows; an endpoint's own names before its companions. */
export function hostsOf(snapshot: Snapshot, selection: Selection): Host[] {
  const requirements = select(snapshot, selection);
  const names = new Set(requirements.flatMap((requirement) => namesOf(requirement.endpoint)));
  return [...names].map((name) => hostOf(snapshot, name, requirements, selection));
}

/**
 * One name under a selection; `undefined` where neither the catalog nor the upstream list knows it.
 * A host of the list that no catalog names has no requirements.
 */
export function findHost(snapshot: Snapshot, name: string, selection: Selection): Host | undefined {
  if (!isHost(snapshot, name)) return undefined;
  const own = selection.host === null ? { ...selection, host: [name] } : selection;
  return hostOf(snapshot, name, select(snapshot, own), selection);
}

/** Whether the catalog or the upstream list has a host of a name. */
export function isHost(snapshot: Snapshot, name: string): boolean {
  return snapshot.endpointsByHost.has(name) || (isListed(snapshot, name) && name !== GENERAL);
}

/** Whether the upstream list has a name. */
export function isListed({ listedHosts }: Snapshot, name: string): boolean {
  return membersOf(listedHosts).has(name);
}

const membersOf = onceForEach((names: readonly string[]): ReadonlySet<string> => new Set(names));

/**
 * A name under a selection of addresses, known or not.
 *
 * @param selected the requirements of which those that it belongs to are told.
 */
export function hostOf(
  snapshot: Snapshot,
  name: string,
  selected: readonly Requirement[],
  selection: Pick<Selection, 'family' | 'status'>,
): Host {
  const { addressesByHost } = selection.status.includes('retired') ? snapshot.withRetired() : snapshot;
  const endpoints = snapshot.endpointsByHost.get(name) ?? [];
  const owner = endpoints.find((endpoint) => endpoint.hosts.includes(name));
  const isPublished = endpoints.some((endpoint) => endpoint.published);
  const general = isPublished ? addressesByHost.get(GENERAL) : undefined;
  const own = trimAddresses(addressesByHost.get(name) ?? [], selection);
  const wildcard = name.startsWith('*.');
  const requirements = indexOf(selected).behind(name);
  return {
    name,
    kind: wildcard ? 'wildcard' : 'host',
    companionOf: owner === undefined ? (endpoints[0]?.name ?? null) : null,
    addresses: general === undefined ? own : togetherWith(own)(trimAddresses(general, selection)),
    addressCoverage: own.length === 0 ? 'none' : wildcard ? 'partial' : 'full',
    needs: needsOf(requirements),
    requirements: requirements.map(({ ref }) => ref),
  };
}

const togetherWith = onceForEach((own: readonly Address[]) =>
  onceForEach((general: readonly Address[]) => inAddressOrder([...own, ...general])),
);

/** The ports of a selection, in the order of its rows. */
export function portsOf(snapshot: Snapshot, selection: Selection): Port[] {
  const byKey = new Map<
    string,
    { readonly range: Omit<Port, 'needs' | 'requirements'>; readonly of: Set<Requirement> }
  >();
  for (const requirement of select(snapshot, selection)) {
    const { zone, direction, ports } = requirement;
    for (const { protocol, from, to, basis } of ports) {
      const key = `${protocol} ${from}-${to} ${basis} ${zone} ${direction}`;
      const port = byKey.get(key) ?? { range: { protocol, from, to, basis, zone, direction }, of: new Set() };
      port.of.add(requirement);
      byKey.set(key, port);
    }
  }
  return [...byKey.values()].map(({ range, of }) => ({
    ...range,
    needs: needsOf([...of]),
    requirements: [...of].map(({ ref }) => ref),
  }));
}

/** The needs of some requirements, each once, the strongest first. */
function needsOf(requirements: readonly Requirement[]): Need[] {
  const needs = new Set(requirements.map(({ need }) => need));
  return NEEDS.filter((need) => needs.has(need));
}

/** Every name that can be asked for: the catalog's, then the upstream list's. */
export function knownHosts(snapshot: Snapshot): string[] {
  return [...new Set([...snapshot.endpointsByHost.keys(), ...hostsIn(snapshot.listedHosts)])];
}

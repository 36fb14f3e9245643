import { GENERAL, hostsIn, inAddressOrder, type Address, type AddressSource, type AddressStatus } from './address.js';
import { compareText, earliest, latest } from './canonical.js';
import { NEEDS, type Direction, type Need, type PortBasis, type Protocol } from './catalog.js';
import { aggregateWithMembers } from './aggregate.js';
import { familyOf, type Cidr, type Family } from './cidr.js';
import { namesOf, type AddressCoverage, type Requirement } from './requirement.js';
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

/** One address, or one aggregated block, with everything behind it. */
export interface AddressRow {
  readonly cidr: Cidr;
  readonly family: Family;
  /** The hosts of the selection behind it. */
  readonly hosts: readonly string[];
  /** The other hosts that the catalog names behind it. */
  readonly sharedWith: readonly string[];
  /** Where its hosts differ, the status that keeps it open longest: current, retiring, announced, retired. */
  readonly status: AddressStatus;
  readonly source: AddressSource;
  /** The earliest of its hosts'. */
  readonly firstSeenAt: string;
  readonly effectiveFrom: string | null;
  /** The latest of its hosts', and only where each has one. */
  readonly announcedRemovalAt: string | null;
  readonly removedAt: string | null;
  readonly retireAt: string | null;
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
  return isHost(snapshot, name) ? hostOf(snapshot, name, select(snapshot, selection), selection) : undefined;
}

/** Whether the catalog or the upstream list has a host of a name. */
export function isHost(snapshot: Snapshot, name: string): boolean {
  return snapshot.endpointsByHost.has(name) || (snapshot.listedHosts.includes(name) && name !== GENERAL);
}

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
  const requirements = selected.filter(({ endpoint }) => namesOf(endpoint).includes(name));
  return {
    name,
    kind: wildcard ? 'wildcard' : 'host',
    companionOf: owner === undefined ? (endpoints[0]?.name ?? null) : null,
    addresses: inAddressOrder([...own, ...trimAddresses(general ?? [], selection)]),
    addressCoverage: own.length === 0 ? 'none' : wildcard ? 'partial' : 'full',
    needs: needsOf(requirements),
    requirements: requirements.map(({ ref }) => ref),
  };
}

/**
 * The addresses of a selection, one row an address, in address order.
 * With `aggregated`, siblings are joined and covered ones dropped; the rows hold exactly the same addresses.
 */
export function addressRowsOf(snapshot: Snapshot, selection: Selection, aggregated: boolean): AddressRow[] {
  const requirements = select(snapshot, selection);
  const byCidr = new Map<Cidr, { readonly addresses: Set<Address>; readonly refs: Set<string> }>();
  for (const requirement of requirements) {
    for (const address of requirement.addresses) {
      const row = byCidr.get(address.cidr) ?? { addresses: new Set(), refs: new Set() };
      row.addresses.add(address);
      row.refs.add(requirement.ref);
      byCidr.set(address.cidr, row);
    }
  }
  const cidrs = inAddressOrder([...byCidr.keys()].map((cidr) => ({ cidr, host: '' }))).map(({ cidr }) => cidr);
  const groups: readonly { readonly cidr: Cidr; readonly members: readonly Cidr[] }[] = aggregated
    ? aggregateWithMembers(cidrs)
    : cidrs.map((cidr) => ({ cidr, members: [cidr] }));
  const order = new Map(snapshot.requirements.map(({ ref }, i) => [ref, i]));
  return groups.map(({ cidr, members }) => {
    const rows = members.map((member) => byCidr.get(member)!);
    const refs = [...new Set(rows.flatMap((row) => [...row.refs]))].sort((a, b) => order.get(a)! - order.get(b)!);
    return addressRow(
      cidr,
      rows.flatMap((row) => [...row.addresses]),
      refs,
    );
  });
}

const LONGEST_OPEN: readonly AddressStatus[] = ['current', 'retiring', 'announced', 'retired'];

function addressRow(cidr: Cidr, addresses: readonly Address[], requirements: readonly string[]): AddressRow {
  const [leading] = addresses.toSorted(
    (a, b) =>
      LONGEST_OPEN.indexOf(a.status) - LONGEST_OPEN.indexOf(b.status) ||
      compareText(b.retireAt ?? '', a.retireAt ?? '') ||
      compareText(`${a.cidr} ${a.host}`, `${b.cidr} ${b.host}`),
  );
  const { status, source, effectiveFrom, removedAt, retireAt } = leading!;
  const hosts = [...new Set(addresses.map((address) => address.host))].sort(compareText);
  const sharedWith = [...new Set(addresses.flatMap((address) => address.sharedWith))]
    .filter((host) => !hosts.includes(host))
    .sort(compareText);
  // Only where every host is to lose it: closing it on the day of one would cut off the others.
  const removals = addresses.flatMap((address) => address.announcedRemovalAt ?? []);
  const announcedRemovalAt = removals.length === addresses.length ? latest(removals) : null;
  const firstSeenAt = earliest(addresses.map((address) => address.firstSeenAt))!;
  const life = { status, source, firstSeenAt, effectiveFrom, announcedRemovalAt, removedAt, retireAt };
  return { cidr, family: familyOf(cidr), hosts, sharedWith, ...life, requirements };
}

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
  return NEEDS.filter((need) => requirements.some((requirement) => requirement.need === need));
}

/** Every name that can be asked for: the catalog's, then the upstream list's. */
export function knownHosts(snapshot: Snapshot): string[] {
  return [...new Set([...snapshot.endpointsByHost.keys(), ...hostsIn(snapshot.listedHosts)])];
}

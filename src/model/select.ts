import type { AddressStatus } from './address.js';
import type { PortRange } from './catalog.js';
import type { Family } from './cidr.js';
import { allows, coverageOf, meets, namesOf, type Requirement } from './requirement.js';
import type { Selection } from './selection.js';
import type { Snapshot } from './snapshot.js';

/** The requirements of a selection: rows chosen, their ports and addresses trimmed, coverage worked out anew. */
export function select(snapshot: Snapshot, selection: Selection): Requirement[] {
  return snapshot.requirements.flatMap((requirement) => {
    if (!meets(requirement, selection) || !standsFor(requirement, selection.host)) return [];
    const asksPorts = selection.protocol !== null || selection.port !== null;
    const ports = asksPorts ? requirement.ports.filter((range) => portMatches(range, selection)) : requirement.ports;
    if (asksPorts && ports.length === 0) return [];
    const addresses = trimAddresses(requirement.addresses, selection);
    return { ...requirement, ports, addresses, addressCoverage: coverageOf(requirement.endpoint, addresses) };
  });
}

/** Only the addresses of the families and statuses asked for. */
export function trimAddresses<A extends { family: Family; status: AddressStatus }>(
  addresses: readonly A[],
  selection: Pick<Selection, 'family' | 'status'>,
): A[] {
  return addresses.filter(
    (address) => allows(selection.family, address.family) && selection.status.includes(address.status),
  );
}

function portMatches(range: PortRange, { protocol, port }: Selection): boolean {
  return allows(protocol, range.protocol) && (port === null || port.some((p) => range.from <= p && p <= range.to));
}

function standsFor({ endpoint }: Requirement, hosts: readonly string[] | null): boolean {
  if (hosts === null) return true;
  return hosts.includes(endpoint.name) || namesOf(endpoint).some((name) => hosts.includes(name));
}

import type { Address } from './address.js';
import { onceForEach } from './canonical.js';
import type { PortRange } from './catalog.js';
import { allows, coverageOf, meets, namesOf, type Endpoint, type Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import { USUAL_STATUSES, type Selection } from './selection.js';
import type { Snapshot } from './snapshot.js';

/** The requirements of a selection: rows chosen, their ports and addresses trimmed, coverage worked out anew. */
export function select(snapshot: Snapshot, selection: Selection): Requirement[] {
  const { requirements } = selection.status.includes('retired') ? snapshot.withRetired() : snapshot;
  // What several requirements have of one far side is trimmed once.
  const trimmed = new Map<string, Pick<Requirement, 'addresses' | 'addressCoverage'>>();
  return choose(requirements, selection).map((requirement) => {
    const { endpoint } = requirement;
    const farSide = `${endpoint.kind} ${endpoint.name}`;
    let own = trimmed.get(farSide);
    if (own === undefined) {
      const addresses = trimAddresses(requirement.addresses, selection);
      own = { addresses, addressCoverage: coverageWith(endpoint)(addresses) };
      trimmed.set(farSide, own);
    }
    return { ...requirement, ...own };
  });
}

const coverageWith = onceForEach((endpoint: Endpoint) =>
  onceForEach((addresses: readonly Address[]) => coverageOf(endpoint, addresses)),
);

/** Those of some requirements that a selection means, with the ports that it means. */
export function choose(requirements: readonly Requirement[], selection: Selection): Requirement[] {
  const asksPorts = selection.protocol !== null || selection.port !== null;
  return indexOf(requirements)
    .candidates(selection)
    .flatMap((requirement) => {
      if (!meets(requirement, selection) || !standsFor(requirement, selection.host)) return [];
      if (!asksPorts) return requirement;
      const ports = requirement.ports.filter((range) => portMatches(range, selection));
      return ports.length === 0 ? [] : { ...requirement, ports };
    });
}

/** Only the addresses of the families and statuses asked for. What is usually asked for is worked out once. */
export function trimAddresses(
  addresses: readonly Address[],
  { family, status }: Pick<Selection, 'family' | 'status'>,
): readonly Address[] {
  if (family === null && status === USUAL_STATUSES) return usualOf(addresses);
  return addresses.filter((address) => allows(family, address.family) && status.includes(address.status));
}

const usualOf = onceForEach((addresses: readonly Address[]): readonly Address[] =>
  addresses.filter(({ status }) => USUAL_STATUSES.includes(status)),
);

function portMatches(range: PortRange, { protocol, port }: Selection): boolean {
  return allows(protocol, range.protocol) && (port === null || port.some((p) => range.from <= p && p <= range.to));
}

function standsFor({ endpoint }: Requirement, hosts: readonly string[] | null): boolean {
  if (hosts === null) return true;
  return hosts.includes(endpoint.name) || namesOf(endpoint).some((name) => hosts.includes(name));
}

import { GENERAL, byHost, inAddressOrder, type Address, type HeldAddress } from './address.js';
import { compareText } from './canonical.js';
import { blockOf, familyOf, rangeOf, type AddressRange, type Cidr } from './cidr.js';
import type { CatalogEndpoint } from './catalog.js';
import { withAllAnnounced } from './catalog-at.js';
import { coverageOf, namesOf, requirementsOf, type Requirement } from './requirement.js';
import type { Content, Revision } from './revision.js';
import type { Selection } from './selection.js';

/** One revision made ready to be asked: everything that no request changes is worked out once, here. */
export interface Snapshot extends Content {
  readonly revision: Revision;
  /** Every requirement with every address, in the fixed order. */
  readonly requirements: readonly Requirement[];
  /** Addresses of each listed host in address order; `general` has its own entry. */
  readonly addressesByHost: ReadonlyMap<string, readonly Address[]>;
  /** Every name that the catalog's endpoints stand for, with those endpoints. */
  readonly endpointsByHost: ReadonlyMap<string, readonly CatalogEndpoint[]>;
  readonly past: Past;
  /** Every address with its numbers, in address order. Worked out when it is first asked for. */
  ranges(): readonly { readonly address: Address; readonly range: AddressRange }[];
  /** The same with the addresses that are no longer served, as `retired`. Worked out when it is first asked for. */
  withRetired(): Snapshot;
  /** The same with all that the vendor has announced in force already. Worked out when it is first asked for. */
  withAnnounced(): Snapshot;
}

/** What is known of the revisions up to one, as far as its answers tell of it. */
export interface Past {
  /** The addresses that were served and are no longer; no content holds them. */
  retired(): readonly HeldAddress[];
  /** Those of them that have an address in common with a range. */
  retiredIn(range: AddressRange): readonly HeldAddress[];
  /** Those of them that a host had. */
  retiredOf(host: string): readonly HeldAddress[];
  /** The newest revision that altered what a selection is answered. */
  altered(selection: Selection, part: AnswerPart): Revision;
  /** The revision since which the catalog is the same. */
  catalogSince(): Revision;
}

/** What of a selection an answer tells: its rows alone, their addresses as well, or also what is only announced. */
export type AnswerPart = 'rows' | 'rows-and-addresses' | 'all';

/** Of a revision before which nothing is known. */
export function noPast(revision: Revision): Past {
  const none = () => [];
  const since = () => revision;
  return { retired: none, retiredIn: none, retiredOf: none, altered: since, catalogSince: since };
}

/** Works out, once, all that answers of a revision have in common. */
export function openRevision(revision: Revision, content: Content, past: Past = noPast(revision)): Snapshot {
  const { catalog } = content;
  const endpointsByHost = new Map<string, CatalogEndpoint[]>();
  for (const endpoint of catalog.endpoints) {
    for (const name of namesOf(endpoint)) {
      keep(endpointsByHost, name, endpoint);
    }
  }
  // Sorted once: whatever is taken out of it stays in address order.
  const addresses = withSharing(content.addresses, endpointsByHost);
  const addressesByHost = Map.groupBy(addresses, ({ host }) => host);
  const byEndpoint = new Map<string, readonly Address[]>();
  for (const endpoint of catalog.endpoints) {
    const names = new Set([...namesOf(endpoint), ...(endpoint.published ? [GENERAL] : [])]);
    const [first = [], ...others] = [...names].flatMap((name) => {
      const own = addressesByHost.get(name);
      return own === undefined ? [] : [own];
    });
    byEndpoint.set(endpoint.name, others.length === 0 ? first : inAddressOrder([...first, ...others.flat()]));
  }
  const requirements = requirementsOf(catalog).map((requirement): Requirement => {
    const { endpoint } = requirement;
    const addresses = endpoint.kind === 'zone' ? [] : byEndpoint.get(endpoint.name)!;
    return { ...requirement, addresses, addressCoverage: coverageOf(endpoint, addresses) };
  });
  let numbered: ReturnType<Snapshot['ranges']> | undefined;
  const ranges = () => {
    numbered ??= addresses.map((address) => ({ address, range: rangeOf(blockOf(address.cidr)) }));
    return numbered;
  };
  let all: Snapshot | undefined;
  const withRetired = () => {
    all ??= openRevision(revision, { ...content, addresses: byHost([...content.addresses, ...past.retired()]) }, past);
    return all;
  };
  let ahead: Snapshot | undefined;
  const withAnnounced = () => {
    const announced = withAllAnnounced(catalog);
    ahead ??= announced === catalog ? opened : openRevision(revision, { ...content, catalog: announced }, past);
    return ahead;
  };
  const opened: Snapshot = {
    ...content,
    revision,
    requirements,
    addressesByHost,
    endpointsByHost,
    past,
    ranges,
    withRetired,
    withAnnounced,
  };
  return opened;
}

/** Gives each address the other hosts of the catalog that stand behind it, retired ones aside. In address order. */
function withSharing(held: readonly HeldAddress[], endpointsByHost: ReadonlyMap<string, unknown>): readonly Address[] {
  const hostsByCidr = new Map<Cidr, string[]>();
  for (const { host, cidr, status } of held) {
    if (status === 'retired' || !endpointsByHost.has(host)) continue;
    keep(hostsByCidr, cidr, host);
  }
  return inAddressOrder(held).map((address) => {
    const hosts = hostsByCidr.get(address.cidr) ?? NONE;
    const isAlone = hosts.length === 0 || (hosts.length === 1 && hosts[0] === address.host);
    return shown(address, isAlone ? NONE : hosts.filter((host) => host !== address.host).sort(compareText));
  });
}

/** Most addresses are shared with nobody: one list does for all of them. */
const NONE: readonly string[] = [];

/** Member by member, so that a revision has the same bytes whether it was just made or read from the store. */
function shown(address: HeldAddress, sharedWith: readonly string[]): Address {
  return {
    cidr: address.cidr,
    family: familyOf(address.cidr),
    host: address.host,
    sharedWith,
    status: address.status,
    source: address.source,
    firstSeenAt: address.firstSeenAt,
    effectiveFrom: address.effectiveFrom,
    announcedRemovalAt: address.announcedRemovalAt,
    removedAt: address.removedAt,
    retireAt: address.retireAt,
  };
}

function keep<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const kept = map.get(key);
  if (kept === undefined) map.set(key, [value]);
  else kept.push(value);
}

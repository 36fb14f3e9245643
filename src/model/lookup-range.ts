import { GENERAL, inAddressOrder, isInUse, type Address, type AddressStatus, type HeldAddress } from './address.js';
import { compareText, onceForEach } from './canonical.js';
import type { CatalogEndpoint } from './catalog.js';
import { mergeRanges } from './aggregate.js';
import { blockAround, blockOf, contains, rangeOf, type AddressRange, type Cidr } from './cidr.js';
import { timesOf, type Lookup, type LookupHost } from './lookup-answer.js';
import { coverageOf, namesOf, type Endpoint, type Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import type { Snapshot } from './snapshot.js';

/** What is known of the addresses of a range. */
export function lookUpRange(snapshot: Snapshot, query: string, range: AddressRange): Lookup {
  const held = snapshot.blocks.meeting(range);
  const past = snapshot.past.retiredIn(range);
  const hits: readonly HeldAddress[] = [...held, ...past];
  const served = held.filter(({ status }) => status !== 'retired');
  const statuses = statusesByHost(served);
  const requirements = requirementsBehind(snapshot, [...statuses.keys()]);
  const needed = new Set(
    requirements
      .filter(({ need }) => need !== 'not-required')
      .flatMap(({ endpoint }) => sourcesOf(snapshot, endpoint).flatMap((host) => [...(statuses.get(host) ?? [])])),
  );
  const [verdict] = (
    [
      ['required', needed.has('current')],
      ['retiring', needed.has('retiring')],
      ['announced', needed.has('announced')],
      ['listed', served.length > 0],
      ['retired', hits.length > 0],
      ['unknown', true],
    ] as const
  ).find(([, holds]) => holds)!;
  const known = mergeRanges(hits.map(({ cidr }) => rangeOf(blockOf(cidr))));
  return {
    query,
    verdict,
    match: hits.length === 0 ? 'none' : known.some((own) => contains(own, range)) ? 'full' : 'partial',
    hosts: hostsBehind(snapshot, hits),
    requirements: requirements.map(({ ref }) => ref),
    cannotExclude: withoutAllAddresses(snapshot),
    nearest: hits.length === 0 ? nearestAddress(snapshot, range) : null,
  };
}

function statusesByHost(addresses: readonly Address[]): ReadonlyMap<string, ReadonlySet<AddressStatus>> {
  const statuses = new Map<string, Set<AddressStatus>>();
  for (const { host, status } of addresses) statuses.set(host, (statuses.get(host) ?? new Set()).add(status));
  return statuses;
}

/** The requirements that have addresses of any of some hosts, in their order. */
function requirementsBehind(snapshot: Snapshot, hosts: readonly string[]): Requirement[] {
  const index = indexOf(snapshot.requirements);
  const found = new Set(hosts.flatMap((host) => index.behind(host)));
  if (hosts.includes(GENERAL)) {
    const isServed = ({ endpoint }: Requirement) => sourcesOf(snapshot, endpoint).includes(GENERAL);
    for (const requirement of snapshot.requirements) if (isServed(requirement)) found.add(requirement);
  }
  return [...found].sort((a, b) => index.placeOf(a.ref)! - index.placeOf(b.ref)!);
}

/** The names of the list whose addresses a far side has. Ranges of `general` may serve any published host. */
function sourcesOf({ endpointsByName }: Snapshot, { kind, name }: Endpoint): string[] {
  const endpoint = kind === 'zone' ? undefined : endpointsByName.get(name);
  if (endpoint === undefined) return [];
  return endpoint.published ? [...namesOf(endpoint), GENERAL] : namesOf(endpoint);
}

/** Each host once, by name. */
function hostsBehind(snapshot: Snapshot, hits: readonly HeldAddress[]): LookupHost[] {
  return [...Map.groupBy(hits, ({ host }) => host)]
    .map(([name, addresses]) => ({ name, inCatalog: snapshot.endpointsByHost.has(name), ...timesOf(addresses) }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** The endpoints of which not every name has addresses in use. What is only announced proves nothing. */
const withoutAllAddresses = onceForEach(({ catalog, addressesByHost }: Snapshot): readonly string[] => {
  const served = new Set([...addressesByHost].flatMap(([host, own]) => (own.some(isInUse) ? [host] : [])));
  const ofServed = (endpoint: CatalogEndpoint) => namesOf(endpoint).filter((name) => served.has(name));
  return catalog.endpoints
    .filter(
      (endpoint) =>
        coverageOf(
          endpoint,
          ofServed(endpoint).map((host) => ({ host })),
        ) !== 'full',
    )
    .map(({ name }) => name);
});

/** The neighbourhood in which another address is likely a slip of the keyboard: a /24, or a /64. */
const NEIGHBOURHOOD = { ipv4: 24, ipv6: 64 } as const;

/** The closest address that is or was served; of two that are as close, the first in address order. */
function nearestAddress(snapshot: Snapshot, range: AddressRange): Cidr | null {
  const around = rangeOf(blockAround(range.family, range.first, NEIGHBOURHOOD[range.family]));
  const close = [...snapshot.blocks.meeting(around), ...snapshot.past.retiredIn(around)];
  let best: { readonly cidr: Cidr; readonly distance: bigint } | undefined;
  for (const { cidr } of inAddressOrder<HeldAddress>(close)) {
    const own = rangeOf(blockOf(cidr));
    const distance = own.first > range.last ? own.first - range.last : range.first - own.last;
    if (best === undefined || distance < best.distance) best = { cidr, distance };
  }
  return best?.cidr ?? null;
}

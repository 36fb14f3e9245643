import { inAddressOrder, isInUse, type HeldAddress } from './address.js';
import { compareText } from './canonical.js';
import { mergeRanges } from './aggregate.js';
import { blockAround, blockOf, contains, overlaps, rangeOf, type AddressRange, type Cidr } from './cidr.js';
import { timesOf, type Lookup, type LookupHost } from './lookup-answer.js';
import { coverageOf, namesOf } from './requirement.js';
import type { Snapshot } from './snapshot.js';

/** What is known of the addresses of a range. */
export function lookUpRange(snapshot: Snapshot, query: string, range: AddressRange): Lookup {
  const held = addressesIn(snapshot, range);
  const past = snapshot.past.retiredIn(range);
  const hits: readonly HeldAddress[] = [...held, ...past];
  // A snapshot's requirements hold the very objects of its addresses.
  const served = new Set(held.filter(({ status }) => status !== 'retired'));
  const requirements = snapshot.requirements.filter(({ addresses }) => addresses.some((own) => served.has(own)));
  const needed = requirements
    .filter(({ need }) => need !== 'not-required')
    .flatMap(({ addresses }) => addresses.filter((own) => served.has(own)).map(({ status }) => status));
  const [verdict] = (
    [
      ['required', needed.includes('current')],
      ['retiring', needed.includes('retiring')],
      ['announced', needed.includes('announced')],
      ['listed', served.size > 0],
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

function addressesIn(snapshot: Snapshot, range: AddressRange) {
  return snapshot
    .ranges()
    .filter((known) => overlaps(known.range, range))
    .map(({ address }) => address);
}

/** Each host once, by name. */
function hostsBehind(snapshot: Snapshot, hits: readonly HeldAddress[]): LookupHost[] {
  return [...Map.groupBy(hits, ({ host }) => host)]
    .map(([name, addresses]) => ({ name, inCatalog: snapshot.endpointsByHost.has(name), ...timesOf(addresses) }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** What is only announced proves nothing of the addresses that are in use. */
function withoutAllAddresses({ catalog, addressesByHost }: Snapshot): string[] {
  return catalog.endpoints
    .filter((endpoint) => {
      const addresses = namesOf(endpoint).flatMap((name) => addressesByHost.get(name) ?? []);
      return coverageOf(endpoint, addresses.filter(isInUse)) !== 'full';
    })
    .map(({ name }) => name);
}

/** The neighbourhood in which another address is likely a slip of the keyboard: a /24, or a /64. */
const NEIGHBOURHOOD = { ipv4: 24, ipv6: 64 } as const;

/** The closest address that is or was served; of two that are as close, the first in address order. */
function nearestAddress(snapshot: Snapshot, range: AddressRange): Cidr | null {
  const around = rangeOf(blockAround(range.family, range.first, NEIGHBOURHOOD[range.family]));
  const close = [...addressesIn(snapshot, around), ...snapshot.past.retiredIn(around)];
  let best: { readonly cidr: Cidr; readonly distance: bigint } | undefined;
  for (const { cidr } of inAddressOrder<HeldAddress>(close)) {
    const own = rangeOf(blockOf(cidr));
    const distance = own.first > range.last ? own.first - range.last : range.first - own.last;
    if (best === undefined || distance < best.distance) best = { cidr, distance };
  }
  return best?.cidr ?? null;
}

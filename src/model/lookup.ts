import { GENERAL, type Address } from './address.js';
import { blockOf, contains, mergeRanges, overlaps, rangeOf, type AddressRange } from './cidr.js';
import { wildcardMatches } from './host-name.js';
import { knownHosts } from './listing.js';
import type { LookupQuery } from './lookup-query.js';
import { nearest } from './nearest.js';
import { coverageOf, namesOf } from './requirement.js';
import type { Snapshot } from './snapshot.js';

export const LOOKUP_VERDICTS = ['required', 'retiring', 'announced', 'listed', 'retired', 'unknown'] as const;
/**
 * `required`: some task needs it. `retiring`, `announced`, `retired`: all that is known of it for the catalog's hosts.
 * `listed`: only an upstream host that no catalog names has it. `unknown`: nothing here has it.
 */
export type LookupVerdict = (typeof LOOKUP_VERDICTS)[number];

export const LOOKUP_MATCHES = ['full', 'partial', 'none'] as const;
/** Whether all, some or none of what was asked about is known. */
export type LookupMatch = (typeof LOOKUP_MATCHES)[number];

/** What is known of an address, a block, a range or a name. */
export interface Lookup {
  /** What was asked, in canonical text. */
  readonly query: string;
  readonly verdict: LookupVerdict;
  readonly match: LookupMatch;
  /** The hosts behind it, and from when to when they had it; `to` is `null` while they have it. */
  readonly hosts: readonly LookupHost[];
  readonly requirements: readonly string[];
  /** Endpoints whose addresses or names are not all known: it may belong to one of these. */
  readonly cannotExclude: readonly string[];
  /** The closest thing that is known, where the verdict is `unknown`. */
  readonly nearest: string | null;
}

export interface LookupHost {
  readonly name: string;
  readonly inCatalog: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

/** What is known of an address or name in one revision. */
export function lookUp(snapshot: Snapshot, query: LookupQuery): Lookup {
  return query.kind === 'name' ? lookUpName(snapshot, query.text) : lookUpRange(snapshot, query.text, query.range);
}

function lookUpRange(snapshot: Snapshot, query: string, range: AddressRange): Lookup {
  const hits = [...snapshot.addressesByHost.values()]
    .flat()
    .filter((address) => overlaps(rangeOf(blockOf(address.cidr)), range));
  const inUse = hits.filter(({ status }) => status !== 'retired');
  const known = (address: Address) => inCatalog(snapshot, address.host);
  const refs = new Set<string>();
  let required = false;
  for (const requirement of snapshot.requirements) {
    const addresses = requirement.addresses.filter((address) => inUse.some((hit) => isSame(hit, address)));
    if (addresses.length === 0) continue;
    refs.add(requirement.ref);
    required ||= requirement.need !== 'not-required' && addresses.some(({ status }) => status === 'current');
  }
  const has = (status: string) => inUse.some((address) => known(address) && address.status === status);
  const [verdict] = (
    [
      ['required', required],
      ['retiring', has('retiring')],
      ['announced', has('announced')],
      ['listed', inUse.length > 0],
      ['retired', hits.length > 0],
      ['unknown', true],
    ] as const
  ).find(([, holds]) => holds)!;
  const covered = mergeRanges(hits.map((address) => rangeOf(blockOf(address.cidr)))).some((own) =>
    contains(own, range),
  );
  return {
    query,
    verdict,
    match: hits.length === 0 ? 'none' : covered ? 'full' : 'partial',
    hosts: hits.map((address) => lookupHost(snapshot, address)),
    requirements: [...refs],
    cannotExclude: withoutAllAddresses(snapshot),
    nearest: hits.length === 0 ? nearestAddress(snapshot, range) : null,
  };
}

function lookUpName(snapshot: Snapshot, name: string): Lookup {
  const matching = snapshot.catalog.endpoints.filter((endpoint) =>
    namesOf(endpoint).some((own) => own === name || wildcardMatches(own, name)),
  );
  const requirements = snapshot.requirements.filter(({ endpoint }) =>
    matching.some((candidate) => candidate.name === endpoint.name),
  );
  const listed = snapshot.listedHosts.includes(name) && name !== GENERAL;
  const known = matching.length > 0 || listed;
  const required = requirements.some(({ need }) => need !== 'not-required');
  const seen = (snapshot.addressesByHost.get(name) ?? []).map(({ firstSeenAt }) => firstSeenAt).sort();
  return {
    query: name,
    verdict: required ? 'required' : known ? 'listed' : 'unknown',
    match: known ? 'full' : 'none',
    hosts: known ? [{ name, inCatalog: matching.length > 0, from: seen[0] ?? null, to: null }] : [],
    requirements: requirements.map(({ ref }) => ref),
    cannotExclude: snapshot.catalog.endpoints
      .filter(({ kind }) => kind === 'placeholder')
      .map((endpoint) => endpoint.name),
    nearest: known ? null : nearest(name, knownHosts(snapshot)),
  };
}

function lookupHost(snapshot: Snapshot, { host, firstSeenAt, removedAt }: Address): LookupHost {
  return { name: host, inCatalog: inCatalog(snapshot, host), from: firstSeenAt, to: removedAt };
}

/** `general` counts as known: its ranges stand under every endpoint with published addresses. */
function inCatalog(snapshot: Snapshot, host: string): boolean {
  return snapshot.endpointsByHost.has(host) || host === GENERAL;
}

function isSame(a: Address, b: Address): boolean {
  return a.cidr === b.cidr && a.host === b.host;
}

function withoutAllAddresses(snapshot: Snapshot): string[] {
  return snapshot.catalog.endpoints
    .filter((endpoint) => {
      const addresses = namesOf(endpoint).flatMap((name) => snapshot.addressesByHost.get(name) ?? []);
      return (
        coverageOf(
          endpoint,
          addresses.filter(({ status }) => status !== 'retired'),
        ) !== 'full'
      );
    })
    .map((endpoint) => endpoint.name);
}

/** The neighbourhood in which another address is likely a slip of the keyboard: a /24, or a /64. */
const NEIGHBOURHOOD = { ipv4: 8n, ipv6: 64n } as const;

function nearestAddress(snapshot: Snapshot, range: AddressRange): string | null {
  const shift = NEIGHBOURHOOD[range.family];
  const distance = ({ first, last }: AddressRange) => (first > range.last ? first - range.last : range.first - last);
  let best: { cidr: string; distance: bigint } | undefined;
  for (const { cidr } of snapshot.addresses) {
    const own = rangeOf(blockOf(cidr));
    if (own.family !== range.family || own.first >> shift !== range.first >> shift) continue;
    if (best === undefined || distance(own) < best.distance) best = { cidr, distance: distance(own) };
  }
  return best?.cidr ?? null;
}

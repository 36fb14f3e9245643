import { GENERAL, type Address } from './address.js';
import { compareText, earliest, latest } from './canonical.js';
import { contains, mergeRanges, overlaps, type AddressRange } from './cidr.js';
import { wildcardMatches } from './host-name.js';
import { knownHosts } from './listing.js';
import type { LookupTerm } from './lookup-query.js';
import { nearest } from './nearest.js';
import { coverageOf, namesOf } from './requirement.js';
import type { Snapshot } from './snapshot.js';

export const LOOKUP_VERDICTS = ['required', 'retiring', 'announced', 'listed', 'retired', 'unknown'] as const;
/**
 * `required`: some task needs it. `retiring`, `announced`, `retired`: all that is known of it for the catalog's hosts.
 * `listed`: it is in the list, but no task needs it. `unknown`: nothing here has it.
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

/** What is known of an address or name in one revision and before it. */
export function lookUp(asked: Snapshot, query: LookupTerm): Lookup {
  const snapshot = asked.withRetired();
  return query.kind === 'name' ? lookUpName(snapshot, query.text) : lookUpRange(snapshot, query.text, query.range);
}

function lookUpRange(snapshot: Snapshot, query: string, range: AddressRange): Lookup {
  const found = snapshot.ranges.filter((known) => overlaps(known.range, range));
  const hits = found.map(({ address }) => address);
  // A snapshot's requirements hold the very objects of its addresses.
  const inUse = new Set(hits.filter(({ status }) => status !== 'retired'));
  const requirements = snapshot.requirements.filter(({ addresses }) => addresses.some((own) => inUse.has(own)));
  const needed = requirements
    .filter(({ need }) => need !== 'not-required')
    .flatMap(({ addresses }) => addresses.filter((own) => inUse.has(own)).map(({ status }) => status));
  const [verdict] = (
    [
      ['required', needed.includes('current')],
      ['retiring', needed.includes('retiring')],
      ['announced', needed.includes('announced')],
      ['listed', inUse.size > 0],
      ['retired', hits.length > 0],
      ['unknown', true],
    ] as const
  ).find(([, holds]) => holds)!;
  const known = mergeRanges(found.map((hit) => hit.range));
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

function lookUpName(snapshot: Snapshot, name: string): Lookup {
  const matching = snapshot.catalog.endpoints.filter((endpoint) =>
    [endpoint.name, ...endpoint.aliases.map((alias) => alias.name), ...namesOf(endpoint)].some(
      (own) => own === name || wildcardMatches(own, name),
    ),
  );
  const requirements = snapshot.requirements.filter(({ endpoint }) =>
    matching.some((candidate) => candidate.name === endpoint.name),
  );
  const listed = snapshot.listedHosts.includes(name) && name !== GENERAL;
  const known = matching.length > 0 || listed;
  const required = requirements.some(({ need }) => need !== 'not-required');
  const isHost =
    listed || matching.some((endpoint) => namesOf(endpoint).some((own) => own === name || wildcardMatches(own, name)));
  // The name of an endpoint stands for the hosts that it has.
  const hosts = !known ? [] : isHost ? [name] : [...new Set(matching.flatMap(namesOf))];
  return {
    query: name,
    verdict: required ? 'required' : known ? 'listed' : 'unknown',
    match: known ? 'full' : 'none',
    hosts: hosts.map((host) => ({
      name: host,
      inCatalog: matching.length > 0,
      from: earliest((snapshot.addressesByHost.get(host) ?? []).map(({ firstSeenAt }) => firstSeenAt)),
      to: null,
    })),
    requirements: requirements.map(({ ref }) => ref),
    cannotExclude: snapshot.catalog.endpoints
      .filter(({ kind }) => kind === 'placeholder')
      .map((endpoint) => endpoint.name),
    nearest: known ? null : nearest(name, knownHosts(snapshot)),
  };
}

/** Each host once, by name: since when it had any of the addresses, and until when it had the last. */
function hostsBehind(snapshot: Snapshot, hits: readonly Address[]): LookupHost[] {
  return [...Map.groupBy(hits, ({ host }) => host)]
    .map(([name, addresses]) => ({
      name,
      inCatalog: snapshot.endpointsByHost.has(name),
      from: earliest(addresses.map(({ firstSeenAt }) => firstSeenAt)),
      to: addresses.some(({ removedAt }) => removedAt === null)
        ? null
        : latest(addresses.map(({ removedAt }) => removedAt!)),
    }))
    .sort((a, b) => compareText(a.name, b.name));
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
  for (const { address, range: own } of snapshot.ranges) {
    if (own.family !== range.family || own.first >> shift !== range.first >> shift) continue;
    if (best === undefined || distance(own) < best.distance) best = { cidr: address.cidr, distance: distance(own) };
  }
  return best?.cidr ?? null;
}

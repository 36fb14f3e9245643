import { GENERAL, type Address } from './address.js';
import {
  blockOf,
  contains,
  formatAddress,
  formatBlock,
  mergeRanges,
  overlaps,
  parseAddress,
  parseBlock,
  rangeOf,
  type AddressRange,
} from './cidr.js';
import type { Fault } from './error.js';
import { parseHostName, wildcardMatches } from './host-name.js';
import { knownHosts } from './listing.js';
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

/** What can be looked up: addresses, or a name. */
export type LookupQuery =
  | { readonly kind: 'addresses'; readonly text: string; readonly range: AddressRange }
  | { readonly kind: 'name'; readonly text: string };

/** Reads an IP address, a CIDR block, a range `first-last`, or a DNS name (upper case and a trailing dot are taken). */
export function parseLookup(text: string): LookupQuery | Fault {
  const block = parseBlock(text);
  if (block.ok)
    return { kind: 'addresses', text: canonicalQuery(text, formatBlock(block.block)), range: rangeOf(block.block) };
  if (block.nearest !== null) {
    return malformed(text, 'has bits set after its prefix, so it is not one block', block.nearest);
  }
  const [first, last] = text.split('-').map(parseAddress);
  if (first !== undefined && last !== undefined && text.split('-').length === 2) {
    if (first.family !== last.family) return malformed(text, 'mixes IPv4 and IPv6', null);
    const ends = `${formatAddress(first.family, first.value)}-${formatAddress(last.family, last.value)}`;
    if (first.value > last.value) return malformed(text, 'ends before it begins', ends.split('-').reverse().join('-'));
    return { kind: 'addresses', text: ends, range: { family: first.family, first: first.value, last: last.value } };
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  const bare = name.startsWith('*.') ? name.slice(2) : name;
  if (parseHostName(bare) !== undefined) return { kind: 'name', text: name };
  return malformed(text, 'is not an IP address, a CIDR block, a range or a DNS name', hostInside(text));
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
  const verdict: LookupVerdict = required
    ? 'required'
    : has('retiring')
      ? 'retiring'
      : has('announced')
        ? 'announced'
        : inUse.length > 0
          ? 'listed'
          : hits.length > 0
            ? 'retired'
            : 'unknown';
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

/** An address is shown bare, as it was asked; a block with its prefix. */
function canonicalQuery(text: string, cidr: string): string {
  return text.includes('/') ? cidr : cidr.slice(0, cidr.indexOf('/'));
}

function hostInside(text: string): string | null {
  const host = /^(?:[a-z]+:\/\/)?([^/:@\s]+)(?:[:/].*)?$/i.exec(text)?.[1]?.toLowerCase();
  return host !== undefined && host !== text && parseHostName(host) !== undefined ? host : null;
}

function malformed(value: string, what: string, didYouMean: string | null): Fault {
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  return {
    code: value === '' ? 'empty-value' : 'malformed-value',
    parameter: 'q',
    value,
    message: value === '' ? 'The parameter "q" has an empty value.' : `"${value}" ${what}.${hint}`,
    allowed: ['an IP address', 'a CIDR block', 'a range first-last', 'a DNS name'],
    didYouMean,
  };
}

import { GENERAL, type Address } from '../model/address.js';
import type { Initiator } from '../model/catalog.js';
import { parseBlock, type Cidr } from '../model/cidr.js';
import { namesOf, type Requirement } from '../model/requirement.js';
import type { Filling } from './filling.js';
import type { Flow, Traffic } from './rule.js';

/** What may be left out on request: names with a star, and names that an endpoint needs in practice beside its own. */
export const EXCLUSIONS = ['wildcard', 'companion'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** One far side that a requirement needs, whether a format can express it or not. */
export interface Wanted {
  readonly ref: string;
  /** The names by which a person may speak of it: its own, and its endpoint's. */
  readonly knownAs: readonly string[];
  /** The name that it is told by. */
  readonly item: string;
  readonly traffic: readonly Traffic[];
  readonly peer: Peer;
  readonly isExcluded: boolean;
}

export type Peer =
  | {
      readonly kind: 'name';
      readonly name: string;
      readonly isWildcard: boolean;
      readonly addresses: readonly Address[];
    }
  /** Ranges that may serve any host of an endpoint; they prove none of them. */
  | { readonly kind: 'general'; readonly addresses: readonly Address[] }
  /** Networks that the customer named. */
  | { readonly kind: 'network'; readonly cidrs: readonly Cidr[] }
  /** Only the customer knows it, and has not said. */
  | { readonly kind: 'unknown'; readonly reason: 'placeholder' | 'zone' };

/** What the customer says of an export. */
export interface Wishes {
  readonly fillings: readonly Filling[];
  readonly exclude: readonly Exclusion[];
}

/** Every far side of what requirements open, in their order. What is not required opens nothing. */
export function wantedOf(requirements: readonly Requirement[], { fillings, exclude }: Wishes): Wanted[] {
  return requirements.flatMap((requirement): Wanted[] => {
    const { ref, endpoint, need, addresses } = requirement;
    if (need === 'not-required') return [];
    const traffic = trafficOf(requirement);
    const filled = fillings.filter(({ of }) => of === endpoint.name).flatMap(({ values }) => values);
    const wanted = (item: string, peer: Peer, isExcluded = false): Wanted => {
      return { ref, knownAs: [item, endpoint.name], item, traffic, peer, isExcluded };
    };
    // What only the customer knows; names that are known stand beside it.
    const isOfCustomer = endpoint.kind === 'zone' || endpoint.kind === 'placeholder';
    const networks = filled.filter(isBlock);
    const own = !isOfCustomer
      ? []
      : filled.length === 0
        ? [wanted(endpoint.name, { kind: 'unknown', reason: endpoint.kind === 'zone' ? 'zone' : 'placeholder' })]
        : [
            ...filled
              .filter((value) => !isBlock(value))
              .map((name) => wanted(name, named(name, []), isStarred(name) && exclude.includes('wildcard'))),
            ...(networks.length === 0 ? [] : [wanted(endpoint.name, { kind: 'network', cidrs: networks })]),
          ];
    const companions = new Set(endpoint.companions.flatMap(({ hosts }) => hosts));
    const isLeftOut = (name: string) =>
      (isStarred(name) && exclude.includes('wildcard')) ||
      (companions.has(name) && !endpoint.hosts.includes(name) && exclude.includes('companion'));
    const general = addresses.filter(({ host }) => host === GENERAL);
    const known = namesOf(endpoint).map((name) => {
      const held = addresses.filter(({ host }) => host === name);
      return wanted(name, named(name, held), isLeftOut(name));
    });
    return [
      ...own,
      ...known,
      ...(general.length === 0 ? [] : [wanted(endpoint.name, { kind: 'general', addresses: general })]),
    ];
  });
}

function named(name: string, addresses: readonly Address[]): Peer {
  const isWildcard = isStarred(name);
  return { kind: 'name', name: isWildcard ? name.slice(2) : name, isWildcard, addresses };
}

function isStarred(name: string): boolean {
  return name.startsWith('*.');
}

function isBlock(value: string): value is Cidr {
  return parseBlock(value).ok;
}

const FLOWS_OF: Readonly<Record<Initiator, readonly Flow[]>> = {
  'installed-host': ['outbound'],
  'far-side': ['inbound'],
  either: ['outbound', 'inbound'],
};

/** A firewall lets connections be opened: who opens them says which way, whichever way their traffic passes. */
function trafficOf({ initiator, ports }: Requirement): Traffic[] {
  return FLOWS_OF[initiator].flatMap((flow) => ports.map(({ protocol, from, to }) => ({ flow, protocol, from, to })));
}

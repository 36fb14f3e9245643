import type { Protocol } from '../model/catalog.js';
import type { Cidr, Family } from '../model/cidr.js';

/** Which way a connection is opened, seen from the installed host. */
export const FLOWS = ['outbound', 'inbound'] as const;
export type Flow = (typeof FLOWS)[number];

/** What is let through: connections one way, to one range of ports at the accepting side. */
export interface Traffic {
  readonly flow: Flow;
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Traffic with one block of addresses at the far side. */
export interface AddressRule extends Traffic {
  readonly cidr: Cidr;
  readonly family: Family;
  /** What the block is for: names of hosts, or of a zone of the customer's. In the order of text, each once. */
  readonly labels: readonly string[];
}

/** Traffic with one DNS name at the far side. */
export interface NameRule extends Traffic {
  /** In lower case; of a wildcard, what follows `*.`. */
  readonly name: string;
  /** Whether the names below it are meant, and not the name itself. */
  readonly isWildcard: boolean;
}

/** All that a format is to let through, by traffic, then names by their text and blocks in address order, each once. */
export interface Rules {
  readonly names: readonly NameRule[];
  readonly addresses: readonly AddressRule[];
}

/** The name as a person writes it. */
export function writtenName({ name, isWildcard }: Pick<NameRule, 'name' | 'isWildcard'>): string {
  return isWildcard ? `*.${name}` : name;
}

/** A range of ports as most formats write it. */
export function portText({ from, to }: Pick<Traffic, 'from' | 'to'>, separator = '-'): string {
  return from === to ? `${from}` : `${from}${separator}${to}`;
}

/** The outbound traffic is first, then by protocol and port. */
export function compareTraffic(a: Traffic, b: Traffic): number {
  return (
    FLOWS.indexOf(a.flow) - FLOWS.indexOf(b.flow) ||
    (a.protocol < b.protocol ? -1 : Number(a.protocol > b.protocol)) ||
    a.from - b.from ||
    a.to - b.to
  );
}

/** The traffic of a rule as text: equal for rules of the same. */
export function trafficKey({ flow, protocol, from, to }: Traffic): string {
  return `${flow} ${protocol} ${from}-${to}`;
}

/** Rules of the same traffic together, in the order in which they are. */
export function byTraffic<R extends Traffic>(
  rules: readonly R[],
): { readonly traffic: Traffic; readonly rules: readonly R[] }[] {
  return [...Map.groupBy(rules, trafficKey).values()].map((same) => {
    const { flow, protocol, from, to } = same[0]!;
    return { traffic: { flow, protocol, from, to }, rules: same };
  });
}

/** A block as devices write it: a single address without its length. */
export function addressText(cidr: Cidr): string {
  return cidr.endsWith(cidr.includes(':') ? '/128' : '/32') ? cidr.slice(0, cidr.lastIndexOf('/')) : cidr;
}

import { blockOf, overlaps, rangeOf } from '../model/cidr.js';
import { apart } from './covered.js';
import { byTraffic, type AddressRule, type Traffic } from './rule.js';

/**
 * Divides rules, in their order, into those of which no two have both an address and a port in common, and those that
 * have with one before them.
 */
export function disjoint(rules: readonly AddressRule[]): {
  readonly disjoint: readonly AddressRule[];
  readonly overlapping: readonly AddressRule[];
} {
  const kept: { readonly traffic: Traffic; readonly rules: readonly AddressRule[] }[] = [];
  const overlapping: AddressRule[] = [];
  for (const { traffic, rules: same } of byTraffic(rules)) {
    const { covering, covered } = apart(same);
    const others = kept
      .filter((group) => haveCommon(group.traffic, traffic))
      .flatMap((group) => group.rules.map(({ cidr }) => rangeOf(blockOf(cidr))));
    const isFree = ({ cidr }: AddressRule) => {
      const range = rangeOf(blockOf(cidr));
      return !others.some((other) => overlaps(other, range));
    };
    kept.push({ traffic, rules: covering.filter(isFree) });
    overlapping.push(...covering.filter((rule) => !isFree(rule)), ...covered.map(({ rule }) => rule));
  }
  return { disjoint: kept.flatMap((group) => group.rules), overlapping };
}

function haveCommon(a: Traffic, b: Traffic): boolean {
  return a.flow === b.flow && a.protocol === b.protocol && a.from <= b.to && b.from <= a.to;
}

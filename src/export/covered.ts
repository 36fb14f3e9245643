import { blockOf, contains, rangeOf, type Cidr } from '../model/cidr.js';
import type { AddressRule } from './rule.js';

/** A rule whose block is within that of another rule of the same traffic. */
export interface Covered {
  readonly rule: AddressRule;
  readonly by: Cidr;
}

/** Divides rules of one traffic, in address order, for devices that take no block within another. */
export function apart(rules: readonly AddressRule[]): {
  readonly covering: readonly AddressRule[];
  readonly covered: readonly Covered[];
} {
  const covering: AddressRule[] = [];
  const covered: Covered[] = [];
  for (const rule of rules) {
    // Blocks are within each other or have nothing in common, and the wider is first.
    const last = covering.at(-1);
    if (last !== undefined && contains(rangeOf(blockOf(last.cidr)), rangeOf(blockOf(rule.cidr)))) {
      covered.push({ rule, by: last.cidr });
    } else covering.push(rule);
  }
  return { covering, covered };
}

import { blockOf, compareBlocks } from '../model/cidr.js';
import { apart } from './covered.js';
import { compareTraffic, type AddressRule } from './rule.js';

/**
 * Rules that let through the same, none of which has an address and a port in common with another: for devices that take no
 * entries that overlap. Ranges of ports are cut where others begin or end, as far as their blocks meet; a block within
 * another gives it its labels. All are of one flow, protocol and family.
 */
export function disjoint(rules: readonly AddressRule[]): AddressRule[] {
  const edges = [...new Set(rules.flatMap(({ from, to }) => [from, to + 1]))].sort((a, b) => a - b);
  const pieces = edges.slice(0, -1).flatMap((from, i) => {
    const to = edges[i + 1]! - 1;
    const there = rules
      .filter((rule) => rule.from <= from && to <= rule.to)
      .map((rule) => ({ ...rule, from, to }))
      .sort((a, b) => compareBlocks(blockOf(a.cidr), blockOf(b.cidr)));
    return withoutCovered(there);
  });
  return rejoined(pieces).sort((a, b) => compareTraffic(a, b) || compareBlocks(blockOf(a.cidr), blockOf(b.cidr)));
}

/** Of rules of the same ports, in address order, those of the widest blocks, with the labels of all within them. */
function withoutCovered(rules: readonly AddressRule[]): AddressRule[] {
  const { covering, covered } = apart(rules);
  const labels = new Map(covering.map(({ cidr }) => [cidr, new Set<string>()]));
  for (const { cidr, labels: own } of covering) for (const one of own) labels.get(cidr)!.add(one);
  for (const { rule, by } of covered) for (const one of rule.labels) labels.get(by)!.add(one);
  // A block of the same ports may be there twice, of ranges that were cut.
  return [...new Map(covering.map((rule) => [rule.cidr, rule])).values()].map((rule) => ({
    ...rule,
    labels: [...labels.get(rule.cidr)!].sort(),
  }));
}

/** Joins the pieces of one block with the same labels that follow each other: what nothing overlapped is as it was. */
function rejoined(pieces: readonly AddressRule[]): AddressRule[] {
  const last = new Map<string, { -readonly [Member in keyof AddressRule]: AddressRule[Member] }>();
  const joined: AddressRule[] = [];
  for (const piece of pieces) {
    const key = `${piece.cidr} ${piece.labels.join()}`;
    const before = last.get(key);
    if (before !== undefined && before.to + 1 === piece.from) before.to = piece.to;
    else {
      const begun = { ...piece };
      last.set(key, begun);
      joined.push(begun);
    }
  }
  return joined;
}

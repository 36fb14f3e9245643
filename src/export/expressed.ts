import { compareText } from '../model/canonical.js';
import { aggregate, blockOf, compareBlocks, contains, familyOf, rangeOf, type Cidr } from '../model/cidr.js';
import { compareTraffic, trafficKey, type AddressRule, type NameRule, type Rules, type Traffic } from './rule.js';
import type { Supports } from './supports.js';
import type { Wanted } from './wanted.js';

export const OMISSION_REASONS = [
  'no-address',
  'wildcard',
  'placeholder',
  'zone',
  'protocol',
  'family',
  'excluded',
] as const;
/** Why something is not in an export. */
export type OmissionReason = (typeof OMISSION_REASONS)[number];

/** What a requirement needs and a format does not have. */
export interface Omitted {
  /** The ref of the requirement. */
  readonly requirement: string;
  /** A name, a zone or a block. */
  readonly item: string;
  readonly reason: OmissionReason;
  /** The names by which a person may forgive it. */
  readonly knownAs: readonly string[];
}

/** What a format is to write, and what it cannot. Together they are all that is wanted. */
export interface Expressed {
  readonly rules: Rules;
  readonly omitted: readonly Omitted[];
}

/** Divides what is wanted into what a format can express and what it cannot: nothing is in neither. */
export function express(wanted: readonly Wanted[], supports: Supports, isAggregated = false): Expressed {
  const names = new Map<string, NameRule>();
  const labels = new Map<string, { readonly traffic: Traffic; readonly byCidr: Map<Cidr, Set<string>> }>();
  const omitted: Omitted[] = [];

  for (const one of wanted) {
    const { peer, item } = one;
    const omit = (reason: OmissionReason, what = item) =>
      omitted.push({ requirement: one.ref, item: what, reason, knownAs: one.knownAs });
    const passing = one.traffic.filter(({ flow }) => supports.flows.includes(flow));
    const traffic = passing.filter(({ protocol }) => supports.protocols?.includes(protocol) ?? true);
    const open = (cidr: Cidr) => {
      if (!supports.families.includes(familyOf(cidr))) {
        omit('family', cidr);
        return;
      }
      for (const way of traffic) {
        const kept = labels.get(trafficKey(way)) ?? { traffic: way, byCidr: new Map<Cidr, Set<string>>() };
        labels.set(trafficKey(way), kept);
        kept.byCidr.set(cidr, (kept.byCidr.get(cidr) ?? new Set()).add(item));
      }
    };
    if (one.isExcluded) {
      omit('excluded');
      continue;
    }
    if (peer.kind === 'unknown') {
      omit(peer.reason);
      continue;
    }
    // What comes in, or goes to the customer's own networks both ways, is no less needed.
    if (passing.length < one.traffic.length) omit('zone');
    if (traffic.length < passing.length) omit('protocol');
    if (traffic.length === 0) continue;
    if (peer.kind === 'network') {
      if (supports.families.length === 0) omit('zone');
      else peer.cidrs.forEach(open);
      continue;
    }
    if (peer.kind === 'general') {
      // Where names are opened, nothing else is needed.
      if (!supports.names) for (const { cidr } of peer.addresses) open(cidr);
      continue;
    }
    const isNamed = supports.names && (!peer.isWildcard || supports.wildcards !== 'none');
    if (isNamed) {
      for (const way of traffic) {
        const { name, isWildcard } = peer;
        names.set(`${trafficKey(way)} ${item}`, { ...way, name, isWildcard });
      }
      if (peer.isWildcard && supports.wildcards === 'one-label') omit('wildcard');
      continue;
    }
    if (peer.isWildcard) omit('wildcard');
    else if (peer.addresses.length === 0) omit('no-address');
    if (supports.families.length > 0) for (const { cidr } of peer.addresses) open(cidr);
  }
  return {
    rules: {
      names: [...names.values()].sort(
        (a, b) => compareTraffic(a, b) || compareText(a.name, b.name) || Number(a.isWildcard) - Number(b.isWildcard),
      ),
      addresses: [...labels.values()]
        .sort((a, b) => compareTraffic(a.traffic, b.traffic))
        .flatMap(({ traffic, byCidr }) => addressRules(traffic, byCidr, isAggregated)),
    },
    omitted: inOrder(omitted),
  };
}

/** The rules of one traffic, in address order. Aggregated, a block has the labels of all that it holds. */
function addressRules(
  traffic: Traffic,
  byCidr: ReadonlyMap<Cidr, ReadonlySet<string>>,
  isAggregated: boolean,
): AddressRule[] {
  const cidrs = [...byCidr.keys()].sort((a, b) => compareBlocks(blockOf(a), blockOf(b)));
  const groups = isAggregated
    ? aggregate(cidrs).map((cidr) => ({ cidr, members: membersOf(cidr, cidrs) }))
    : cidrs.map((cidr) => ({ cidr, members: [cidr] }));
  return groups.map(({ cidr, members }) => {
    const labels = new Set(members.flatMap((member) => [...byCidr.get(member)!]));
    return { ...traffic, cidr, family: familyOf(cidr), labels: [...labels].sort(compareText) };
  });
}

function membersOf(outer: Cidr, cidrs: readonly Cidr[]): Cidr[] {
  const range = rangeOf(blockOf(outer));
  return cidrs.filter((cidr) => contains(range, rangeOf(blockOf(cidr))));
}

/** Each once, by requirement, item and reason. */
function inOrder(omitted: readonly Omitted[]): Omitted[] {
  const each = new Map(omitted.map((one) => [`${one.requirement} ${one.item} ${one.reason}`, one]));
  return [...each].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}

import { compareText } from '../model/canonical.js';
import { aggregateWithMembers } from '../model/aggregate.js';
import { blockOf, compareBlocks, familyOf, type Cidr } from '../model/cidr.js';
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
  /** The far side that it belongs to. */
  readonly of: Wanted;
}

/** What a format is to write, and what it cannot. Together they are all that is wanted. */
export interface Expressed {
  readonly rules: Rules;
  /** The blocks in the rules, before any were joined. */
  readonly blocks: ReadonlySet<Cidr>;
  readonly omitted: readonly Omitted[];
}

/** Divides what is wanted into what a format can express and what it cannot: nothing is in neither. */
export function express(wanted: readonly Wanted[], supports: Supports, isAggregated = false): Expressed {
  const names = new Map<string, NameRule>();
  const blocks = new Map<string, { readonly traffic: Traffic; readonly byCidr: Map<Cidr, Set<string>> }>();
  const omitted: Omitted[] = [];
  for (const one of wanted) {
    const { ref: requirement, item } = one;
    const { named, opened, missing } = divide(one, supports);
    for (const rule of named) names.set(`${trafficKey(rule)} ${item}`, rule);
    for (const { traffic, cidr } of opened) {
      const key = trafficKey(traffic);
      const { byCidr } = blocks.get(key) ?? blocks.set(key, { traffic, byCidr: new Map() }).get(key)!;
      byCidr.set(cidr, (byCidr.get(cidr) ?? new Set()).add(item));
    }
    omitted.push(...missing.map(([reason, what = item]) => ({ requirement, item: what, reason, of: one })));
  }
  return {
    rules: {
      names: [...names.values()].sort(
        (a, b) => compareTraffic(a, b) || compareText(a.name, b.name) || Number(a.isWildcard) - Number(b.isWildcard),
      ),
      addresses: [...blocks.values()]
        .sort((a, b) => compareTraffic(a.traffic, b.traffic))
        .flatMap(({ traffic, byCidr }) => addressRules(traffic, byCidr, isAggregated)),
    },
    blocks: new Set([...blocks.values()].flatMap(({ byCidr }) => [...byCidr.keys()])),
    omitted: inOrder(omitted),
  };
}

/** What of one far side goes in by name, what by address, and what is missing: why, and of what where it is not all. */
interface Division {
  readonly named: readonly NameRule[];
  readonly opened: readonly { readonly traffic: Traffic; readonly cidr: Cidr }[];
  readonly missing: readonly (readonly [reason: OmissionReason, what?: string])[];
}

/** What of one far side a format can express. */
function divide({ peer, traffic: whole, isExcluded }: Wanted, supports: Supports): Division {
  const nothing = (...missing: OmissionReason[]): Division => {
    return { named: [], opened: [], missing: missing.map((reason) => [reason]) };
  };
  if (isExcluded) return nothing('excluded');
  if (peer.kind === 'unknown') return nothing(peer.reason);

  const flowing = whole.filter(({ flow }) => supports.flows.includes(flow));
  const traffic = flowing.filter(({ protocol }) => supports.protocols?.includes(protocol) ?? true);
  const unsaid: OmissionReason[] = [
    // What comes in, or goes to the customer's own networks both ways, is no less needed.
    ...(flowing.length < whole.length ? (['zone'] as const) : []),
    ...(traffic.length < flowing.length ? (['protocol'] as const) : []),
  ];
  if (traffic.length === 0) return nothing(...unsaid);

  const hasAddresses = supports.families.length > 0;
  const byAddress = (ways: readonly Traffic[], cidrs: readonly Cidr[], ...missing: OmissionReason[]): Division => {
    const [written, foreign] = partition(cidrs, (cidr) => supports.families.includes(familyOf(cidr)));
    return {
      named: [],
      opened: ways.flatMap((way) => written.map((cidr) => ({ traffic: way, cidr }))),
      missing: [...missing.map((reason) => [reason] as const), ...foreign.map((cidr) => ['family', cidr] as const)],
    };
  };
  if (peer.kind === 'network') return byAddress(traffic, peer.cidrs, ...unsaid);
  const cidrs = peer.addresses.map(({ cidr }) => cidr);
  const [seen, unseen] = partition(traffic, (way) => seesName(supports, way));
  // Ranges that may serve any host: where names are opened, nothing else is needed.
  if (peer.kind === 'general') return hasAddresses && unseen.length > 0 ? byAddress(unseen, cidrs) : nothing();

  const { name, isWildcard } = peer;
  const isWritten = !isWildcard || supports.wildcards !== 'none';
  const named = isWritten ? seen.map((way) => ({ ...way, name, isWildcard })) : [];
  const ways = isWritten ? unseen : traffic;
  if (isWildcard && (ways.length > 0 || supports.wildcards === 'one-label')) unsaid.push('wildcard');
  else if (ways.length > 0 && (cidrs.length === 0 || !hasAddresses)) unsaid.push('no-address');
  return { ...byAddress(hasAddresses ? ways : [], hasAddresses && ways.length > 0 ? cidrs : [], ...unsaid), named };
}

function partition<T>(things: readonly T[], isFirst: (thing: T) => boolean): [first: T[], others: T[]] {
  return [things.filter(isFirst), things.filter((thing) => !isFirst(thing))];
}

/** Whether the name of the far side can be told: of what comes in, the address alone is seen. */
function seesName({ names, namesOver }: Supports, { flow, protocol }: Traffic): boolean {
  return names && flow === 'outbound' && (namesOver?.includes(protocol) ?? true);
}

/** Whether a format has nothing left to omit of what another omitted. */
export function expresses({ item, reason, of }: Omitted, supports: Supports): boolean {
  if (['placeholder', 'excluded'].includes(reason) || of.peer.kind === 'unknown') return false;
  return divide(of, supports).missing.every(([, what = of.item]) => what !== item);
}

/** The rules of one traffic, in address order. Aggregated, a block has the labels of all that it holds. */
function addressRules(
  traffic: Traffic,
  byCidr: ReadonlyMap<Cidr, ReadonlySet<string>>,
  isAggregated: boolean,
): AddressRule[] {
  const cidrs = [...byCidr.keys()].sort((a, b) => compareBlocks(blockOf(a), blockOf(b)));
  const groups = isAggregated ? aggregateWithMembers(cidrs) : cidrs.map((cidr) => ({ cidr, members: [cidr] }));
  return groups.map(({ cidr, members }) => {
    const labels = new Set(members.flatMap((member) => [...byCidr.get(member)!]));
    return { ...traffic, cidr, family: familyOf(cidr), labels: [...labels].sort(compareText) };
  });
}

/** Each once, by requirement, item and reason. */
function inOrder(omitted: readonly Omitted[]): Omitted[] {
  const each = new Map(omitted.map((one) => [`${one.requirement} ${one.item} ${one.reason}`, one]));
  return [...each].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
}

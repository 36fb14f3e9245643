import { compareText } from '../model/canonical.js';
import { blockOf, compareBlocks, formatAddress, type Cidr } from '../model/cidr.js';
import type { TextOption } from './option.js';
import {
  byTraffic,
  compareTraffic,
  portText,
  writtenName,
  type AddressRule,
  type Flow,
  type NameRule,
  type Rules,
  type Traffic,
} from './rule.js';

/** What names of objects begin with. It is ours alone, so that nothing of the customer's is replaced. */
export const NAME: TextOption = {
  name: 'name',
  type: 'text',
  pattern: /^gatepost[A-Za-z0-9-]{0,12}$/,
  default: 'gatepost',
  description: 'What the names of all objects begin with: gatepost, and up to 12 letters, digits and hyphens more.',
};

/** The far sides of one traffic, which no other traffic reaches. */
export interface TrafficGroup {
  readonly traffic: Traffic;
  /** Such as `out-tcp-443`. */
  readonly slug: string;
  readonly names: readonly NameRule[];
  readonly addresses: readonly AddressRule[];
}

/** A block, with what it is for in all traffic. */
export interface BlockObject {
  readonly cidr: Cidr;
  readonly labels: readonly string[];
}

const FLOW_SLUGS: Readonly<Record<Flow, string>> = { outbound: 'out', inbound: 'in' };

/** All rules by traffic: a group for each, in the order of traffic. */
export function trafficGroups({ names, addresses }: Rules): TrafficGroup[] {
  return byTraffic<NameRule | AddressRule>([...names, ...addresses])
    .sort((a, b) => compareTraffic(a.traffic, b.traffic))
    .map(({ traffic, rules }) => ({
      traffic,
      slug: `${FLOW_SLUGS[traffic.flow]}-${serviceSlug(traffic)}`,
      names: rules.filter((rule) => 'name' in rule),
      addresses: rules.filter((rule) => 'cidr' in rule),
    }));
}

/** Protocol and ports, such as `tcp-443`. */
export function serviceSlug(traffic: Pick<Traffic, 'protocol' | 'from' | 'to'>): string {
  return `${traffic.protocol}-${portText(traffic)}`;
}

/** Each protocol with its ports once, whichever way it goes. */
export function servicesOf(groups: readonly TrafficGroup[]): Traffic[] {
  const services = new Map(groups.map(({ traffic }) => [serviceSlug(traffic), traffic]));
  return [...services.values()].sort((a, b) => compareTraffic({ ...a, flow: 'outbound' }, { ...b, flow: 'outbound' }));
}

/** Each name once, by its text. */
export function namesIn({ names }: Pick<Rules, 'names'>): NameRule[] {
  return [...new Map(names.map((rule) => [writtenName(rule), rule])).entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, rule]) => rule);
}

/** Each block once, in address order. */
export function blocksIn({ addresses }: Pick<Rules, 'addresses'>): BlockObject[] {
  return [...Map.groupBy(addresses, ({ cidr }) => cidr)]
    .map(([cidr, rules]) => ({ cidr, labels: [...new Set(rules.flatMap(({ labels }) => labels))].sort(compareText) }))
    .sort((a, b) => compareBlocks(blockOf(a.cidr), blockOf(b.cidr)));
}

/** A block in letters, digits, `.`, `_` and `-`: no two have the same. */
export function blockSlug(cidr: Cidr): string {
  return cidr.replaceAll(':', '_').replace('/', '-');
}

/** A block of IPv4 as address and mask. */
export function withMask(cidr: Cidr): string {
  const { first, prefix } = blockOf(cidr);
  return `${formatAddress('ipv4', first)} ${formatAddress('ipv4', ((1n << BigInt(prefix)) - 1n) << BigInt(32 - prefix))}`;
}

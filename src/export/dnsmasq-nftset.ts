import { compareText } from '../model/canonical.js';
import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { objectName } from './object-name.js';
import { compareTraffic, portText, trafficKey, writtenName, type NameRule, type Traffic } from './rule.js';
import { TABLE_OPTION } from './table-option.js';

const ADDRESSES: Readonly<Record<Family, { readonly type: string; readonly side: string; readonly digit: string }>> = {
  ipv4: { type: 'ipv4_addr', side: 'ip daddr', digit: '4' },
  ipv6: { type: 'ipv6_addr', side: 'ip6 daddr', digit: '6' },
};

const CHAIN = 'gatepost_output_names';

/**
 * For a host that asks its own dnsmasq: what dnsmasq is answered for a name, it adds to a set of nftables. There is a
 * set for all that pass with exactly the same ports, named by them, so that no name gets the ports of another. The
 * sets, and a chain without a hook that accepts them, are declared in the comments that begin with `#nft`. That
 * replaces the rules of the chain, and leaves in the sets what dnsmasq has learned.
 * Source: dnsmasq(8), "--nftset"; nft(8).
 */
export const dnsmasqNftset: Exporter = {
  id: 'dnsmasq-nftset',
  title: 'dnsmasq with sets of nftables',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conf',
  kind: 'configuration',
  supports: { names: true, wildcards: 'below-and-itself', families: [], flows: ['outbound'], ports: true },
  // A line holds one name and one set of each family, and so never comes near it.
  limits: [{ of: 'bytes of a line', most: 1024 }],
  options: [TABLE_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const table = `inet ${options.text('table')}`;
    const domains = domainsOf(rules.names);
    const sets = new Map(domains.map(({ traffic }) => [setName(traffic), traffic]));
    const setsInOrder = [...sets].sort(([, a], [, b]) => compareTraffic(a[0]!, b[0]!) || a.length - b.length);
    const made = setsInOrder.flatMap(([name, traffic]) =>
      FAMILIES.map((family) => ({ name: `${name}_${family}`, ...ADDRESSES[family], traffic })),
    );
    return [
      ...commented(header, '#'),
      '',
      '# Each name is opened with all that are below it, whether it has a star or not: dnsmasq knows no other way.',
      '# Before dnsmasq starts, load what is behind #nft: sed -n "s/^#nft //p" FILE | nft -f -',
      `# It opens nothing before a rule of yours in that table jumps to ${CHAIN}.`,
      `#nft add table ${table}`,
      `#nft add chain ${table} ${CHAIN}`,
      `#nft flush chain ${table} ${CHAIN}`,
      ...made.map(({ name, type }) => `#nft add set ${table} ${name} { type ${type}; }`),
      ...made.flatMap(({ name, side, traffic }) =>
        traffic.map((one) => `#nft add rule ${table} ${CHAIN} ${side} @${name} ${portsOf(one)} counter accept`),
      ),
      ...domains.flatMap(({ name, own, traffic }) => [
        ...own.map((rule) => `# For ${writtenName(rule)}: ${rule.protocol} ${portText(rule)}`),
        `nftset=/${name}/${FAMILIES.map((family) => `${ADDRESSES[family].digit}#${table.replace(' ', '#')}#${setName(traffic)}_${family}`).join(',')}`,
      ]),
      '',
    ].join('\n');
  },
};

/**
 * Every name once, with its rules, and with all that passes to it. dnsmasq takes the longest name that fits and no
 * other, so that a name has the traffic of the wildcards above it as well.
 */
function domainsOf(rules: readonly NameRule[]) {
  const byName = Map.groupBy(rules, ({ name }) => name);
  const above = (name: string): NameRule[] => {
    const dot = name.indexOf('.');
    if (dot === -1) return [];
    const parent = name.slice(dot + 1);
    return [...(byName.get(parent) ?? []).filter(({ isWildcard }) => isWildcard), ...above(parent)];
  };
  return [...byName]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, own]) => {
      const each = new Map([...own, ...above(name)].map((rule): [string, Traffic] => [trafficKey(rule), rule]));
      return { name, own, traffic: [...each.values()].sort(compareTraffic) };
    });
}

function setName(traffic: readonly Traffic[]): string {
  const content = traffic.map((one) => `${one.protocol}_${portText(one)}`).join('_');
  return objectName('gatepost_names_', content, { length: 60, allow: /_/ });
}

function portsOf(traffic: Traffic): string {
  return `${traffic.protocol} dport ${portText(traffic)}`;
}

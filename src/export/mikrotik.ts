import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { NAME, trafficGroups } from './object-groups.js';
import { addressText, portText, type Flow } from './rule.js';
import { label, plainLabel } from './text.js';

const COMMENT = plainLabel(200);

const MENUS: Readonly<Record<Family, string>> = { ipv4: '/ip firewall', ipv6: '/ipv6 firewall' };
const WAYS: Readonly<Record<Flow, { readonly chain: string; readonly side: string }>> = {
  outbound: { chain: 'out', side: 'dst-address-list' },
  inbound: { chain: 'in', side: 'src-address-list' },
};

/**
 * An address list for each traffic, and chains that accept it: nothing is let through before a rule of the customer's
 * jumps to `gatepost-out` or `gatepost-in`. Imported again, it first removes what it has made, which it knows by the
 * comments. Names are resolved by the router; wildcards there are none. For RouterOS 7.
 * Source: RouterOS documentation, Address-lists, Filter, and Scripting.
 */
export const mikrotik: Exporter = {
  id: 'mikrotik',
  title: 'MikroTik RouterOS script',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'rsc',
  kind: 'configuration',
  supports: {
    names: true,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [{ of: 'bytes of a comment', most: COMMENT.bytes }],
  options: [NAME],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const prefix = options.text('name');
    const groups = trafficGroups(rules);
    const commentOf = (text: string) => `comment="${label(`${prefix}: ${text}`, COMMENT)}"`;
    const remove = `remove [find comment~"^${prefix}:"]`;
    const family = (of: Family): string[] => {
      // A name has addresses of either family, and each list resolves its own.
      const lists = groups
        .map((group) => ({
          ...group,
          list: `${prefix}-${group.slug}`,
          entries: [
            ...group.names.map(({ name }) => ({ address: name, text: name })),
            ...group.addresses
              .filter((rule) => rule.family === of)
              .map(({ cidr, labels }) => ({ address: addressText(cidr), text: labels.join(', ') })),
          ],
        }))
        .filter(({ entries }) => entries.length > 0);
      return [
        `${MENUS[of]} filter`,
        remove,
        `${MENUS[of]} address-list`,
        remove,
        ...lists.flatMap(({ list, entries }) =>
          entries.map(({ address, text }) => `add list=${list} address=${address} ${commentOf(text)}`),
        ),
        ...(lists.length === 0 ? [] : [`${MENUS[of]} filter`]),
        ...lists.map(({ list, traffic }) => {
          const { chain, side } = WAYS[traffic.flow];
          const ports = `protocol=${traffic.protocol} dst-port=${portText(traffic)}`;
          return `add chain=${prefix}-${chain} action=accept ${ports} ${side}=${list} ${commentOf(list)}`;
        }),
      ];
    };
    return `${[...commented(header, '#'), ...FAMILIES.flatMap(family)].join('\n')}\n`;
  },
};

import type { Cidr } from '../model/cidr.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import {
  NAME,
  blockSlug,
  blocksIn,
  namesIn,
  serviceSlug,
  servicesOf,
  trafficGroups,
  withMask,
} from './object-groups.js';
import { objectName, type NameRules } from './object-name.js';
import { addressText, type NameRule } from './rule.js';
import { label, plainLabel } from './text.js';

const DESCRIPTION = plainLabel(200);
const NAMES: NameRules = { length: 64, allow: /[._]/ };

/**
 * Objects, a group of them for each traffic, and a group of services for each protocol and port. It has no access lists:
 * of one, `gatepost-out-tcp-443` is a destination and `gatepost-in-…` a source, each with the services of its own ports.
 * Names need `dns domain-lookup`; wildcards there are none.
 * Source: Cisco ASA Series Command Reference, object network, object-group and fqdn.
 */
export const ciscoAsa: Exporter = {
  id: 'cisco-asa',
  title: 'Cisco ASA objects and object groups',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  kind: 'configuration',
  supports: {
    names: true,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'characters of a name', most: NAMES.length },
    { of: 'bytes of a description', most: DESCRIPTION.bytes },
  ],
  options: [NAME],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const prefix = options.text('name');
    const groups = trafficGroups(rules);
    const nameName = ({ name }: Pick<NameRule, 'name'>) => objectName(`${prefix}-fqdn-`, name, NAMES);
    const blockName = (cidr: Cidr) => objectName(`${prefix}-ip-`, blockSlug(cidr), NAMES);
    const lines = [
      ...commented(
        [...header, 'Pasted again, it adds what is new. What is gone stays in its group until you take it out.'],
        '!',
      ),
      ...namesIn(rules).flatMap((rule) => [`object network ${nameName(rule)}`, ` fqdn ${rule.name}`]),
      ...blocksIn(rules).flatMap(({ cidr, labels }) => {
        const description = label(labels.join(', '), DESCRIPTION);
        return [
          `object network ${blockName(cidr)}`,
          ` ${blockText(cidr)}`,
          ...(description === '' ? [] : [` description ${description}`]),
        ];
      }),
      ...groups.flatMap(({ slug, names, addresses }) => [
        `object-group network ${prefix}-${slug}`,
        ...names.map((rule) => ` network-object object ${nameName(rule)}`),
        ...addresses.map(({ cidr }) => ` network-object object ${blockName(cidr)}`),
      ]),
      ...servicesOf(groups).flatMap((service) => [
        `object-group service ${prefix}-${serviceSlug(service)} ${service.protocol}`,
        service.from === service.to
          ? ` port-object eq ${service.from}`
          : ` port-object range ${service.from} ${service.to}`,
      ]),
    ];
    return `${lines.join('\n')}\n`;
  },
};

function blockText(cidr: Cidr): string {
  const text = addressText(cidr);
  if (!text.includes('/')) return `host ${text}`;
  return `subnet ${cidr.includes(':') ? cidr : withMask(cidr)}`;
}

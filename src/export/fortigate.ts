import { familyOf, type Cidr, type Family } from '../model/cidr.js';
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
import { portText, writtenName, type NameRule } from './rule.js';
import { label, plainLabel } from './text.js';

const COMMENT = plainLabel(255);
const NAMES: NameRules = { length: 79, allow: /[._]/ };

/**
 * Addresses, a group of them for each traffic, and a service for each protocol and port. It has no policies: those say
 * which interfaces they are for. Of a policy, `gatepost-out-tcp-443` is a destination and `gatepost-in-…` a source,
 * each with the service of its own ports. Loaded again, every group has what this file says and no more.
 * Source: FortiOS 7.4 CLI Reference, firewall address, address6, addrgrp, addrgrp6 and service custom.
 */
export const fortigate: Exporter = {
  id: 'fortigate',
  title: 'FortiGate addresses, groups and services',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conf',
  kind: 'configuration',
  supports: {
    names: true,
    wildcards: 'below',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'characters of a name', most: NAMES.length },
    { of: 'bytes of a comment', most: COMMENT.bytes },
  ],
  options: [NAME],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const prefix = options.text('name');
    const groups = trafficGroups(rules);
    const blocks = blocksIn(rules);
    const blockName = (cidr: Cidr) => objectName(`${prefix}-ip-`, blockSlug(cidr), NAMES);
    const nameName = (rule: NameRule, family: Family) =>
      objectName(`${prefix}-${rule.isWildcard ? 'below' : 'fqdn'}${family === 'ipv6' ? '6' : ''}-`, rule.name, NAMES);
    const named = (family: Family) =>
      namesIn(rules).map((rule) => entry(nameName(rule, family), ['set type fqdn', `set fqdn "${writtenName(rule)}"`]));
    const addressed = (family: Family) =>
      blocks
        .filter(({ cidr }) => familyOf(cidr) === family)
        .map(({ cidr, labels }) =>
          entry(blockName(cidr), [
            ...(family === 'ipv4'
              ? ['set type ipmask', `set subnet ${withMask(cidr)}`]
              : ['set type ipprefix', `set ip6 ${cidr}`]),
            ...commentOf(labels.join(', ')),
          ]),
        );
    const grouped = (family: Family, suffix: string) =>
      groups.flatMap(({ slug, names, addresses }) => {
        const members = [
          ...names.map((rule) => nameName(rule, family)),
          ...addresses.filter((rule) => rule.family === family).map(({ cidr }) => blockName(cidr)),
        ];
        // The first replaces what the group had; a line for each keeps them short.
        const lines = members.map((member, i) => `${i === 0 ? 'set' : 'append'} member "${member}"`);
        return members.length === 0 ? [] : [entry(`${prefix}-${slug}${suffix}`, lines)];
      });
    const lines = [
      ...commented(
        [
          ...header,
          'Loaded again, each group that is named here has what is said here and no more; one that is not named stays as it was. Objects that no group has are yours to delete.',
        ],
        '#',
      ),
      // A name has addresses of either family, and each is resolved by an object of its own.
      ...table('firewall address', [...named('ipv4'), ...addressed('ipv4')]),
      ...table('firewall address6', [...named('ipv6'), ...addressed('ipv6')]),
      ...table('firewall addrgrp', grouped('ipv4', '')),
      ...table('firewall addrgrp6', grouped('ipv6', '-v6')),
      ...table(
        'firewall service custom',
        servicesOf(groups).map((service) =>
          entry(`${prefix}-${serviceSlug(service)}`, [`set ${service.protocol}-portrange ${portText(service)}`]),
        ),
      ),
    ];
    return `${lines.join('\n')}\n`;
  },
};

function entry(name: string, lines: readonly string[]): string[] {
  return [`    edit "${name}"`, ...lines.map((line) => `        ${line}`), '    next'];
}

function table(path: string, entries: readonly (readonly string[])[]): string[] {
  return entries.length === 0 ? [] : [`config ${path}`, ...entries.flat(), 'end'];
}

function commentOf(text: string): string[] {
  const comment = label(text, COMMENT);
  return comment === '' ? [] : [`set comment "${comment}"`];
}

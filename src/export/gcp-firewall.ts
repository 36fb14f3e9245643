import { addressGroups, labelsOf } from './address-group.js';
import type { Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { portText, type Flow } from './rule.js';
import { label, plainLabel } from './text.js';

const DESCRIPTION = plainLabel(2048);

/** What a rule holds in every release of the API. */
const RANGES = 256;

const WAYS: Readonly<Record<Flow, { readonly direction: string; readonly ranges: string }>> = {
  outbound: { direction: 'EGRESS', ranges: 'destinationRanges' },
  inbound: { direction: 'INGRESS', ranges: 'sourceRanges' },
};

/**
 * Firewall rules of a VPC network of Google Cloud: an array, of which each element is the body of a call of
 * `firewalls.insert`, or of `firewalls.update` where there is one of its name. A rule has one family.
 * Source: Compute Engine API, REST resource firewalls; Cloud NGFW, VPC firewall rules.
 */
export const gcpFirewall: Exporter = {
  id: 'gcp-firewall',
  title: 'Google Cloud VPC firewall rules',
  mediaType: 'application/json',
  extension: 'json',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [{ of: 'ranges of a rule, which is divided then', most: RANGES }],
  options: [
    // With what follows it the name of a rule has 63 characters at most.
    nameOption(20),
    {
      name: 'network',
      type: 'text',
      pattern: /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      default: 'default',
      description: 'The name of the VPC network.',
    },
    {
      name: 'priority',
      type: 'whole-number',
      least: 0,
      most: 65_535,
      default: 1000,
      description: 'The priority of the rules, of which all are the same.',
    },
  ],
  canBeEmpty: false,
  render({ rules }, options) {
    const resources = addressGroups(rules.addresses, RANGES).map((group) => {
      const { traffic } = group;
      const way = WAYS[traffic.flow];
      const description = label(labelsOf(group), DESCRIPTION);
      return {
        name: `${options.text('name')}-${group.name}`,
        ...(description === '' ? {} : { description }),
        network: `global/networks/${options.text('network')}`,
        priority: options.number('priority'),
        direction: way.direction,
        [way.ranges]: group.rules.map(({ cidr }) => cidr),
        allowed: [{ IPProtocol: traffic.protocol, ports: [portText(traffic)] }],
      };
    });
    return `${JSON.stringify(resources, null, 2)}\n`;
  },
};

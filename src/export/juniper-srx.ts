import type { Cidr } from '../model/cidr.js';
import type { Exporter } from './exporter.js';
import { NAME, blockSlug, blocksIn, namesIn, serviceSlug, servicesOf, trafficGroups } from './object-groups.js';
import { objectName, type NameRules } from './object-name.js';
import { portText, type NameRule } from './rule.js';
import { label, plainLabel } from './text.js';

const DESCRIPTION = plainLabel(900);
/** Dots are taken, but other places of the configuration do not take them. */
const NAMES: NameRules = { length: 63, allow: /_/ };

const BOOK = 'security address-book global';

/**
 * Addresses of the global address book, a set of them for each traffic, and an application for each protocol and port,
 * for `load set`. It has no policies: of one, `gatepost-out-tcp-443` is a destination and `gatepost-in-…` a source, each
 * with the application of its own ports. Loaded again, every set has what this file says and no more. The set form
 * has no comments.
 * Source: Junos OS CLI Reference, address-book and application.
 */
export const juniperSrx: Exporter = {
  id: 'juniper-srx',
  title: 'Juniper SRX address book and applications',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'set',
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
  canBeEmpty: false,
  render({ rules }, options) {
    const prefix = options.text('name');
    const groups = trafficGroups(rules);
    const slug = (text: string) => text.replaceAll('.', '_');
    const nameName = ({ name }: Pick<NameRule, 'name'>) => objectName(`${prefix}-fqdn-`, slug(name), NAMES);
    const blockName = (cidr: Cidr) => objectName(`${prefix}-ip-`, slug(blockSlug(cidr)), NAMES);
    const lines = [
      ...namesIn(rules).map((rule) => `set ${BOOK} address ${nameName(rule)} dns-name ${rule.name}`),
      ...blocksIn(rules).flatMap(({ cidr, labels }) => {
        const address = `set ${BOOK} address ${blockName(cidr)}`;
        const description = label(labels.join(', '), DESCRIPTION);
        return [`${address} ${cidr}`, ...(description === '' ? [] : [`${address} description "${description}"`])];
      }),
      ...groups.flatMap((group) => {
        const set = `${BOOK} address-set ${prefix}-${group.slug}`;
        const members = [...group.names.map(nameName), ...group.addresses.map(({ cidr }) => blockName(cidr))];
        return [
          // Made first, so that it can be deleted without a warning where it is not there yet.
          `set ${set} description gatepost`,
          `delete ${set}`,
          ...members.map((member) => `set ${set} address ${member}`),
        ];
      }),
      ...servicesOf(groups).flatMap((service) => {
        const application = `set applications application ${prefix}-${serviceSlug(service)}`;
        return [`${application} protocol ${service.protocol}`, `${application} destination-port ${portText(service)}`];
      }),
    ];
    return `${lines.join('\n')}\n`;
  },
};

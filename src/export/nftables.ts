import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { FLOWS, addressText, portText, type AddressRule, type Flow } from './rule.js';
import { label, plainLabel } from './text.js';

/** nft takes 128 bytes, and knows no escape for a quote. */
const COMMENT = plainLabel(128);

const TYPES: Readonly<Record<Family, string>> = { ipv4: 'ipv4_addr', ipv6: 'ipv6_addr' };
const ADDRESSED: Readonly<Record<Flow, { readonly chain: string; readonly side: string }>> = {
  outbound: { chain: 'output_allow', side: 'daddr' },
  inbound: { chain: 'input_allow', side: 'saddr' },
};

/**
 * A table with a set for each way and family, and chains without a hook: loading it changes no traffic before a rule of
 * the customer's jumps to them. Loading it again replaces it as a whole.
 * Source: nft(8).
 */
export const nftables: Exporter = {
  id: 'nftables',
  title: 'nftables',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'nft',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [{ of: 'bytes of a comment', most: COMMENT.bytes }],
  options: [
    {
      name: 'table',
      type: 'text',
      // A prefix of its own keeps a word of the language from being a name.
      pattern: /^gatepost[A-Za-z0-9_]{0,56}$/,
      default: 'gatepost',
      description: 'The name of the table, which begins with gatepost. It is replaced as a whole.',
    },
  ],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const table = `table inet ${options.text('table')}`;
    const sets = FLOWS.flatMap((flow) =>
      FAMILIES.map((family) => ({
        flow,
        family,
        name: `${flow}_${family}`,
        rules: rules.addresses.filter((rule) => rule.flow === flow && rule.family === family),
      })),
    ).filter((set) => set.rules.length > 0);
    return [
      ...commented(header, '#'),
      // Declared, so that it can be deleted where it is not there yet: with the delete, all is replaced in one step.
      table,
      `delete ${table}`,
      `${table} {`,
      ...sets.flatMap((set) => [
        `\tset ${set.name} {`,
        `\t\ttype ${TYPES[set.family]} . inet_proto . inet_service`,
        '\t\tflags interval',
        '\t\telements = {',
        ...set.rules.map((rule) => `\t\t\t${elementOf(rule)},`),
        '\t\t}',
        '\t}',
      ]),
      ...FLOWS.flatMap((flow) => [
        `\tchain ${ADDRESSED[flow].chain} {`,
        ...sets
          .filter((set) => set.flow === flow)
          .map(({ family, name }) => {
            const address = `${family === 'ipv4' ? 'ip' : 'ip6'} ${ADDRESSED[flow].side}`;
            return `\t\t${address} . meta l4proto . th dport @${name} counter accept`;
          }),
        '\t}',
      ]),
      '}',
      '',
    ].join('\n');
  },
};

function elementOf(rule: AddressRule): string {
  const comment = label(rule.labels.join(', '), COMMENT);
  const text = `${addressText(rule.cidr)} . ${rule.protocol} . ${portText(rule)}`;
  return comment === '' ? text : `${text} comment "${comment}"`;
}

import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import { disjoint } from './disjoint.js';
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
 * A set for each way and family, and chains without a hook: loading it changes no traffic before a rule of the
 * customer's jumps to them, which has to be in the same table. Loading it again replaces what is in the sets and the
 * chains in one step, and leaves the rest of the table as it is.
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
      description: 'The name of the table, which begins with gatepost. Chains of yours in it stay.',
    },
  ],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const table = `inet ${options.text('table')}`;
    const sets = FLOWS.flatMap((flow) =>
      FAMILIES.map((family) => ({
        flow,
        family,
        name: `${flow}_${family}`,
        ...disjoint(rules.addresses.filter((rule) => rule.flow === flow && rule.family === family)),
      })),
    );
    return [
      ...commented(header, '#'),
      '',
      '# Load it with nft -f. It opens nothing before a rule of yours in this table jumps to output_allow or input_allow.',
      `table ${table} {`,
      ...sets.flatMap(({ name, family }) => [
        `\tset ${name} {`,
        `\t\ttype ${TYPES[family]} . inet_proto . inet_service`,
        '\t\tflags interval',
        '\t}',
      ]),
      ...FLOWS.flatMap((flow) => [`\tchain ${ADDRESSED[flow].chain} {`, '\t}']),
      '}',
      // The table stays: a chain of the customer's in it, which drops the rest, must not go with what was in ours.
      ...sets.map(({ name }) => `flush set ${table} ${name}`),
      ...FLOWS.map((flow) => `flush chain ${table} ${ADDRESSED[flow].chain}`),
      ...sets.flatMap(({ name, disjoint: own }) =>
        own.length === 0 ? [] : [`add element ${table} ${name} {`, ...own.map((rule) => `\t${elementOf(rule)},`), '}'],
      ),
      ...sets.flatMap(({ name, family, flow, overlapping }) => {
        const { chain, side } = ADDRESSED[flow];
        const start = `add rule ${table} ${chain} ${family === 'ipv4' ? 'ip' : 'ip6'} ${side}`;
        return [
          `${start} . meta l4proto . th dport @${name} counter accept`,
          // A set of such elements takes none that overlaps another.
          ...overlapping.map((rule) => `${start} ${ruleOf(rule)}`),
        ];
      }),
      '',
    ].join('\n');
  },
};

function elementOf(rule: AddressRule): string {
  return `${addressText(rule.cidr)} . ${rule.protocol} . ${portText(rule)}${commentOf(rule)}`;
}

function ruleOf(rule: AddressRule): string {
  return `${addressText(rule.cidr)} ${rule.protocol} dport ${portText(rule)} counter accept${commentOf(rule)}`;
}

function commentOf({ labels }: AddressRule): string {
  const comment = label(labels.join(', '), COMMENT);
  return comment === '' ? '' : ` comment "${comment}"`;
}

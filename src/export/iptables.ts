import type { Family } from '../model/cidr.js';
import { commented } from './comment.js';
import type { Exporter } from './exporter.js';
import { nameOption } from './name-option.js';
import { FLOWS, portText, type AddressRule, type Flow } from './rule.js';
import { label, plainLabel } from './text.js';

/** What the comment match takes. */
const COMMENT = plainLabel(255);

/** A name of a chain has at most 28 characters. */
const LONGEST_NAME = 28 - '-out'.length;

const WAYS: Readonly<Record<Flow, { readonly suffix: string; readonly side: string; readonly from: string }>> = {
  outbound: { suffix: 'out', side: '-d', from: 'OUTPUT' },
  inbound: { suffix: 'in', side: '-s', from: 'INPUT' },
};

/**
 * Two chains of our own, which change no traffic before a rule of the customer's jumps to them. Loaded again with
 * `--noflush`, both are replaced in one step, and nothing else is touched.
 * Source: iptables-restore(8), iptables-extensions(8).
 */
function restorable(id: string, family: Family): Exporter {
  return {
    id,
    title: id,
    mediaType: 'text/plain; charset=utf-8',
    extension: 'rules',
    kind: 'configuration',
    supports: { names: false, wildcards: 'none', families: [family], flows: ['outbound', 'inbound'], ports: true },
    limits: [
      { of: 'characters of the name of a chain', most: 28 },
      { of: 'bytes of a comment', most: COMMENT.bytes },
    ],
    options: [nameOption(LONGEST_NAME)],
    canBeEmpty: true,
    render({ rules, header }, options) {
      const chainOf = (flow: Flow) => `${options.text('name')}-${WAYS[flow].suffix}`;
      const jumps = FLOWS.map((flow) => `${id} -I ${WAYS[flow].from} -j ${chainOf(flow)}`);
      return [
        ...commented(header, '#'),
        '',
        `# Load it with ${id}-restore --noflush. It opens nothing before rules of yours jump here, such as`,
        ...jumps.map((jump) => `# ${jump}`),
        '*filter',
        // With --noflush, a chain that is declared is emptied, and no other.
        ...FLOWS.map((flow) => `:${chainOf(flow)} - [0:0]`),
        ...rules.addresses.map((rule) => `-A ${chainOf(rule.flow)} ${matchOf(rule)} -j ACCEPT`),
        'COMMIT',
        '',
      ].join('\n');
    },
  };
}

function matchOf(rule: AddressRule): string {
  const { cidr, protocol, labels } = rule;
  const match = `${WAYS[rule.flow].side} ${cidr} -p ${protocol} -m ${protocol} --dport ${portText(rule, ':')}`;
  const comment = label(labels.join(', '), COMMENT);
  return comment === '' ? match : `${match} -m comment --comment "${comment}"`;
}

export const iptables = restorable('iptables', 'ipv4');
export const ip6tables = restorable('ip6tables', 'ipv6');

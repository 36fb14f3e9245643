import { PROTOCOLS } from '../model/catalog.js';
import { FAMILIES, type Family } from '../model/cidr.js';
import { commented } from './comment.js';
import { disjoint } from './disjoint.js';
import type { Exporter } from './exporter.js';
import { FLOWS, addressText, portText, type AddressRule, type Flow } from './rule.js';
import { TABLE_OPTION } from './table-option.js';
import { label, plainLabel } from './text.js';

/** nft takes 128 bytes, and knows no escape for a quote. */
const COMMENT = plainLabel(128);

const TYPES: Readonly<Record<Family, string>> = { ipv4: 'ipv4_addr', ipv6: 'ipv6_addr' };
const CHAINS: Readonly<Record<Flow, { readonly chain: string; readonly side: string }>> = {
  outbound: { chain: 'gatepost_output', side: 'daddr' },
  inbound: { chain: 'gatepost_input', side: 'saddr' },
};
const ADDRESS: Readonly<Record<Family, string>> = { ipv4: 'ip', ipv6: 'ip6' };

/** Every set that there is, also those that have nothing now and had something before. */
const SETS = FLOWS.flatMap((flow) => FAMILIES.map((family) => ({ flow, family, name: `gatepost_${flow}_${family}` })));

/**
 * Chains without a hook, and a set for each way and family, in a table that may be the customer's: loading it changes no
 * traffic before a rule of the customer's jumps to the chains, and loading it again replaces what is in them and nothing
 * else, in one step.
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
  options: [TABLE_OPTION],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const table = `inet ${options.text('table')}`;
    const filled = SETS.map((set) => ({
      ...set,
      rules: byProtocol(rules.addresses.filter(({ flow, family }) => flow === set.flow && family === set.family)),
    })).filter((set) => set.rules.length > 0);
    return [
      ...commented(
        [...header, `In use once a chain of table ${table} has: jump gatepost_output, jump gatepost_input`],
        '#',
      ),
      // Declared, and then emptied: so it does not matter whether they are there already.
      `table ${table} {`,
      ...FLOWS.flatMap((flow) => [`\tchain ${CHAINS[flow].chain} {`, '\t}']),
      ...SETS.flatMap(({ family, name }) => [
        `\tset ${name} {`,
        `\t\ttype ${TYPES[family]} . inet_proto . inet_service`,
        '\t\tflags interval',
        '\t}',
      ]),
      '}',
      ...FLOWS.map((flow) => `flush chain ${table} ${CHAINS[flow].chain}`),
      ...SETS.map(({ name }) => `flush set ${table} ${name}`),
      ...filled.flatMap((set) => [
        `add element ${table} ${set.name} {`,
        ...set.rules.map((rule) => `\t${elementOf(rule)},`),
        '}',
      ]),
      ...filled.map(({ flow, family, name }) => {
        const { chain, side } = CHAINS[flow];
        return `add rule ${table} ${chain} ${ADDRESS[family]} ${side} . meta l4proto . th dport @${name} counter accept`;
      }),
      '',
    ].join('\n');
  },
};

/** A set takes no elements that overlap. */
function byProtocol(rules: readonly AddressRule[]): AddressRule[] {
  return PROTOCOLS.flatMap((protocol) => disjoint(rules.filter((rule) => rule.protocol === protocol)));
}

function elementOf(rule: AddressRule): string {
  const comment = label(rule.labels.join(', '), COMMENT);
  const text = `${addressText(rule.cidr)} . ${rule.protocol} . ${portText(rule)}`;
  return comment === '' ? text : `${text} comment "${comment}"`;
}

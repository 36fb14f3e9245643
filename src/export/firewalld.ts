import { FAMILIES, type Family } from '../model/cidr.js';
import { apart } from './covered.js';
import { ExportRefusal, type Exporter, type ExportSource } from './exporter.js';
import { nameOption } from './name-option.js';
import { objectName } from './object-name.js';
import { FLOWS, addressText, byTraffic, portText, type AddressRule, type Flow, type Traffic } from './rule.js';
import { tarOf } from './tar.js';
import { COMMENT, label, plainLabel } from './text.js';
import { xmlFile, type XmlElement } from './xml.js';

/** What stands behind an address in a description. */
const BEHIND = plainLabel(200);

/** A name of a policy has at most 17 characters. */
const LONGEST_NAME = 17 - '-out'.length;
const LONGEST_IPSET = 31;

/** Of an ipset that says no other. */
const MOST_ENTRIES = 65_536;

const WAYS: Readonly<
  Record<Flow, { readonly suffix: string; readonly from: string; readonly to: string; readonly side: string }>
> = {
  outbound: { suffix: 'out', from: 'HOST', to: 'ANY', side: 'destination' },
  inbound: { suffix: 'in', from: 'ANY', to: 'HOST', side: 'source' },
};

/** An ipset, with what it passes. */
interface Group {
  readonly name: string;
  readonly traffic: Traffic;
  readonly family: Family;
  readonly rules: readonly AddressRule[];
}

/**
 * An archive to unpack in `/etc/firewalld`: two policies, one for each way, and an ipset for each traffic and family.
 * The policies accept and otherwise go on, so that zones decide on the rest. Unpacked again, they replace those before;
 * an ipset that neither names any more stays without effect.
 * Source: firewalld.policy(5), firewalld.ipset(5), firewalld.richlanguage(5).
 */
export const firewalld: Exporter = {
  id: 'firewalld',
  title: 'firewalld',
  mediaType: 'application/x-tar',
  extension: 'tar',
  kind: 'configuration',
  supports: {
    names: false,
    wildcards: 'none',
    families: ['ipv4', 'ipv6'],
    flows: ['outbound', 'inbound'],
    ports: true,
  },
  limits: [
    { of: 'characters of the name of a policy', most: 17 },
    { of: 'characters of the name of an ipset', most: LONGEST_IPSET },
    { of: 'entries of an ipset', most: MOST_ENTRIES },
  ],
  options: [nameOption(LONGEST_NAME)],
  canBeEmpty: true,
  render({ rules, header }, options) {
    const name = options.text('name');
    const groups = byTraffic(rules.addresses).flatMap(({ traffic, rules: same }) =>
      FAMILIES.flatMap((family): Group[] => {
        const own = same.filter((rule) => rule.family === family);
        if (own.length === 0) return [];
        const content = `${WAYS[traffic.flow].suffix}-${traffic.protocol}-${portText(traffic)}-${family.slice(-1)}`;
        const ipset = objectName(`${name}-`, content, { length: LONGEST_IPSET, allow: /-/ });
        return [{ name: ipset, traffic, family, rules: own }];
      }),
    );
    return tarOf([
      ...groups.map((group) => ({ path: `ipsets/${group.name}.xml`, text: xmlFile(ipsetOf(group)) })),
      ...FLOWS.map((flow) => {
        const policy = `${name}-${WAYS[flow].suffix}`;
        const own = groups.filter(({ traffic }) => traffic.flow === flow);
        return { path: `policies/${policy}.xml`, text: xmlFile(policyOf(policy, flow, own, header)) };
      }),
    ]);
  },
};

function ipsetOf({ name, family, rules }: Group): XmlElement {
  // firewalld takes no entry within another.
  const { covering, covered } = apart(rules);
  if (covering.length > MOST_ENTRIES) throw tooMany(name, covering.length);
  const within = new Map(covered.map(({ rule, by }) => [rule.cidr, ` in ${by}`]));
  const told = rules.map(({ cidr, labels }) => `${cidr}${within.get(cidr) ?? ''}: ${label(labels.join(', '), BEHIND)}`);
  return {
    name: 'ipset',
    attributes: { type: 'hash:net' },
    content: [
      ...(family === 'ipv6' ? [{ name: 'option', attributes: { name: 'family', value: 'inet6' } }] : []),
      { name: 'short', content: name },
      { name: 'description', content: lines(told) },
      ...covering.map(({ cidr }) => ({ name: 'entry', content: addressText(cidr) })),
    ],
  };
}

function policyOf(name: string, flow: Flow, groups: readonly Group[], header: ExportSource['header']): XmlElement {
  const { from, to, side } = WAYS[flow];
  const said = [
    ...header.map((line) => label(line, COMMENT)).filter((line) => line !== ''),
    'Accepts what is listed. The rest is for your zones, and for policies of yours of a higher number in priority.',
  ];
  return {
    name: 'policy',
    attributes: { target: 'CONTINUE' },
    content: [
      { name: 'short', content: name },
      { name: 'description', content: lines(groups.length === 0 ? [...said, `Nothing ${flow} is opened.`] : said) },
      { name: 'ingress-zone', attributes: { name: from } },
      { name: 'egress-zone', attributes: { name: to } },
      ...groups.map(({ name: ipset, traffic, family }) => ({
        name: 'rule',
        attributes: { family },
        content: [
          { name: side, attributes: { ipset } },
          { name: 'port', attributes: { port: portText(traffic), protocol: traffic.protocol } },
          { name: 'accept' },
        ],
      })),
    ],
  };
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `\n${text}`).join('') + (texts.length === 0 ? '' : '\n');
}

function tooMany(ipset: string, count: number): ExportRefusal {
  return new ExportRefusal(
    `The ipset ${ipset} would have ${count} entries, and can have ${MOST_ENTRIES}. Narrow the selection, or join blocks with aggregate=true.`,
  );
}

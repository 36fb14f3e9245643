import { strange, type FormatCheck } from '../check.js';
import { Lines, commentLine, dnsName, linesOf } from '../grammar.js';
import { maskedBlock, narrowBlock, putOnce, rulesOfGroups, serviceOf } from '../object-groups.js';

/** An entry of a table of FortiOS: its settings in their order, each a word with its values. */
export interface FortiosEntry {
  readonly table: string;
  readonly name: string;
  readonly settings: readonly { readonly verb: string; readonly key: string; readonly values: readonly string[] }[];
}

const VALUE = String.raw`(?:[A-Za-z0-9.:/*_-]+|"[^"\\$\u0060\u0000-\u001f]*")`;

/** The tables of a configuration: each with its end, every entry with its own, values bare or in quotes. */
export function readFortios(body: string | Uint8Array): FortiosEntry[] {
  const lines = new Lines(linesOf(body));
  const comment = /# [^\n]*/;
  lines.all(comment);
  const entries: FortiosEntry[] = [];
  while (lines.next !== undefined) {
    const [, table = ''] = lines.take(/config ([a-z][a-z0-9 ]*)/);
    for (
      let edit = lines.maybe(/ {4}edit "([^"\\]+)"/);
      edit !== undefined;
      edit = lines.maybe(/ {4}edit "([^"\\]+)"/)
    ) {
      const settings = lines.all(new RegExp(` {8}(set|append) ([a-z0-9-]+)((?: ${VALUE})+)`)).map((found) => {
        const [, verb = '', key = '', values = ''] = found;
        return { verb, key, values: (values.match(new RegExp(VALUE, 'g')) ?? []).map(unquoted) };
      });
      lines.take(/ {4}next/);
      entries.push({ table, name: edit[1]!, settings });
    }
    if (entries.at(-1)?.table !== table) strange('an empty table', table);
    lines.take(/end/);
  }
  return entries;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1) : value;
}

/** The far side of an address, whose settings must be these and no others. */
function farSideOf({ table, settings, name }: FortiosEntry): string {
  const [last] = settings.slice(-1);
  const isCommented = last?.key === 'comment';
  if (isCommented && (last.values.length !== 1 || last.values[0]!.length > 255)) strange('a comment', name);
  const rest = isCommented ? settings.slice(0, -1) : settings;
  const [type, value, ...more] = rest.map(({ verb, key, values }) => `${verb} ${key} ${values.join(' ')}`);
  const found = /^set (?:fqdn (\S+)|subnet (\S+) (\S+)|ip6 (\S+))$/.exec(value ?? '');
  const [, fqdn, address, mask, block6] = found ?? [];
  if (more.length > 0) strange('more settings', more.join());
  if (type === 'set type fqdn' && fqdn !== undefined && !isCommented) return dnsName(fqdn);
  if (type === 'set type ipmask' && mask !== undefined && table === 'firewall address')
    return maskedBlock(address!, mask);
  if (type === 'set type ipprefix' && block6?.includes(':') && block6.includes('/') && table === 'firewall address6') {
    return narrowBlock(block6);
  }
  return strange('no address', `${name} ${type} ${value}`);
}

/** The first is set, each after it appended. */
function membersOf({ settings, name }: FortiosEntry): string[] {
  return settings.map(({ verb, key, values }, i) => {
    const isRight = key === 'member' && values.length === 1 && verb === (i === 0 ? 'set' : 'append');
    return isRight ? values[0]! : strange('no member', name);
  });
}

const TABLES = [
  'firewall address',
  'firewall address6',
  'firewall addrgrp',
  'firewall addrgrp6',
  'firewall service custom',
];

/** Tables in the order in which one refers to another, each entry used; names in groups of both families alike. */
function read(body: string | Uint8Array): string[] {
  const comments = linesOf(body).filter((line) => line.startsWith('#'));
  for (const line of comments) new Lines([line]).take(commentLine('#'));
  const entries = readFortios(body);
  const tables = entries.map(({ table }) => TABLES.indexOf(table));
  if (tables.includes(-1) || tables.join() !== tables.toSorted((a, b) => a - b).join()) strange('other tables', '');
  const addresses = [new Map<string, string>(), new Map<string, string>()];
  const groups = [new Map<string, string[]>(), new Map<string, string[]>()];
  const services = new Map<string, string>();
  const [first = new Map(), second = new Map()] = addresses;
  for (const entry of entries) {
    const { table, name, settings } = entry;
    const i = table.endsWith('6') ? 1 : 0;
    if (table.startsWith('firewall address')) {
      if (first.has(name) || second.has(name)) strange('a name twice', name);
      putOnce(addresses[i]!, name, farSideOf(entry), 79);
    } else if (table.startsWith('firewall addrgrp')) {
      if (i === 1 && !name.endsWith('-v6')) strange('no name of a group', name);
      putOnce(groups[i]!, i === 1 ? name.slice(0, -3) : name, membersOf(entry), 79);
    } else {
      const [range, ...more] = settings;
      const protocol = range?.key.replace('-portrange', '') ?? '';
      if (more.length > 0 || range?.verb !== 'set' || range.values.length !== 1) strange('no service', name);
      if (!['tcp', 'udp'].includes(protocol)) strange('no protocol', protocol);
      putOnce(services, name, serviceOf(name, protocol, range.values[0]!), 79);
    }
  }
  const told = [0, 1].map((i) => {
    const of = [...groups[i]!.keys()].map((name) => name.replace(/^.*-(?:out|in)-/, ''));
    const used = new Map([...services].filter(([name]) => of.some((service) => name.endsWith(service))));
    return rulesOfGroups({ addresses: addresses[i]!, groups: groups[i]!, services: used });
  });
  const all = [...groups[0]!.keys(), ...groups[1]!.keys()].map((name) => name.replace(/^.*-(?:out|in)-/, ''));
  for (const name of services.keys()) if (!all.some((service) => name.endsWith(`-${service}`))) strange('unused', name);
  const [names4, names6] = told.map((rules) => rules.filter((rule) => !rule.includes('/')).join('\n'));
  if (names4 !== names6) strange('other names of IPv6', `${names4} ${names6}`);
  return [...told[0]!, ...told[1]!.filter((rule) => rule.includes('/'))];
}

export const fortigateCheck: FormatCheck = {
  id: 'fortigate',
  read,
  broken: {
    'no end': (body) => body.replace(/end\n$/, ''),
    'an entry without its end': (body) => body.replace('    next\n', ''),
    'an unknown setting': (body) => body.replace('set subnet', 'set subnett'),
    'a mask that is none': (body) => body.replace(/(set subnet \S+) \S+/, '$1 255.0.255.0'),
    'host bits': (body) => body.replace(/(set subnet \S+) \S+/, '$1 255.0.0.0'),
    'a port that is none': (body) => body.replace(/-portrange \d+/, '-portrange 99999'),
    'other ports than the name': (body) => body.replace(/-portrange \d+/, '-portrange 22'),
    'a member that is not there': (body) => body.replace(/set member "/, 'set member "gatepost-x'),
    'a second set in place of an append': (body) => body.replace('append member', 'set member'),
    'a quote that is not closed': (body) => body.replace(/(set comment "[^"]*)"/, '$1'),
    'an entry of all addresses': (body) => body.replace(/set subnet .*/, 'set subnet 0.0.0.0 0.0.0.0'),
    'a live line after a comment': (body) => body.replace('\n', '\nexecute factoryreset\n'),
  },
};

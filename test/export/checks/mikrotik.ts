import { strange, type FormatCheck } from '../check.js';
import { Lines, commentLine, dnsName, linesOf, ports } from '../grammar.js';
import { narrowBlock } from '../object-groups.js';

/** A command of RouterOS in its menu: its arguments in their order. */
export interface RouterosCommand {
  readonly menu: string;
  readonly verb: string;
  /** Of `remove`, what it finds. */
  readonly argument: readonly (readonly [name: string, value: string])[];
}

const ARGUMENT = String.raw` [a-z-]+=(?:[A-Za-z0-9._:/-]+|"[^"\\$?]*")`;

/** The commands of a script: after comments, a menu on a line of its own, and commands of that menu. */
export function readRouteros(body: string | Uint8Array): RouterosCommand[] {
  const lines = new Lines(linesOf(body));
  lines.all(/# [^\n]*/);
  const commands: RouterosCommand[] = [];
  while (lines.next !== undefined) {
    const [menu] = lines.take(/\/(?:ip|ipv6) firewall (?:filter|address-list)/);
    const before = commands.length;
    for (;;) {
      const remove = lines.maybe(/remove \[find comment~"(\^[A-Za-z0-9:-]+)"\]/);
      const add = remove ?? lines.maybe(new RegExp(`add((?:${ARGUMENT})+)`));
      if (add === undefined) break;
      const found = add[1]!.match(new RegExp(ARGUMENT, 'g')) ?? [];
      const argument = found.map((text): [string, string] => {
        const [, name = '', value = ''] = /^ ([a-z-]+)="?([^"]*)"?$/.exec(text)!;
        return [name, value];
      });
      commands.push({
        menu,
        verb: remove === undefined ? 'add' : 'remove',
        argument: remove ? [['find', add[1]!]] : argument,
      });
    }
    if (commands.length === before) strange('a menu without a command', menu);
  }
  return commands;
}

/** The values of a command that has these arguments, in this order, and no others. */
function valuesOf({ argument }: RouterosCommand, ...names: readonly string[]): string[] {
  if (argument.map(([name]) => name).join() !== names.join()) strange('other arguments', argument.join(' '));
  return argument.map(([, value]) => value);
}

const WAYS: Readonly<Record<string, string>> = { outbound: 'dst-address-list', inbound: 'src-address-list' };

/** For each family: what was made is removed, then lists are filled, then each is used by one rule of our chains. */
function read(body: string | Uint8Array): string[] {
  for (const line of linesOf(body)) if (line.startsWith('#')) new Lines([line]).take(commentLine('#'));
  const commands = readRouteros(body);
  const removed = commands.filter(({ verb }) => verb === 'remove');
  const [first = strange('nothing is removed', '')] = removed.map((command) => valuesOf(command, 'find')[0]!);
  const prefix = /^\^(gatepost[A-Za-z0-9-]*):$/.exec(first)?.[1] ?? strange('not ours', first);
  const told = ['/ip firewall', '/ipv6 firewall'].map((firewall) => {
    const own = commands.filter(({ menu }) => menu.startsWith(`${firewall} `));
    const verbs = own.map(({ menu, verb }) => `${verb} ${menu.slice(firewall.length + 1)}`).join('\n');
    if (!/^remove filter\nremove address-list(\nadd address-list)*(\nadd filter)*$/.test(verbs))
      strange('another order', verbs);
    for (const command of own.slice(0, 2)) if (valuesOf(command, 'find')[0] !== first) strange('not ours', first);
    const lists = new Map<string, string[]>();
    const rules: string[] = [];
    for (const command of own.slice(2)) {
      const comment = command.argument.at(-1)?.[1] ?? '';
      if (!comment.startsWith(`${prefix}:`) || comment.length > 200) strange('a comment', comment);
      if (command.menu.endsWith('address-list')) {
        const [list = '', address = ''] = valuesOf(command, 'list', 'address', 'comment');
        const isBlock = /[:/]|^[\d.]+$/.test(address);
        if (isBlock && address.includes(':') !== (firewall === '/ipv6 firewall')) strange('another family', address);
        const entry = isBlock ? narrowBlock(address) : dnsName(address);
        if (entry.startsWith('*.') || lists.get(list)?.includes(entry)) strange('not taken, or twice', entry);
        lists.set(list, [...(lists.get(list) ?? []), entry]);
      } else {
        const side = command.argument[4]?.[0] ?? '';
        const names = ['chain', 'action', 'protocol', 'dst-port', side, 'comment'];
        const [chain, action, protocol = '', range = '', list = ''] = valuesOf(command, ...names);
        const flow =
          chain === `${prefix}-out`
            ? 'outbound'
            : chain === `${prefix}-in`
              ? 'inbound'
              : strange('a chain', `${chain}`);
        if (action !== 'accept' || side !== WAYS[flow] || !['tcp', 'udp'].includes(protocol)) strange('a rule', side);
        const entries = lists.get(list) ?? strange('no such list', list);
        lists.delete(list);
        rules.push(...entries.map((entry) => `${flow} ${protocol} ${ports(range)} ${entry}`));
      }
    }
    if (lists.size > 0) strange('a list that no rule uses', [...lists.keys()].join());
    return rules;
  });
  const [names4, names6] = told.map((rules) => rules.filter((rule) => !rule.includes('/')).join('\n'));
  if (names4 !== names6) strange('other names of IPv6', `${names4} ${names6}`);
  return [...told[0]!, ...told[1]!.filter((rule) => rule.includes('/'))];
}

export const mikrotikCheck: FormatCheck = {
  id: 'mikrotik',
  read,
  broken: {
    'an unknown argument': (body) => body.replace('address=', 'adress='),
    'an address that is none': (body) => body.replace(/address=[\d.]+/, 'address=20.0.0.300'),
    'IPv6 in a list of IPv4': (body) => body.replace(/address=[\d.]+/, 'address=2600::1'),
    'a list of everything': (body) => body.replace(/address=[\d./]+/, 'address=0.0.0.0/0'),
    'a wildcard': (body) => body.replace(/(list=\S+ address=)[a-z]/, '$1*.'),
    'a port that is none': (body) => body.replace(/dst-port=\d+/, 'dst-port=99999'),
    'a rule without a list': (body) => body.replace(/ dst-address-list=\S+/, ''),
    'a rule of the chain of all': (body) => body.replace('chain=gatepost-out', 'chain=forward'),
    'a list that nothing uses': (body) => body.replace(/add chain=.*\n/, ''),
    'more is removed': (body) => body.replace('"^gatepost:"', '"^"'),
    'nothing is removed': (body) => body.replace(/remove .*\n/, ''),
    'a quote that is not closed': (body) => body.replace(/(comment="[^"]*)"/, '$1'),
    'a live line after a comment': (body) => body.replace('\n', '\n/system reset-configuration\n'),
  },
};

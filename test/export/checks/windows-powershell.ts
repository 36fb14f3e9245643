import { strange, type FormatCheck } from '../check.js';
import { Lines, commentLine, linesOf, ports } from '../grammar.js';
import { narrowBlock } from '../object-groups.js';

const FLOWS = {
  Outbound: { flow: 'outbound', slug: 'out', ports: 'RemotePort' },
  Inbound: { flow: 'inbound', slug: 'in', ports: 'LocalPort' },
} as const;

/** A string in single quotes, of characters that no shell takes for quotes. */
const STRING = "'([A-Za-z0-9 .:/-]+)'";

/** The parameters of a command by their names; values are words, variables and strings in single quotes. */
export function powershellParameters(text: string): Map<string, string> {
  const form = new RegExp(`-([A-Za-z]+) (?:${STRING}|([A-Za-z0-9]+|\\$[a-z]+))(?: |$)`, 'y');
  const parameters = new Map<string, string>();
  for (let at = 0; at < text.length; at = form.lastIndex) {
    form.lastIndex = at;
    const [, name = '', string, word = ''] = form.exec(text) ?? strange('no parameter', text.slice(at));
    if (parameters.has(name)) strange('a parameter twice', name);
    parameters.set(name, string ?? word);
  }
  return parameters;
}

const PARAMETERS = 'Group,Name,DisplayName,Direction,Action,Protocol';

/** Our group is removed, and made anew: a rule for each traffic, of the ports in its name. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(commentLine('#'));
  lines.take(/\$ErrorActionPreference = 'Stop'/);
  const [, group = ''] = lines.take(/\$group = '(gatepost[A-Za-z0-9-]*)'/);
  lines.take(/Get-NetFirewallRule -Group \$group -ErrorAction SilentlyContinue \| Remove-NetFirewallRule/);
  const names = new Set<string>();
  const rules: string[] = [];
  while (lines.next !== undefined) {
    const [, text = ''] = lines.take(/New-NetFirewallRule (.*) -RemoteAddress @\(/);
    const given = powershellParameters(text);
    const valueOf = (name: string) => given.get(name) ?? strange('no parameter', name);
    const direction = valueOf('Direction');
    if (direction !== 'Outbound' && direction !== 'Inbound') return strange('no direction', direction);
    const { flow, slug, ports: side } = FLOWS[direction];
    if ([...given.keys()].join() !== `${PARAMETERS},${side}`) strange('other parameters', text);
    if (valueOf('Group') !== '$group' || valueOf('Action') !== 'Allow') strange('no rule of ours', text);
    const protocol = valueOf('Protocol').toLowerCase();
    if (!['tcp', 'udp'].includes(protocol)) strange('no protocol', protocol);
    const name = valueOf('Name');
    if (name !== `${group}-${slug}-${protocol}-${valueOf(side)}` || name !== valueOf('DisplayName'))
      strange('a name', name);
    if (names.has(name)) strange('a name twice', name);
    names.add(name);
    const addresses = lines
      .all(/ {4}'([0-9a-f.:/]+)'(?: # [A-Za-z0-9 ._:/()#,@+=*-]+)?/)
      .map(([, text = '']) => narrowBlock(text));
    if (addresses.length === 0 || new Set(addresses).size < addresses.length) strange('no address, or one twice', name);
    lines.take(/\) \| Out-Null/);
    rules.push(...addresses.map((address) => `${flow} ${protocol} ${ports(valueOf(side))} ${address}`));
  }
  return rules;
}

export const windowsPowershellCheck: FormatCheck = {
  id: 'windows-powershell',
  read,
  broken: {
    'an unknown parameter': (body) => body.replace('-RemotePort', '-RemotePorts'),
    'an address that is none': (body) => body.replace(/ {4}'[\d.]+'/, "    '20.0.0.300'"),
    'a rule of everything': (body) => body.replace(/ {4}'[\d./]+'/, "    '0.0.0.0/0'"),
    'a rule without addresses': (body) => body.replace(/@\(\n(?: {4}.*\n)+/, '@(\n'),
    'a port that is none': (body) => body.replaceAll('443', '99999'),
    'other ports than the name': (body) => body.replace(/-RemotePort '\d+'/, "-RemotePort '22'"),
    'a quote that is not closed': (body) => body.replace(/( {4}'[\d.]+)'/, '$1'),
    'a curly quote': (body) => body.replace(/ {4}'([\d.]+)'/, '    ‘$1’'),
    'a rule of all ports': (body) => body.replace(/ -RemotePort '\d+'/, ''),
    'a rule that blocks': (body) => body.replace('-Action Allow', '-Action Block'),
    'another group is removed': (body) => body.replace("$group = 'gatepost'", "$group = '*'"),
    'no end': (body) => body.replace(/\) \| Out-Null\n$/, ''),
    'a live line after a comment': (body) => body.replace('\n', '\nStop-Computer\n'),
  },
};

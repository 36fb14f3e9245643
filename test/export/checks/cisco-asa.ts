import { strange, type FormatCheck } from '../check.js';
import { Lines, commentLine, dnsName, linesOf } from '../grammar.js';
import { maskedBlock, narrowBlock, putOnce, rulesOfGroups, serviceOf } from '../object-groups.js';

/** The commands of a device that we know, each with its words; those of a mode begin with a space. */
const COMMANDS = {
  object: /object network (\S+)/,
  fqdn: / fqdn (\S+)/,
  host: / host (\S+)/,
  subnet: / subnet (\d\S+) (\d\S+)/,
  subnet6: / subnet ([0-9a-f:]+\/\d+)/,
  description: / description ([ -~]{1,200})/,
  group: /object-group network (\S+)/,
  memberObject: / network-object object (\S+)/,
  memberHost: / network-object host (\S+)/,
  memberSubnet: / network-object (\d\S*\.\S+) (\d\S+)/,
  memberSubnet6: / network-object ([0-9a-f:]+\/\d+)/,
  service: /object-group service (\S+) (tcp|udp)/,
  port: / port-object eq (\d+)/,
  ports: / port-object range (\d+) (\d+)/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** A line as the device takes it: which command it is, and its words. */
export function asaCommand(line: string): readonly [command: keyof typeof COMMANDS, ...words: string[]] {
  for (const [command, form] of Object.entries(COMMANDS)) {
    const found = new Lines([line]).maybe(form);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of the table above
    if (found !== undefined) return [command as keyof typeof COMMANDS, ...found.slice(1)];
  }
  return strange('no command', line);
}

/** Objects, groups of them, and groups of services, in this order, each of what we write and used. */
function read(body: string | Uint8Array): string[] {
  const lines = new Lines(linesOf(body));
  lines.all(commentLine('!'));
  const addresses = new Map<string, string>();
  const groups = new Map<string, string[]>();
  const services = new Map<string, string>();
  if (/[?"\\]/.test(String(body))) strange('what a terminal takes for more than text', '');
  for (let found = lines.maybe(COMMANDS.object); found !== undefined; found = lines.maybe(COMMANDS.object)) {
    const [, name = ''] = found;
    const [command, first = '', second = ''] = asaCommand(lines.take(/ .*/)[0]);
    if (command === 'fqdn') putOnce(addresses, name, dnsName(first), 64);
    else if (command === 'host' && !first.includes('/')) putOnce(addresses, name, narrowBlock(first), 64);
    else if (command === 'subnet') putOnce(addresses, name, maskedBlock(first, second), 64);
    else if (command === 'subnet6') putOnce(addresses, name, narrowBlock(first), 64);
    else strange('no object', name);
    if (command !== 'fqdn') lines.maybe(COMMANDS.description);
  }
  for (let found = lines.maybe(COMMANDS.group); found !== undefined; found = lines.maybe(COMMANDS.group)) {
    const members = lines.all(COMMANDS.memberObject).map(([, member = '']) => member);
    putOnce(groups, found[1]!, members, 64);
  }
  for (let found = lines.maybe(COMMANDS.service); found !== undefined; found = lines.maybe(COMMANDS.service)) {
    const [, name = '', protocol = ''] = found;
    const [, from = '', to = from] = lines.maybe(COMMANDS.port) ?? lines.take(COMMANDS.ports);
    putOnce(services, name, serviceOf(name, protocol, from === to ? from : `${from}-${to}`), 64);
  }
  lines.end();
  // Objects and groups have their names from one space.
  const all = [...addresses.keys(), ...groups.keys(), ...services.keys()];
  if (new Set(all).size < all.length) strange('a name twice', '');
  return rulesOfGroups({ addresses, groups, services });
}

export const ciscoAsaCheck: FormatCheck = {
  id: 'cisco-asa',
  read,
  broken: {
    'an unknown word': (body) => body.replace('network-object object', 'network-objekt object'),
    'an address that is none': (body) => body.replace(/ subnet [\d.]+/, ' subnet 20.0.0.300'),
    'a prefix in place of a mask': (body) => body.replace(/( subnet [\d.]+) [\d.]+/, '$1/24'),
    'a mask that is none': (body) => body.replace(/( subnet [\d.]+) [\d.]+/, '$1 255.0.255.0'),
    'a port that is none': (body) => body.replace(/port-object eq \d+/, 'port-object eq 99999'),
    'other ports than the name': (body) => body.replace(/port-object eq \d+/, 'port-object eq 22'),
    'a group without members': (body) => body.replace(/(object-group network .*\n)(?: .*\n)+/, '$1'),
    'a member that is not there': (body) => body.replace('network-object object ', 'network-object object gatepost-x'),
    'an object of anything': (body) => body.replace(/ subnet [\d.]+ [\d.]+/, ' subnet 0.0.0.0 0.0.0.0'),
    'a name that is too long': (body) => body.replaceAll('gatepost-out', `gatepost-${'x'.repeat(56)}-out`),
    'help in the middle of it': (body) => body.replace(/(description .*)/, '$1?'),
    'a live line after a comment': (body) => body.replace('\n', '\nno access-list x\n'),
  },
};

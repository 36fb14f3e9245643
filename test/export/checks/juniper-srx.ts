import { strange, type FormatCheck } from '../check.js';
import { Lines, dnsName, linesOf } from '../grammar.js';
import { narrowBlock, putOnce, rulesOfGroups, serviceOf } from '../object-groups.js';

const BOOK = 'security address-book global';

/** The statements of a device that we know, each with its words. */
const STATEMENTS = {
  dnsName: new RegExp(`set ${BOOK} address (\\S+) dns-name (\\S+)`),
  description: new RegExp(`set ${BOOK} address (\\S+) description "([^"\\\\]{1,900})"`),
  prefix: new RegExp(`set ${BOOK} address (\\S+) ([0-9a-f.:]+/\\d+)`),
  setDescription: new RegExp(`set ${BOOK} address-set (\\S+) description (\\S+)`),
  deleteSet: new RegExp(`delete ${BOOK} address-set (\\S+)`),
  member: new RegExp(`set ${BOOK} address-set (\\S+) address (\\S+)`),
  protocol: /set applications application (\S+) protocol (tcp|udp)/,
  port: /set applications application (\S+) destination-port ([\d-]+)/,
} as const satisfies Readonly<Record<string, RegExp>>;

/** A line as the device takes it: which statement it is, and its words. */
export function junosStatement(line: string): readonly [statement: keyof typeof STATEMENTS, ...words: string[]] {
  for (const [statement, form] of Object.entries(STATEMENTS)) {
    const found = new Lines([line]).maybe(form);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of the table above
    if (found !== undefined) return [statement as keyof typeof STATEMENTS, ...found.slice(1)];
  }
  return strange('no statement', line);
}

/** Addresses, then sets, each made and deleted before its members, then applications. */
function read(body: string | Uint8Array): string[] {
  const all = linesOf(body).map(junosStatement);
  const addresses = new Map<string, string>();
  const groups = new Map<string, string[]>();
  const services = new Map<string, string>();
  const order = {
    dnsName: 0,
    prefix: 1,
    description: 1,
    setDescription: 2,
    deleteSet: 2,
    member: 2,
    protocol: 3,
    port: 3,
  };
  let group = '';
  for (const [i, [statement, name = '', value = '']] of all.entries()) {
    const [before, nameBefore] = all[i - 1] ?? ['dnsName' as const];
    const [next, nameNext, valueNext = ''] = all[i + 1] ?? [undefined];
    if (order[before] > order[statement]) strange('another order', name);
    if (statement === 'dnsName') putOnce(addresses, name, dnsName(value), 63);
    else if (statement === 'prefix') putOnce(addresses, name, narrowBlock(value), 63);
    else if (statement === 'description') {
      if (before !== 'prefix' || nameBefore !== name) strange('another address', name);
    } else if (statement === 'setDescription') {
      if (next !== 'deleteSet' || nameNext !== name || value !== 'gatepost') strange('not made to be deleted', name);
    } else if (statement === 'deleteSet') {
      if (before !== 'setDescription' || nameBefore !== name) strange('not there yet', name);
      putOnce(groups, name, [], 63);
      group = name;
    } else if (statement === 'member') {
      if (group !== name) strange('another set', name);
      groups.get(name)!.push(value);
    } else if (statement === 'protocol') {
      if (next !== 'port' || nameNext !== name) strange('no ports', name);
      putOnce(services, name, serviceOf(name, value, valueNext), 63);
    } else if (before !== 'protocol' || nameBefore !== name) strange('no protocol', name);
  }
  for (const name of [...addresses.keys(), ...groups.keys(), ...services.keys()]) {
    if (name.includes('.')) strange('a dot', name);
  }
  return rulesOfGroups({ addresses, groups, services });
}

export const juniperSrxCheck: FormatCheck = {
  id: 'juniper-srx',
  read,
  broken: {
    'a comment': (body) => `# x\n${body}`,
    'an unknown word': (body) => body.replace('address-book', 'adress-book'),
    'host bits': (body) => body.replace(/(address \S+ [\d.]+)\.0\/\d+/, '$1.9/24'),
    'a prefix of everything': (body) => body.replace(/(address \S+) [\d.]+\/\d+/, '$1 0.0.0.0/0'),
    'an address without its length': (body) => body.replace(/(address \S+ [\d.]+)\/\d+/, '$1'),
    'a port that is none': (body) => body.replace(/destination-port \d+/, 'destination-port 99999'),
    'other ports than the name': (body) => body.replace(/destination-port \d+/, 'destination-port 22'),
    'a set that is deleted last': (body) => `${body}delete ${BOOK} address-set gatepost-out-tcp-443\n`,
    'a set that is not deleted': (body) => body.replace(/delete .*\n/, ''),
    'a member that is not there': (body) => body.replace(/(address-set \S+ address )/, '$1gatepost-x'),
    'a quote that is not closed': (body) => body.replace(/(description "[^"]*)"/, '$1'),
    'a live line': (body) => body.replace('\n', '\nset system root-authentication plain-text-password\n'),
    'no end': (body) => body.trimEnd(),
  },
};

import { strange } from './check.js';
import { block, ports } from './grammar.js';

/** The objects of a device by their names: what each is, or what is in it. */
export interface DeviceObjects {
  /** Far sides: a block in canonical text, or a name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The names of the far sides in each group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Such as `tcp 443-443`. */
  readonly services: ReadonlyMap<string, string>;
}

/** Puts something under its name, which may be taken once. */
export function putOnce<T>(map: Map<string, T>, name: string, value: T, longest = 255): void {
  if (map.has(name)) strange('a name twice', name);
  if (name.length > longest || !/^gatepost[A-Za-z0-9._-]*[A-Za-z0-9]$/.test(name)) strange('no name of ours', name);
  map.set(name, value);
}

const FLOWS: Readonly<Record<string, string>> = { out: 'outbound', in: 'inbound' };

/** What the groups let through, each with the service that has its ports. Nothing is missing, and nothing is unused. */
export function rulesOfGroups({ addresses, groups, services }: DeviceObjects): string[] {
  const used = new Set<string>();
  const rules = [...groups].flatMap(([name, members]) => {
    const [, prefix = '', flow = '', service = ''] =
      /^(gatepost[A-Za-z0-9-]*?)-(out|in)-((?:tcp|udp)-[\d-]+)$/.exec(name) ?? strange('no group of ours', name);
    const traffic = services.get(`${prefix}-${service}`) ?? strange('no such service', name);
    if (members.length === 0 || new Set(members).size < members.length) strange('no members, or one twice', name);
    used.add(`${prefix}-${service}`);
    return members.map((member) => {
      used.add(member);
      return `${FLOWS[flow]} ${traffic} ${addresses.get(member) ?? strange('no such object', member)}`;
    });
  });
  const unused = [...addresses.keys(), ...services.keys()].find((name) => !used.has(name));
  if (unused !== undefined) strange('unused', unused);
  return rules;
}

/** A block that is not nearly everything: none that a catalog or a customer can ask for is wider. */
export function narrowBlock(text: string): string {
  const found = block(text);
  const prefix = Number(found.slice(found.indexOf('/') + 1));
  return prefix < (found.includes(':') ? 16 : 8) ? strange('nearly everything', found) : found;
}

/** A service as its name has it, which its ports must agree with. */
export function serviceOf(name: string, protocol: string, range: string): string {
  if (!name.endsWith(`-${protocol}-${range}`)) strange('other ports than its name', `${name} ${range}`);
  return `${protocol} ${ports(range)}`;
}

/** A block of IPv4 from its address and mask. */
export function maskedBlock(address: string, mask: string): string {
  const bits = mask.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'));
  const ones = /^(1*)0*$/.exec(bits.join(''))?.[1]?.length;
  if (ones === undefined || bits.length !== 4 || bits.join('').length !== 32) strange('no mask', mask);
  return narrowBlock(`${address}/${ones}`);
}

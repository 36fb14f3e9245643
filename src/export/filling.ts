import type { Alias, Catalog } from '../model/catalog.js';
import { blockOf, formatBlock, overlaps, parseBlock, rangeOf, type Block, type Cidr } from '../model/cidr.js';
import type { Fault } from '../model/error.js';
import { parseHostName } from '../model/host-name.js';
import { INTERNET } from '../model/requirement.js';
import { MOST_VALUES, namingOf, tooManyValues, unknownValue } from '../model/naming.js';

/** What the customer says of a placeholder or a zone: names, or blocks in their canonical text. */
export interface Filling {
  readonly of: string;
  readonly values: readonly string[];
}

export interface ParsedFillings {
  readonly fillings: readonly Filling[];
  readonly faults: readonly Fault[];
  /** The old names that were used. */
  readonly aliases: readonly Alias[];
}

/** A wider block is hardly what a customer means, and would open what nobody asked for. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;

/**
 * What nobody opens a connection to, or an address that is written otherwise: this host, link-local, multicast, reserved,
 * IPv4 in IPv6. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries.
 */
const NEVER = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0/96',
  'fe80::/10',
  'ff00::/8',
].map((text) => rangeOf(blockOf(text as Cidr)));

/**
 * Reads values such as `third-party-registries:registry.example.com` and `admin-network:10.1.0.0/16`, in any order.
 * A zone takes networks; a placeholder takes networks, names and wildcards.
 */
export function parseFillings(texts: readonly string[], catalog: Catalog): ParsedFillings {
  const zones = catalog.zones.filter(({ name }) => name !== INTERNET);
  const placeholders = catalog.endpoints.filter(({ kind }) => kind === 'placeholder');
  const known = [...new Set([...placeholders, ...zones].map(({ name }) => name))];
  const naming = namingOf([...placeholders, ...zones]);
  const faults: Fault[] = [];
  const aliases: Alias[] = [];
  const values = new Map<string, Set<string>>();
  if (texts.length > MOST_VALUES) return { fillings: [], faults: [tooManyValues('fill', texts.length)], aliases };
  for (const text of texts) {
    const colon = text.indexOf(':');
    const said = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + 1);
    const alias = known.includes(said) ? undefined : naming.aliasOf.get(said);
    if (alias !== undefined) aliases.push(alias.alias);
    const of = alias?.name ?? said;
    const isZone = zones.some(({ name }) => name === of);
    const read = known.includes(of) ? readValue(value, isZone) : undefined;
    if (!known.includes(of)) faults.push(unknownValue('fill', said, known, naming));
    else if (read === undefined) faults.push(malformed(text, of, isZone));
    else values.set(of, (values.get(of) ?? new Set()).add(read));
  }
  const fillings = known.flatMap((of) => (values.has(of) ? [{ of, values: [...values.get(of)!].sort() }] : []));
  return { fillings, faults, aliases };
}

function readValue(text: string, isZone: boolean): string | undefined {
  const parsed = parseBlock(text);
  if (parsed.ok) return isNetwork(parsed.block) ? formatBlock(parsed.block) : undefined;
  const name = text.startsWith('*.') ? text.slice(2) : text;
  // A star directly beneath the root of names stands for everybody's.
  const isTooWide = name !== text && !name.includes('.');
  return isZone || isTooWide || parseHostName(name) === undefined ? undefined : text;
}

function isNetwork(block: Block): boolean {
  return block.prefix >= WIDEST[block.family] && !NEVER.some((range) => overlaps(range, rangeOf(block)));
}

function malformed(text: string, of: string, isZone: boolean): Fault {
  const takes = `a network such as ${of}:10.1.0.0/16${isZone ? '' : `, or a name such as ${of}:registry.example.com`}`;
  return {
    code: 'malformed-value',
    parameter: 'fill',
    value: text,
    message:
      `"${text}" does not say what ${of} is. It takes ${takes}. A network has host bits zero, is no wider than ` +
      `/${WIDEST.ipv4} in IPv4 and /${WIDEST.ipv6} in IPv6, and is not loopback, link-local or multicast; ` +
      'a name is in lower case, without a scheme, a port or a dot at its end. Repeat the name for each value.',
    allowed: [takes],
    didYouMean: null,
  };
}

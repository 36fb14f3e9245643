import type { Catalog } from '../model/catalog.js';
import { formatBlock, parseBlock, type Block } from '../model/cidr.js';
import type { Fault } from '../model/error.js';
import { parseHostName } from '../model/host-name.js';
import { INTERNET } from '../model/requirement.js';
import { unknownValue } from '../model/naming.js';

/** What the customer says of a placeholder or a zone: names, or blocks in their canonical text. */
export interface Filling {
  readonly of: string;
  readonly values: readonly string[];
}

/** A wider block is hardly what a customer means, and would open what nobody asked for. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;

/**
 * Reads values such as `third-party-registries:registry.example.com` and `admin-network:10.1.0.0/16`, in any order.
 * A zone takes networks; a placeholder takes networks, names and wildcards.
 */
export function parseFillings(
  texts: readonly string[],
  catalog: Catalog,
): { readonly fillings: readonly Filling[]; readonly faults: readonly Fault[] } {
  const zones = catalog.zones.map(({ name }) => name).filter((name) => name !== INTERNET);
  const placeholders = catalog.endpoints.filter(({ kind }) => kind === 'placeholder').map(({ name }) => name);
  const known = [...placeholders, ...zones];
  const faults: Fault[] = [];
  const values = new Map<string, Set<string>>();
  for (const text of texts) {
    const colon = text.indexOf(':');
    const of = colon === -1 ? text : text.slice(0, colon);
    const value = colon === -1 ? '' : text.slice(colon + 1);
    if (!known.includes(of)) faults.push(unknownValue('fill', of, known));
    else {
      const read = readValue(value, zones.includes(of));
      if (read === undefined) faults.push(malformed(text, of, zones.includes(of)));
      else values.set(of, (values.get(of) ?? new Set()).add(read));
    }
  }
  const fillings = known.flatMap((of) => (values.has(of) ? [{ of, values: [...values.get(of)!].sort() }] : []));
  return { fillings, faults };
}

function readValue(text: string, isZone: boolean): string | undefined {
  const parsed = parseBlock(text);
  if (parsed.ok) return isNetwork(parsed.block) ? formatBlock(parsed.block) : undefined;
  const name = text.startsWith('*.') ? text.slice(2) : text;
  return isZone || parseHostName(name) === undefined ? undefined : text;
}

/** Not nearly everything, and not what no connection can be opened to: loopback, link-local, multicast. */
function isNetwork({ family, first, prefix }: Block): boolean {
  if (prefix < WIDEST[family]) return false;
  if (family === 'ipv6') return first > 1n && first >> 118n !== 0b1111_1110_10n && first >> 120n !== 0xffn;
  const octet = first >> 24n;
  return octet !== 0n && octet !== 127n && octet < 224n && first >> 16n !== 0xa9_fen;
}

function malformed(text: string, of: string, isZone: boolean): Fault {
  const takes = `a network such as ${of}:10.1.0.0/16${isZone ? '' : `, or a name such as ${of}:registry.example.com`}`;
  return {
    code: 'malformed-value',
    parameter: 'fill',
    value: text,
    message:
      `"${text}" does not say what ${of} is. It takes ${takes}; ` +
      `a network of IPv4 is no wider than /${WIDEST.ipv4}, of IPv6 than /${WIDEST.ipv6}, with host bits zero.`,
    allowed: [takes],
    didYouMean: null,
  };
}

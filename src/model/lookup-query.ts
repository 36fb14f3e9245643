import {
  formatAddress,
  formatBlock,
  parseAddress,
  parseBlock,
  rangeOf,
  type AddressRange,
  type Block,
} from './cidr.js';
import type { Fault } from './error.js';
import { parseHostName } from './host-name.js';

/** What can be looked up: addresses, or a name. */
export type LookupTerm =
  | { readonly kind: 'addresses'; readonly text: string; readonly range: AddressRange }
  | { readonly kind: 'name'; readonly text: string };

/** Reads an IP address, a CIDR block, a range `first-last`, or a DNS name (upper case and a trailing dot are taken). */
export function parseLookup(text: string): LookupTerm | Fault {
  const block = parseBlock(text);
  if (block.ok) {
    const ipv4 = mappedBlock(block.block);
    if (ipv4 !== undefined) {
      return malformed(text, 'is IPv4 written as IPv6', canonicalQuery(text, formatBlock(ipv4)));
    }
    return { kind: 'addresses', text: canonicalQuery(text, formatBlock(block.block)), range: rangeOf(block.block) };
  }
  if (block.nearest !== null) {
    return malformed(text, 'has bits set after its prefix, so it is not one block', block.nearest);
  }
  if (block.reason === 'prefix') return malformed(text, 'has a prefix length that there is not', null);
  const [first, last] = text.split('-').map(parseAddress);
  if (first !== undefined && last !== undefined && text.split('-').length === 2) {
    if (first.family !== last.family) return malformed(text, 'mixes IPv4 and IPv6', null);
    const ends = `${formatAddress(first.family, first.value)}-${formatAddress(last.family, last.value)}`;
    if (first.value > last.value) return malformed(text, 'ends before it begins', ends.split('-').reverse().join('-'));
    return { kind: 'addresses', text: ends, range: { family: first.family, first: first.value, last: last.value } };
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  const bare = name.startsWith('*.') ? name.slice(2) : name;
  if (parseHostName(bare) !== undefined) return { kind: 'name', text: name };
  return malformed(text, 'is not an IP address, a CIDR block, a range or a DNS name', hostInside(text));
}

/** An address is shown bare, as it was asked; a block with its prefix. */
function canonicalQuery(text: string, cidr: string): string {
  return text.includes('/') ? cidr : cidr.slice(0, cidr.indexOf('/'));
}

/** The host of a URL or of `host:port`, which is what was pasted more often than not. */
function hostInside(text: string): string | null {
  const url = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === text) return null;
  // URL parsers read 010.0.0.1 as 8.0.0.1: an address that does not stand there was not meant.
  if (parseAddress(host) !== undefined) return text.toLowerCase().includes(host) ? host : null;
  return parseHostName(host) === undefined ? null : host;
}

function malformed(value: string, what: string, didYouMean: string | null): Fault {
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  return {
    code: value === '' ? 'empty-value' : 'malformed-value',
    parameter: 'q',
    value,
    message: value === '' ? 'The parameter "q" has an empty value.' : `"${value}" ${what}.${hint}`,
    allowed: ['an IP address', 'a CIDR block', 'a range first-last', 'a DNS name'],
    didYouMean,
  };
}

/** The IPv4 block behind `::ffff:a.b.c.d`, which is how dual-stack sockets show IPv4 clients. */
function mappedBlock({ family, first, prefix }: Block): Block | undefined {
  if (family !== 'ipv6' || first >> 32n !== 0xffffn) return undefined;
  return { family: 'ipv4', first: first & 0xffffffffn, prefix: prefix - 96 };
}

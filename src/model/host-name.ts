declare const canonical: unique symbol;

/** A DNS name in its one canonical text: lower case, ASCII, no trailing dot, at most 253 octets. */
export type HostName = string & { readonly [canonical]: true };

const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads a DNS host name that is already canonical; `undefined` for anything else: upper case, a trailing dot,
 * a wildcard, other scripts, or a last label that is a number, which URL parsers read as an address.
 * Source: RFC 1123 section 2.1, RFC 1035 section 2.3.4.
 */
export function parseHostName(text: string): HostName | undefined {
  if (text.length === 0 || text.length > 253) return undefined;
  const labels = text.split('.');
  if (!labels.every((label) => LABEL.test(label)) || NUMBER.test(labels.at(-1)!)) return undefined;
  return text as HostName;
}

/** Whether a pattern such as `*.example.com` stands for a name: one or more labels in place of the star. */
export function wildcardMatches(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') && name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1;
}

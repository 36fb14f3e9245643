import { canonicalJson, sha256 } from '../model/canonical.js';

/**
 * A URN that follows from names alone: the same names have the same one, everywhere and for ever.
 * A UUID of version 8, of SHA-256 over the names as canonical JSON. Source: RFC 9562, 5.8.
 */
export function stableId(...names: readonly string[]): string {
  const hash = sha256(canonicalJson(names));
  const variant = ((Number.parseInt(hash[16]!, 16) & 0b0011) | 0b1000).toString(16);
  const groups = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, variant + hash.slice(17, 20)];
  return `urn:uuid:${groups.join('-')}-${hash.slice(20, 32)}`;
}

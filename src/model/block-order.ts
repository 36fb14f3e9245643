import type { Cidr } from './cidr.js';
import { groupsIn, octetsIn } from './digits.js';

/**
 * Text that is ordered as blocks are, and made much faster than their numbers: family, the digits of the first address
 * in units of sixteen bits, prefix. It means nothing else.
 */
export function orderOf(cidr: Cidr): string {
  const slash = cidr.indexOf('/');
  const prefix = Number(cidr.slice(slash + 1));
  if (cidr.includes(':')) return String.fromCharCode(6, ...groupsIn(cidr.slice(0, slash)), prefix);
  const value = octetsIn(cidr.slice(0, slash));
  return String.fromCharCode(4, value >>> 16, value & 0xffff, prefix);
}

/** Whether a block holds another, by the order of both. */
export function holds(outer: string, inner: string): boolean {
  const prefix = outer.charCodeAt(outer.length - 1);
  if (outer.length !== inner.length || prefix > inner.charCodeAt(inner.length - 1)) return false;
  let unit = 1;
  for (let left = prefix; left > 0; left -= 16, unit++) {
    const unlike = outer.charCodeAt(unit) ^ inner.charCodeAt(unit);
    if (unlike >>> Math.max(0, 16 - left) !== 0) return false;
  }
  return true;
}

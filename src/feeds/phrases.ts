import type { Json } from '../model/canonical.js';
import type { Change } from '../model/change.js';

/** A text without line breaks, and without what turns the direction of writing: that could make "open" read as "close". */
export function oneLine(text: string): string {
  return text
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const LONGEST_SHOWN = 500;

/** A value in a sentence. What is too long to be read there is read where the entry leads to. */
export function shown(value: Json): string {
  const text = typeof value === 'string' && /^[\w.:/+-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

export const FAMILY = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

export const KIND = { added: 'added', removed: 'removed', modified: 'changed' } as const;

/** Whether there is time left to act. */
export function isToCome<T extends Change>(change: T): change is T & { readonly actBy: string } {
  return change.actBy !== null && Date.parse(change.actBy) > Date.parse(change.publishedAt);
}

/** Whether what is announced, or no longer is, is an end and not a beginning. */
export function isOfAnEnd({ reason, effectiveFrom, previous, current }: Change): boolean {
  const [had, has] = [previous, current].map(
    (value) => memberOf(value, 'announcedRemovalAt') ?? memberOf(memberOf(value, 'dated') ?? null, 'until') ?? null,
  );
  return reason === 'announced' && had !== has && has === effectiveFrom;
}

export function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberOf(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

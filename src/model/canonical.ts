import { createHash } from 'node:crypto';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The one JSON text of a value: members sorted by UTF-16 code units, no white space.
 * Source: RFC 8785. JavaScript's own number and string forms are the ones that it asks for.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** A value as JSON says it: members that are absent are left out. */
export function plainJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === 'number') return value + 0; // JSON has no zero below zero.
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  const members = Object.entries(value ?? {}).filter(([, member]) => member !== undefined);
  return value === null ? null : Object.fromEntries(members.map(([name, member]) => [name, plainJson(member)]));
}

/** A value with every list in it sorted: equal for values that differ only in the order of lists. */
export function withoutOrder(value: Json): Json {
  if (Array.isArray(value)) {
    const keyed = value.map(withoutOrder).map((member) => ({ member, text: canonicalJson(member) }));
    return keyed.sort((a, b) => compareText(a.text, b.text)).map(({ member }) => member);
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutOrder(member)]));
}

/** A function of values that never change, which works each out once and keeps it as long as the value. */
export function onceForEach<V extends object, R>(work: (value: V) => R): (value: V) => R {
  const done = new WeakMap<V, R>();
  return (value) => {
    const known = done.get(value);
    if (known !== undefined) return known;
    const result = work(value);
    done.set(value, result);
    return result;
  };
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Orders RFC 3339 instants, with or without fractions of a second. */
export function compareInstants(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

/** The first of some instants; `null` of none. */
export function earliest(instants: readonly string[]): string | null {
  return foremost(instants, (instant, best) => instant < best);
}

/** The last of some instants; `null` of none. */
export function latest(instants: readonly string[]): string | null {
  return foremost(instants, (instant, best) => instant >= best);
}

/** Each instant is read once: there may be very many. */
function foremost(instants: readonly string[], isBefore: (instant: number, best: number) => boolean): string | null {
  if (instants.length === 1) return instants[0]!;
  let best: { readonly text: string; readonly instant: number } | undefined;
  for (const text of instants) {
    const instant = Date.parse(text);
    if (best === undefined || isBefore(instant, best.instant)) best = { text, instant };
  }
  return best?.text ?? null;
}

/** Orders text by UTF-16 code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Fault } from '../model/error.js';

/** A query string, decoded strictly: what each parameter was given, and what could not be read. */
export interface RawQuery {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly Fault[];
}

/** More parameters than any question has; the rest is not read. */
const MOST_PARAMETERS = 200;

/** More different ones than anything here takes, options of formats included. */
const MOST_NAMES = 32;

/** Characters that are in no name and no value: controls, and the line and paragraph separators. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Decodes a query string; never throws. `+` is a space, as forms send it. Source: WHATWG URL, urlencoded parsing. */
export function parseRawQuery(text: string): RawQuery {
  const values = new Map<string, string[]>();
  const faults: Fault[] = [];
  const parts = text.split('&').filter((part) => part !== '');
  const strange = new Set<string>();
  for (const part of parts.slice(0, MOST_PARAMETERS)) {
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    const value = decode(equals === -1 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined)
      faults.push(badEncoding(name, equals === -1 ? part : part.slice(equals + 1), part));
    else if (values.has(name) || values.size < MOST_NAMES) values.set(name, [...(values.get(name) ?? []), value]);
    else strange.add(name);
  }
  if (parts.length > MOST_PARAMETERS) faults.push(tooMany(parts.length));
  if (strange.size > 0) faults.push(tooDifferent(MOST_NAMES + strange.size));
  return { values, faults };
}

function decode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    return CONTROL.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function badEncoding(name: string | undefined, value: string, whole: string): Fault {
  const shown = shorten(name === undefined ? whole : value);
  return {
    code: 'bad-encoding',
    parameter: name ?? shown,
    value: shown,
    message: `"${shown}" has a bad escape, bytes that are not UTF-8, or a control character.`,
    allowed: [],
    didYouMean: null,
  };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function tooMany(count: number): Fault {
  return {
    code: 'repeated-parameter',
    parameter: '',
    value: String(count),
    message: `There are ${count} parameters; at most ${MOST_PARAMETERS} are read.`,
    allowed: [],
    didYouMean: null,
  };
}

function tooDifferent(count: number): Fault {
  return {
    code: 'unknown-parameter',
    parameter: '',
    value: String(count),
    message: `There are ${count} different parameters; at most ${MOST_NAMES} are read.`,
    allowed: [],
    didYouMean: null,
  };
}

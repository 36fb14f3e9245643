import type { Alias } from './catalog.js';
import type { Fault } from './error.js';
import { nearest } from './nearest.js';

/** Old names, each with the name that took its place. */
export interface Naming {
  readonly aliasOf: ReadonlyMap<string, { readonly name: string; readonly alias: Alias }>;
}

export const NO_NAMING: Naming = { aliasOf: new Map() };

/** The old names of things that may have some. */
export function namingOf(named: readonly { readonly name: string; readonly aliases: readonly Alias[] }[]): Naming {
  return {
    aliasOf: new Map(
      named.flatMap(({ name, aliases }) => aliases.map((alias) => [alias.name, { name, alias }] as const)),
    ),
  };
}

/** The value is not one of those allowed; says which are, and which was most likely meant. */
export function unknownValue(
  parameter: string,
  value: string,
  allowed: readonly string[],
  named: Naming = NO_NAMING,
): Fault {
  const close = nearest(value, [...allowed, ...named.aliasOf.keys()]);
  const didYouMean = close === null ? null : (named.aliasOf.get(close)?.name ?? close);
  const hint = didYouMean === null ? `Allowed: ${allowed.join(', ')}.` : `Did you mean "${didYouMean}"?`;
  const message =
    value === ''
      ? `The parameter "${parameter}" has an empty value. Allowed: ${allowed.join(', ')}.`
      : `"${value}" is not a value of the parameter "${parameter}". ${hint}`;
  return { code: value === '' ? 'empty-value' : 'unknown-value', parameter, value, message, allowed, didYouMean };
}

/** More values than any question has: looking for what each may have meant would take too long. */
export const MOST_VALUES = 200;

export function tooManyValues(parameter: string, count: number): Fault {
  return {
    code: 'malformed-value',
    parameter,
    value: null,
    message: `The parameter "${parameter}" has ${count} values; at most ${MOST_VALUES} are read. Leave it out for all.`,
    allowed: [],
    didYouMean: null,
  };
}

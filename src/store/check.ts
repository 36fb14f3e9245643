import { isDay } from '../model/moment.js';

/** Whether unknown data is what a type says. */
export type Check<T> = (value: unknown) => value is T;

export const text = (value: unknown): value is string => typeof value === 'string';
export const wholeFrom =
  (least: number): Check<number> =>
  (value): value is number =>
    Number.isSafeInteger(value) && (value as number) >= least;
export const orNull =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);
export const among =
  <T extends string>(words: readonly T[]): Check<T> =>
  (value): value is T =>
    (words as readonly unknown[]).includes(value);
export const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((one) => check(one));
/** All of these members and no other. */
export const exactly =
  <T extends object>(members: { readonly [M in keyof T]-?: Check<T[M]> }): Check<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === Object.keys(members).length &&
    Object.entries<Check<unknown>>(members).every(
      ([name, check]) => Object.hasOwn(value, name) && check((value as Readonly<Record<string, unknown>>)[name]),
    );

/** RFC 3339, UTC. */
export const instant = (value: unknown): value is string =>
  text(value) &&
  /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?Z$/.test(value) &&
  isDay(value.slice(0, 10));

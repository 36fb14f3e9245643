import { sha256 } from '../model/canonical.js';
import { invalidParameters } from '../model/error.js';

/** A place in a list, with a seal that says of which list. */
const SEALED = /^([1-9]\d*(?:-[1-9]\d*)?)\.([0-9a-f]{16})$/;

/**
 * A cursor: it names the place, and is of no use in another list.
 *
 * @param list everything that tells this list, up to the place, apart from others. JSON.
 */
export function cursorAt(place: string, list: readonly unknown[]): string {
  return `${place}.${sha256(JSON.stringify([place, ...list])).slice(0, 16)}`;
}

/**
 * The place that a cursor names.
 *
 * @param listAt what the list is up to a place; `undefined` where it has no such place.
 * @throws DomainError `invalid-parameters` where it is not one of that list.
 */
export function placeOf(cursor: string, listAt: (place: string) => readonly unknown[] | undefined): string {
  const place = SEALED.exec(cursor)?.[1];
  const list = place === undefined ? undefined : listAt(place);
  if (place !== undefined && list !== undefined && cursorAt(place, list) === cursor) return place;
  const message = `"${cursor}" is no cursor of this list. Use the one that the answer before ended with, and ask the rest as then.`;
  throw invalidParameters([
    { code: 'malformed-value', parameter: 'after', value: cursor, message, allowed: [], didYouMean: null },
  ]);
}

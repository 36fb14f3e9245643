import { compareText, sha256 } from '../model/canonical.js';

/**
 * A number for each text, from `first` on, all different. It is made of the text, and not of its place: others that come
 * and go leave it as it is, but for the few that would have had the same number.
 *
 * @param count of the numbers that may be given, no fewer than there are texts.
 */
export function stableNumbers(texts: readonly string[], first: number, count: number): ReadonlyMap<string, number> {
  const distinct = [...new Set(texts)].sort(compareText);
  if (distinct.length > count) throw new RangeError(`${distinct.length} texts cannot have ${count} numbers`);
  const taken = new Set<number>();
  return new Map(
    distinct.map((text) => {
      let place = Number.parseInt(sha256(text).slice(0, 8), 16) % count;
      while (taken.has(place)) place = (place + 1) % count;
      taken.add(place);
      return [text, first + place];
    }),
  );
}

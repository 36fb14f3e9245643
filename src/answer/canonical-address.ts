import { LRUCache } from 'lru-cache';
import { SELECTION_PARAMETERS } from '../model/selection.js';
import { parseRawQuery } from './raw-query.js';

/** Parameters whose values have no order, and may be repeated or separated by commas. */
const LISTS: ReadonlySet<string> = new Set(SELECTION_PARAMETERS.filter((name) => name !== 'product'));

/** Addresses whose form is known. No revision changes it. */
const KNOWN = new LRUCache<string, string>({
  maxSize: 2 * 1_048_576,
  sizeCalculation: (canonical, url) => canonical.length + url.length + 64,
});

/** One form for all the addresses that ask the same, in whatever order; one that cannot be read is left as it is. */
export function canonicalAddress(url: string): string {
  const mark = url.indexOf('?');
  if (mark === -1) return url;
  const known = KNOWN.get(url);
  if (known !== undefined) return known;
  const { values, faults } = parseRawQuery(url.slice(mark + 1));
  const pairs = [...values].map(([name, given]) => [name, LISTS.has(name) ? valuesOf(given) : given] as const);
  const query = pairs.sort(([one], [other]) => (one < other ? -1 : 1));
  const canonical = faults.length > 0 ? url : `${url.slice(0, mark)}?${JSON.stringify(query)}`;
  KNOWN.set(url, canonical);
  return canonical;
}

function valuesOf(given: readonly string[]): readonly string[] {
  return given.flatMap((text) => text.split(',')).sort();
}

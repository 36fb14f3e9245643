import { earliest } from './canonical.js';
import { catalogAt, nextCatalogDate } from './catalog-at.js';
import { nextRetirement, withoutRetired } from './retire.js';
import type { Content } from './revision.js';

/** What a content becomes by the clock alone: everything that is due by `now` at once; `undefined` where nothing is. */
export function dueAt({ catalog, listedHosts, addresses }: Content, now: Date): Content | undefined {
  const left = withoutRetired(addresses, now);
  const dated = catalogAt(catalog, now);
  if (left === addresses && dated === catalog) return undefined;
  return { catalog: dated, listedHosts, addresses: left };
}

/** The first instant at which the clock changes a content; `null` where it never does. */
export function nextDue(content: Content): string | null {
  return earliest([nextRetirement(content.addresses) ?? [], nextCatalogDate(content.catalog) ?? []].flat());
}

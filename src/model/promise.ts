import type { Catalog, CatalogPromise } from './catalog.js';
import { meets, requirementsOfRows } from './requirement.js';

/** A promise and the rows that break it, by their place in the catalog; it holds where there are none. */
export interface PromiseCheck {
  readonly promise: CatalogPromise;
  readonly brokenBy: readonly { readonly row: number; readonly refs: readonly string[] }[];
}

/** Checks every promise of a catalog against all that it requires, now or from a date on. */
export function checkPromises(catalog: Catalog): PromiseCheck[] {
  const byRow = catalog.rows.map((row) => requirementsOfRows(catalog, [row]));
  return catalog.promises.map((promise) => ({
    promise,
    brokenBy: byRow
      .map((requirements, row) => ({
        row,
        refs: requirements.filter((requirement) => meets(requirement, promise.never)).map(({ ref }) => ref),
      }))
      .filter(({ refs }) => refs.length > 0),
  }));
}

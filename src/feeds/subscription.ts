import { compareText } from '../model/canonical.js';
import { SELECTION_PARAMETERS, type Selection } from '../model/selection.js';

/** The statuses that are meant where none is named. */
const USUAL_STATUS = 'current,retiring';

/** What a feed is of, as parameters: only those that say something, in their fixed order, values sorted. */
export type Subscription = readonly (readonly [name: string, value: string])[];

/**
 * The parameters of a selection. Values are sorted, not in the catalog's order, because a feed stays the same one when
 * a catalog is put in another order; the product is always named, because another may come to be served beside it.
 */
export function subscriptionTo(selection: Selection): Subscription {
  return SELECTION_PARAMETERS.flatMap((name) => {
    const values = selection[name];
    if (values === null) return [];
    const value = [values].flat().map(String).sort(compareText).join(',');
    return name === 'status' && value === USUAL_STATUS ? [] : [[name, value] as const];
  });
}

/** The query string of parameters. Commas stay as they are, so that people can read it. */
export function queryString(parameters: Subscription): string {
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`).join('&');
}

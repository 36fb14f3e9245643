import type { Catalog } from '../catalog.js';
import { rejectedBy, type Decision } from '../decision.js';
import { requirementsOf } from '../requirement.js';

/** Above this part of the requirements, what an edit takes away is doubted; with fewer, a part says nothing. */
const MOST_GONE = 0.5;
const LEAST = 4;

/** What is to be doubted of a catalog that would replace another; `null` where nothing is. */
export interface CatalogDoubt {
  readonly reason: 'requirements-gone' | 'rejected';
  readonly detail: string;
}

/**
 * An edit may not take away most of what is needed without an operator's word: half a file saved looks the same.
 *
 * @param rejection that of the very same file, where an operator rejected it.
 */
export function judgeCatalog(served: Catalog, offered: Catalog, rejection?: Decision): CatalogDoubt | null {
  if (rejection !== undefined) return { reason: 'rejected', detail: rejectedBy(rejection) };
  const needed = requirementsOf(served).filter(({ need }) => need !== 'not-required');
  const still = new Set(requirementsOf(offered).flatMap(({ ref, need }) => (need === 'not-required' ? [] : [ref])));
  const gone = needed.filter(({ ref }) => !still.has(ref));
  if (needed.length < LEAST || gone.length / needed.length <= MOST_GONE) return null;
  const some = gone.slice(0, 3).map(({ ref }) => ref);
  const detail = `${gone.length} of the ${needed.length} requirements would no longer be needed, among them ${some.join(', ')}.`;
  return { reason: 'requirements-gone', detail };
}

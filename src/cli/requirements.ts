import { requirementList } from '../answer/lists.js';
import type { RequirementListShape } from '../answer/shapes/requirement.js';
import { invalidParameters } from '../model/error.js';
import { parseSelection, type SelectionInput } from '../model/selection.js';
import { offline } from './offline.js';

/** The answer to a selection without a service, in the form of `GET /requirements`. */
export interface OfflineAnswer extends Omit<RequirementListShape, 'asOf'> {
  /** The revision that last altered it; `null` where no history ships. */
  readonly asOf: RequirementListShape['asOf'] | null;
}

/**
 * The requirements of a selection, without a service.
 *
 * @param at a revision of the history that ships, or an instant; `undefined` for what is served now.
 * @throws DomainError `invalid-parameters`, `unknown-revision`; CatalogError.
 */
export async function offlineRequirements(
  location: string,
  input: SelectionInput,
  at: string | undefined,
  now: Date,
): Promise<OfflineAnswer> {
  const { snapshot, isListed, faults: before } = await offline(location, at, now);
  const { selection, faults } = parseSelection(input, snapshot.catalog, null);
  if (before.length + faults.length > 0) throw invalidParameters([...before, ...faults]);
  const { asOf, ...list } = requirementList(snapshot, selection);
  return {
    product: list.product,
    asOf: isListed ? asOf : null,
    selection,
    requirements: list.requirements,
    coverage: list.coverage,
  };
}

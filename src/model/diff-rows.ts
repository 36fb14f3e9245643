import { canonicalJson, compareText, plainJson, type Json } from './canonical.js';
import type { Catalog } from './catalog.js';
import type { Difference } from './change.js';
import type { DatedRequirements } from './dated-requirements.js';
import { areInOneOrder, memberDifference } from './diff-members.js';

/** A catalog and the requirements that its rows make. */
export interface RequiringCatalog {
  readonly catalog: Catalog;
  readonly requirements: DatedRequirements;
}

/**
 * What of the rows their requirements do not say: the order in which a task has them in a mode; and where no
 * requirement differs, how they are written. Nothing or one difference; it has every row in order.
 */
export function rowDifferences(
  before: RequiringCatalog,
  after: RequiringCatalog,
  requirementsDiffer: boolean,
): Difference[] {
  const had = orders(before.requirements);
  const isReordered = [...orders(after.requirements)].some(
    ([part, names]) => !areInOneOrder(had.get(part) ?? [], names),
  );
  const [was, is] = [rowsOf(before.catalog), rowsOf(after.catalog)];
  if (!isReordered && (requirementsDiffer || canonicalJson(was) === canonicalJson(is))) return [];
  return [memberDifference('rows', was, is)];
}

/** The refs of each task and mode, in order. */
function orders(requirements: DatedRequirements): ReadonlyMap<string, readonly string[]> {
  const byPart = Map.groupBy(requirements.values(), ({ requirement: { task, mode } }) => `${task}/${mode}`);
  return new Map([...byPart].map(([part, list]) => [part, list.map(({ requirement }) => requirement.ref)]));
}

function rowsOf(catalog: Catalog): Json {
  return plainJson(
    catalog.rows.map(({ name, tasks, need, document, section }) => ({
      name,
      tasks: tasks.toSorted(compareText),
      modes: need.map(({ mode }) => mode).sort(compareText),
      document,
      section,
    })),
  );
}

import type { Catalog, Dated } from './catalog.js';
import { refOf, requirementsOfRows, type Requirement } from './requirement.js';

/** A requirement with the dates of its row. */
export interface DatedRequirement {
  readonly requirement: Requirement;
  readonly dated: Dated | null;
}

/** The requirements of a catalog by ref, in its order, those that are only announced among them. */
export type DatedRequirements = ReadonlyMap<string, DatedRequirement>;

export function datedRequirementsOf(catalog: Catalog): DatedRequirements {
  const dates = new Map(
    catalog.rows.flatMap(({ name, tasks, need, dated = null }) =>
      tasks.flatMap((task) => need.map(({ mode }) => [refOf(catalog.product, task, mode, name), dated] as const)),
    ),
  );
  return new Map(
    requirementsOfRows(catalog, catalog.rows).map((requirement) => {
      const { ref } = requirement;
      return [ref, { requirement, dated: dates.get(ref) ?? null }];
    }),
  );
}

/** Whether a firewall has to let it through, now or when it takes effect. */
export function needed(dated: DatedRequirement | undefined): boolean {
  return dated !== undefined && dated.requirement.need !== 'not-required';
}

import type { Difference } from './change.js';
import { datedRequirementsOf } from './dated-requirements.js';
import { saidIn } from './diff-dated.js';
import { listedDifferences, nameDifferences } from './diff-hosts.js';
import { memberDifferences } from './diff-members.js';
import { portDifferences } from './diff-ports.js';
import { requirementDifferences } from './diff-requirements.js';
import { rowDifferences } from './diff-rows.js';
import { nameActions } from './name-actions.js';
import { requirementActions } from './requirement-actions.js';
import type { Content } from './revision.js';

/**
 * What differs between two contents, addresses aside: catalog, requirements, ports, hosts. Tasks, modes and
 * requirements stand in the later catalog's order, all else in the order of its names; what is gone comes after.
 *
 * @param at when the later content was published.
 */
export function catalogDifferences(before: Content, after: Content, at: string): Difference[] {
  const listed = listedDifferences(before.listedHosts, after.listedHosts);
  if (before.catalog === after.catalog) return listed;
  const had = { ...before, requirements: datedRequirementsOf(before.catalog) };
  const has = { ...after, requirements: datedRequirementsOf(after.catalog) };
  const said = saidIn(before.catalog, after.catalog);
  const actions = requirementActions(had, has, at);
  const requirements = requirementDifferences(had.requirements, has.requirements, said, actions, at);
  return [
    ...memberDifferences(before.catalog, after.catalog),
    ...rowDifferences(had, has, requirements.length > 0),
    ...requirements,
    ...portDifferences(had.requirements, has.requirements, actions),
    ...nameDifferences(before.catalog, after.catalog, said, nameActions(had, has, at), at),
    ...listed,
  ];
}

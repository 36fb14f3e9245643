import type { Json } from '../model/canonical.js';
import type { Change } from '../model/change.js';
import type { Chosen } from './chosen.js';

/** Whether a change of the catalog is of what a selection chooses, before it or after. */
export function isOfChosen(change: Change, before: Chosen, after: Chosen): boolean {
  return isOf(before, change) || isOf(after, change) || isAlteredPort(change, before, after);
}

/** Of a range of ports, only what the selection has of it counts. */
function isAlteredPort({ subject, requirement }: Change, before: Chosen, after: Chosen): boolean {
  if (subject !== 'port' || requirement === null) return false;
  return before.portsByRef().get(requirement) !== after.portsByRef().get(requirement);
}

function isOf(chosen: Chosen, { subject, requirement, previous, current }: Change): boolean {
  const sides = [previous, current];
  switch (subject) {
    case 'requirement':
      return requirement !== null && chosen.refs.has(requirement);
    case 'host':
      return sides.some((side) => chosen.endpoints.has(textIn(side, 'endpoint')));
    case 'catalog':
      return sides.some(
        (side) =>
          ORDERS.some((list) => Array.isArray(memberOf(side, list))) ||
          chosen.tasks.has(textIn(memberOf(side, 'tasks'), 'name')) ||
          chosen.modes.has(textIn(memberOf(side, 'modes'), 'name')) ||
          chosen.announcements.has(textIn(memberOf(side, 'announcements'), 'name')) ||
          chosen.endpoints.has(textIn(memberOf(side, 'endpoints'), 'name')),
      );
    case 'port':
    case 'address':
      break;
  }
  return false;
}

/** The lists of a catalog whose order is told, as all of their names. */
const ORDERS = ['tasks', 'modes', 'rows'] as const;

function memberOf(value: Json, name: string): Json {
  const found: unknown = value === null ? null : Reflect.get(Object(value), name);
  return (found ?? null) as Json;
}

function textIn(value: Json, name: string): string {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : '';
}

import type { ChangeKind, Difference } from './change.js';
import type { Json } from './canonical.js';

/** Nothing to open and nothing to close. */
export const NO_ACTION: Difference['action'] = { byName: 'none', byAddress: 'none' };

/** A difference in what there was and is: what is not said of it is nothing to do, and nothing that was announced. */
export function difference(
  told: Pick<Difference, 'subject' | 'reason' | 'previous' | 'current'> & Partial<Omit<Difference, 'kind'>>,
): Difference {
  const { subject, reason, previous, current, ...rest } = told;
  return {
    kind: kindOf(previous, current),
    subject,
    action: NO_ACTION,
    reason,
    firstOfFamily: null,
    actBy: null,
    host: null,
    address: null,
    requirement: null,
    previous,
    current,
    announced: false,
    leadTimeSeconds: null,
    effectiveFrom: null,
    ...rest,
  };
}

/** Whole seconds from one instant to a later one. */
export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
}

function kindOf(previous: Json, current: Json): ChangeKind {
  if (previous === null) return 'added';
  return current === null ? 'removed' : 'modified';
}

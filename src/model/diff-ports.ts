import { compareText, plainJson } from './canonical.js';
import type { PortRange } from './catalog.js';
import type { Difference } from './change.js';
import type { DatedRequirements } from './dated-requirements.js';
import { beginsOtherwise } from './diff-dated.js';
import { difference } from './difference.js';
import type { RequirementActions } from './requirement-actions.js';

/**
 * The port ranges that differ of requirements that are not told whole: by requirement, then by range, those that are
 * gone last. A range that got another end is one that came and one that went.
 */
export function portDifferences(
  before: DatedRequirements,
  after: DatedRequirements,
  actions: RequirementActions,
): Difference[] {
  return [...after].flatMap(([requirement, is]) => {
    const was = before.get(requirement);
    if (was === undefined || beginsOtherwise(was, is)) return [];
    const had = byRange(was.requirement.ports);
    const has = byRange(is.requirement.ports);
    return [...new Set([...has.keys(), ...had.keys()])].flatMap((range): Difference[] => {
      const [a, b] = [had.get(range), has.get(range)];
      if (a?.basis === b?.basis) return [];
      const told = {
        subject: 'port',
        requirement,
        previous: plainJson(a ?? null),
        current: plainJson(b ?? null),
      } as const;
      if (a === undefined) {
        const effectiveFrom = is.dated?.from ?? null;
        return [difference({ ...told, reason: 'widened', ...actions.opening(is), effectiveFrom })];
      }
      if (b === undefined) {
        return [difference({ ...told, reason: 'narrowed', action: actions.closingPort(was, is, a) })];
      }
      return [difference({ ...told, reason: 'text' })];
    });
  });
}

/** Ranges by what they let through, in order. A row may name one twice, and says so in no order. */
function byRange(ports: readonly PortRange[]): ReadonlyMap<string, PortRange> {
  const sorted = ports.toSorted(
    (a, b) => compareText(a.protocol, b.protocol) || a.from - b.from || a.to - b.to || compareText(a.basis, b.basis),
  );
  const ranges = new Map<string, PortRange>();
  for (const port of sorted) {
    let range = `${port.protocol} ${port.from}-${port.to}`;
    while (ranges.has(range)) range += ' again';
    ranges.set(range, port);
  }
  return ranges;
}

import { canonicalJson, plainJson, type Json } from './canonical.js';
import { NEEDS } from './catalog.js';
import type { Difference } from './change.js';
import { needed, type DatedRequirement, type DatedRequirements } from './dated-requirements.js';
import { endingSaid, passageOf, type Said } from './diff-dated.js';
import { difference } from './difference.js';
import type { RequirementActions } from './requirement-actions.js';
import type { Requirement } from './requirement.js';

/**
 * The requirements that differ, in the later catalog's order, then those that are gone, in the earlier's. One that
 * comes, goes, takes effect or begins at another time is told whole; of any other, ports and names are subjects of
 * their own.
 */
export function requirementDifferences(
  before: DatedRequirements,
  after: DatedRequirements,
  said: Said,
  actions: RequirementActions,
  at: string,
): Difference[] {
  const refs = new Set([...after.keys(), ...before.keys()]);
  return [...refs].flatMap((requirement): Difference[] => {
    const was = before.get(requirement);
    const is = after.get(requirement);
    const passage = passageOf(was, is, said, at);
    if (passage === undefined) return was && is ? alterations(was, is, actions) : [];
    const { act, actBy: _, ...facts } = passage;
    return [
      difference({
        subject: 'requirement',
        requirement,
        ...facts,
        ...(act === 'open' && is !== undefined && actions.opening(is)),
        ...(act === 'close' && was !== undefined && { action: actions.closing(was) }),
        previous: whole(was),
        current: whole(is),
      }),
    ];
  });
}

/** What differs of a requirement that stays; where several things do, what asks for the most is the reason. */
function alterations(was: DatedRequirement, is: DatedRequirement, actions: RequirementActions): Difference[] {
  const [previous, current] = [itself(was), itself(is)];
  if (canonicalJson(previous) === canonicalJson(current)) return [];
  const told = { subject: 'requirement', requirement: is.requirement.ref, previous, current } as const;
  const [a, b] = [was.requirement, is.requirement];
  const weaker = NEEDS.indexOf(b.need) - NEEDS.indexOf(a.need);
  const isDropped = needed(was) && !needed(is);
  if (!isDropped && (weaker < 0 || !reaches(a, b))) {
    return [difference({ ...told, reason: 'widened', ...actions.opening(is), effectiveFrom: is.dated?.from ?? null })];
  }
  if (isDropped) return [difference({ ...told, reason: 'narrowed', action: actions.closing(was) })];
  if (!reaches(b, a)) return [difference({ ...told, reason: 'narrowed', action: actions.narrowing(was, is) })];
  if (weaker > 0) return [difference({ ...told, reason: 'narrowed' })];
  const { reason = 'text', effectiveFrom = null } = endingSaid(was, is) ?? {};
  return [difference({ ...told, reason, effectiveFrom })];
}

/** Whether all that one requirement lets through covers what another asks for, ports and names aside. */
function reaches(a: Requirement, b: Requirement): boolean {
  return (
    a.zone === b.zone &&
    a.endpoint.name === b.endpoint.name &&
    (a.direction === b.direction || a.direction === 'bidirectional') &&
    (a.initiator === b.initiator || a.initiator === 'either')
  );
}

function whole(one: DatedRequirement | undefined): Json {
  if (one === undefined) return null;
  const { requirement, dated } = one;
  return plainJson({ ...requirement, addresses: undefined, addressCoverage: undefined, dated });
}

function itself({ requirement, dated }: DatedRequirement): Json {
  const { kind, name, title, operator } = requirement.endpoint;
  const apart = { addresses: undefined, addressCoverage: undefined, ports: undefined };
  return plainJson({ ...requirement, ...apart, endpoint: { kind, name, title, operator }, dated });
}

import { canonicalJson, plainJson, type Json } from './canonical.js';
import { NEEDS, type Catalog, type Dated } from './catalog.js';
import type { Difference } from './change.js';
import { endingSaid, isInEffect, passageOf, type Said } from './diff-dated.js';
import { difference, NO_ACTION } from './difference.js';
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

/**
 * The requirements that differ, in the later catalog's order, then those that are gone, in the earlier's. One that
 * comes, goes, takes effect or begins at another time is told whole; of any other, ports and names are subjects of
 * their own.
 */
export function requirementDifferences(
  before: DatedRequirements,
  after: DatedRequirements,
  said: Said,
  at: string,
): Difference[] {
  const refs = new Set([...after.keys(), ...before.keys()]);
  return [...refs].flatMap((requirement): Difference[] => {
    const was = before.get(requirement);
    const is = after.get(requirement);
    const passage = passageOf(was, is, said, at);
    if (passage === undefined) return was && is ? alterations(was, is, at) : [];
    const { act, actBy, ...facts } = passage;
    const isNeeded = needed(act === 'close' ? was : is);
    return [
      difference({
        subject: 'requirement',
        requirement,
        ...facts,
        action: isNeeded ? { byName: act, byAddress: act } : NO_ACTION,
        actBy: isNeeded ? actBy : null,
        previous: whole(was),
        current: whole(is),
      }),
    ];
  });
}

/** Whether a firewall has to let it through, now or when it takes effect. */
export function needed(dated: DatedRequirement | undefined): boolean {
  return dated !== undefined && dated.requirement.need !== 'not-required';
}

/** What is to be done where something of a requirement has to be allowed that was not: nothing where it is not needed. */
export function opening(is: DatedRequirement, at: string): Pick<Difference, 'action' | 'actBy' | 'effectiveFrom'> {
  const from = is.dated?.from ?? null;
  if (!needed(is)) return { action: NO_ACTION, actBy: null, effectiveFrom: from };
  return { action: { byName: 'open', byAddress: 'open' }, actBy: from ?? at, effectiveFrom: from };
}

/** What is to be done where something of a requirement is no longer allowed: nothing where it never was. */
export function closing(was: DatedRequirement): Pick<Difference, 'action'> {
  return { action: needed(was) && isInEffect(was) ? { byName: 'close', byAddress: 'close' } : NO_ACTION };
}

/** What differs of a requirement that stays; where several things do, what asks for the most is the reason. */
function alterations(was: DatedRequirement, is: DatedRequirement, at: string): Difference[] {
  const [previous, current] = [itself(was), itself(is)];
  if (canonicalJson(previous) === canonicalJson(current)) return [];
  const told = { subject: 'requirement', requirement: is.requirement.ref, previous, current } as const;
  const [a, b] = [was.requirement, is.requirement];
  const weaker = NEEDS.indexOf(b.need) - NEEDS.indexOf(a.need);
  const isDropped = needed(was) && !needed(is);
  if (!isDropped && (weaker < 0 || !reaches(a, b))) {
    return [difference({ ...told, reason: 'widened', ...opening(is, at) })];
  }
  if (isDropped || !reaches(b, a)) return [difference({ ...told, reason: 'narrowed', ...closing(was) })];
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

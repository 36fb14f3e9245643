import type { Direction, Initiator, PortRange } from './catalog.js';
import type { Requirement } from './requirement.js';

/** What a firewall lets through to a far side, or some of it. */
export interface LetThrough {
  readonly directions: readonly Direction[];
  readonly initiators: readonly Initiator[];
  /** None are all. */
  readonly ports: readonly PortRange[];
}

/** All that a requirement lets through, whoever opens the connection. */
export function letThroughBy({ direction, ports }: Requirement): LetThrough {
  return { directions: waysOf(direction), initiators: SIDES, ports };
}

/** What one requirement lets through and another, which is the same in all else, does not: the way, or who opens it. */
export function lettingLess(was: Requirement, is: Requirement): LetThrough[] {
  const all = letThroughBy(was);
  const directions = all.directions.filter((way) => !waysOf(is.direction).includes(way));
  const initiators = sidesOf(was.initiator).filter((side) => !sidesOf(is.initiator).includes(side));
  return [
    ...(directions.length > 0 ? [{ ...all, directions }] : []),
    ...(initiators.length > 0 ? [{ ...all, initiators }] : []),
  ];
}

/** Whether a requirement lets through any of it. */
export function letsThroughAny(requirement: Requirement, some: LetThrough): boolean {
  return (
    waysOf(requirement.direction).some((way) => some.directions.includes(way)) &&
    sidesOf(requirement.initiator).some((side) => some.initiators.includes(side)) &&
    haveCommonPort(requirement.ports, some.ports)
  );
}

/** Whether some ranges have every port of one. */
export function coverRange({ protocol, from, to }: PortRange, ranges: readonly PortRange[]): boolean {
  let next = from;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.protocol === protocol && range.from <= next) next = Math.max(next, range.to + 1);
  }
  return next > to;
}

/** Whether two lists of ranges have a port in common. */
export function haveCommonPort(some: readonly PortRange[], others: readonly PortRange[]): boolean {
  if (some.length === 0 || others.length === 0) return true;
  return some.some((a) => others.some((b) => a.protocol === b.protocol && a.from <= b.to && b.from <= a.to));
}

function waysOf(direction: Direction): readonly Direction[] {
  return direction === 'bidirectional' ? ['outbound', 'inbound'] : [direction];
}

const SIDES = ['installed-host', 'far-side'] as const satisfies readonly Initiator[];

function sidesOf(initiator: Initiator): readonly Initiator[] {
  return initiator === 'either' ? SIDES : [initiator];
}

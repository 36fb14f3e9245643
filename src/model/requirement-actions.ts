import { GENERAL } from './address.js';
import { compareInstants } from './canonical.js';
import type { CatalogEndpoint, PortRange } from './catalog.js';
import type { Difference } from './change.js';
import { needed, type DatedRequirement } from './dated-requirements.js';
import { isInEffect } from './diff-dated.js';
import { NO_ACTION } from './difference.js';
import { endpointNames } from './endpoint-names.js';
import {
  coverRange,
  haveCommonPort,
  letsThroughAny,
  letThroughBy,
  lettingLess,
  type LetThrough,
} from './let-through.js';
import type { Asked } from './name-actions.js';
import { blocksByHost } from './needed-hosts.js';
import { namesOf, type Requirement } from './requirement.js';

/**
 * What there is to do about requirements. Nothing is to be closed that another requirement still needs: the same far
 * side, or each of its names, the same way, on any port of it; nor an address that another needed endpoint has.
 */
export interface RequirementActions {
  /** `actBy` is when it takes effect. Nothing where it is not needed; by address where there are some in use. */
  readonly opening: (is: DatedRequirement) => Pick<Difference, 'action' | 'actBy'>;
  /** Of all that was allowed for it: nothing where it never was. */
  readonly closing: (was: DatedRequirement) => Difference['action'];
  /** Of a way that it is no longer needed, or of who may open the connection. */
  readonly narrowing: (was: DatedRequirement, is: DatedRequirement) => Difference['action'];
  /** Of a range of ports that it no longer has. */
  readonly closingPort: (was: DatedRequirement, is: DatedRequirement, port: PortRange) => Difference['action'];
}

/** What there is to do about requirements, from one content to a later one that is published `at`. */
export function requirementActions(before: Asked, after: Asked, at: string): RequirementActions {
  const [hadBlocks, hasBlocks] = [blocksByHost(before.addresses), blocksByHost(after.addresses)];
  const [hadEndpoints, hasEndpoints] = [endpointsOf(before), endpointsOf(after)];
  const stillNeeded = [...after.requirements.values()]
    .filter((one) => needed(one) && isInEffect(one))
    .map(({ requirement }) => requirement);
  const neededEndpoints = new Set(stillNeeded.map(({ endpoint }) => endpoint.name));

  const hasFreeBlock = ({ endpoint }: Requirement) => {
    const others = after.catalog.endpoints.filter(({ name }) => name !== endpoint.name && neededEndpoints.has(name));
    const kept = new Set(others.flatMap((other) => blocksOf(namesOf(other), other, hasBlocks)));
    return blocksOf(namesOf(endpoint), hadEndpoints.get(endpoint.name), hadBlocks).some((block) => !kept.has(block));
  };
  const close = ({ requirement }: DatedRequirement, others: readonly Requirement[]): Difference['action'] => {
    if (!isFree(requirement, others)) return NO_ACTION;
    const isOwnNetwork = requirement.endpoint.kind === 'zone';
    return { byName: 'close', byAddress: isOwnNetwork || hasFreeBlock(requirement) ? 'close' : 'none' };
  };
  const closePart = (was: DatedRequirement, part: LetThrough) =>
    close(
      was,
      stillNeeded.filter((other) => other.ref !== was.requirement.ref && letsThroughAny(other, part)),
    );

  return {
    opening(is) {
      if (!needed(is)) return { action: NO_ACTION, actBy: null };
      const start = is.dated?.from ?? at;
      const { kind, name } = is.requirement.endpoint;
      const endpoint = hasEndpoints.get(name);
      const isServed = endpoint !== undefined && blocksOf(namesAt(endpoint, start), endpoint, hasBlocks).length > 0;
      return { action: { byName: 'open', byAddress: kind === 'zone' || isServed ? 'open' : 'none' }, actBy: start };
    },
    closing: (was) => (wasAllowed(was) ? closePart(was, letThroughBy(was.requirement)) : NO_ACTION),
    narrowing(was, is) {
      if (!wasAllowed(was)) return NO_ACTION;
      const closings = lettingLess(was.requirement, is.requirement).map((part) => closePart(was, part));
      return closings.find(({ byAddress }) => byAddress === 'close') ?? closings.find(isAny) ?? NO_ACTION;
    },
    closingPort(was, is, port) {
      if (!wasAllowed(was) || (needed(is) && isOwn(port, was.requirement.ports, is.requirement.ports))) {
        return NO_ACTION;
      }
      return closePart(was, { ...letThroughBy(was.requirement), ports: [port] });
    },
  };
}

function wasAllowed(was: DatedRequirement): boolean {
  return needed(was) && isInEffect(was);
}

function isAny({ byName }: Difference['action']): boolean {
  return byName !== 'none';
}

/** Whether some name of a far side, or a far side without names, is of none of those that need the like. */
function isFree({ endpoint }: Requirement, others: readonly Requirement[]): boolean {
  if (others.some((other) => isSameFarSide(other.endpoint, endpoint))) return false;
  const kept = new Set(others.flatMap((other) => namesOf(other.endpoint)));
  const names = namesOf(endpoint);
  return names.length === 0 || names.some((name) => !kept.has(name));
}

function isSameFarSide(a: Requirement['endpoint'], b: Requirement['endpoint']): boolean {
  return a.name === b.name && (a.kind === 'zone') === (b.kind === 'zone');
}

/** Whether the requirement itself still has a range that went: in what it kept, or all of it in what it got instead. */
function isOwn(port: PortRange, had: readonly PortRange[], has: readonly PortRange[]): boolean {
  const kept = has.filter((range) => had.some((one) => coverRange(range, [one]) && coverRange(one, [range])));
  return has.length === 0 || (kept.length > 0 && haveCommonPort(kept, [port])) || coverRange(port, has);
}

function endpointsOf({ catalog }: Asked): ReadonlyMap<string, CatalogEndpoint> {
  return new Map(catalog.endpoints.map((endpoint) => [endpoint.name, endpoint]));
}

/** The names of an endpoint that are in effect at an instant, announced ones among them. */
function namesAt(endpoint: CatalogEndpoint, instant: string): string[] {
  return endpointNames(endpoint)
    .filter(({ dated }) => {
      const { from, until } = dated ?? { from: null, until: null };
      return (
        (from === null || compareInstants(from, instant) <= 0) &&
        (until === null || compareInstants(until, instant) > 0)
      );
    })
    .map(({ name }) => name);
}

/** The blocks in use for some names of an endpoint, with those that may serve any published one. */
function blocksOf(
  names: readonly string[],
  endpoint: CatalogEndpoint | undefined,
  blocks: ReadonlyMap<string, readonly string[]>,
): string[] {
  return (endpoint?.published === true ? [...names, GENERAL] : names).flatMap((name) => blocks.get(name) ?? []);
}

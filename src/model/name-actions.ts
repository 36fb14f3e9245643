import { isInUse, type HeldAddress } from './address.js';
import { earliest, latest } from './canonical.js';
import type { Difference } from './change.js';
import { isInEffect } from './diff-dated.js';
import { needed, type DatedRequirement, type DatedRequirements } from './diff-requirements.js';
import type { EndpointName } from './endpoint-names.js';
import { namesOf } from './requirement.js';

type Action = Pick<Difference, 'action' | 'actBy'>;

/** What there is to do about a name of an endpoint. */
export interface NameActions {
  /** `actBy` is when both the name and something that needs its endpoint are in use. */
  readonly opening: (name: EndpointName, from: string | null) => Action;
  /** What anything else needs stays open: the name, and an address that another needed name shares. */
  readonly closing: (name: EndpointName) => Action;
}

/** What a content asks a firewall for. */
export interface Asked {
  readonly requirements: DatedRequirements;
  readonly addresses: readonly HeldAddress[];
}

/** What there is to do about names, from one content to a later one that is published `at`. */
export function nameActions(before: Asked, after: Asked, at: string): NameActions {
  const starts = new Map<string, string | null>();
  for (const one of neededIn(after)) {
    const { name } = one.requirement.endpoint;
    starts.set(name, earliest([starts.get(name) ?? [], one.dated?.from ?? at].flat()));
  }
  const [wasNeeded, isNeeded] = [namesNeeded(before), namesNeeded(after)];
  const [wasServed, isServed] = [cidrsInUse(before.addresses), cidrsInUse(after.addresses)];
  const needsCidr = new Set([...isServed].flatMap(([host, cidrs]) => (isNeeded.has(host) ? cidrs : [])));
  return {
    opening({ name, endpoint }, from) {
      const start = starts.get(endpoint) ?? null;
      if (start === null || from === null) return NOTHING;
      const byAddress = isServed.has(name) ? 'open' : 'none';
      return { action: { byName: 'open', byAddress }, actBy: latest([start, from]) };
    },
    closing({ name }) {
      if (!wasNeeded.has(name) || isNeeded.has(name)) return NOTHING;
      const closes = (wasServed.get(name) ?? []).some((cidr) => !needsCidr.has(cidr));
      return { action: { byName: 'close', byAddress: closes ? 'close' : 'none' }, actBy: null };
    },
  };
}

const NOTHING: Action = { action: { byName: 'none', byAddress: 'none' }, actBy: null };

function neededIn({ requirements }: Asked): DatedRequirement[] {
  return [...requirements.values()].filter(needed);
}

/** The names of everything that is needed now. */
function namesNeeded(content: Asked): ReadonlySet<string> {
  return new Set(
    neededIn(content)
      .filter(isInEffect)
      .flatMap(({ requirement }) => namesOf(requirement.endpoint)),
  );
}

function cidrsInUse(addresses: readonly HeldAddress[]): ReadonlyMap<string, readonly string[]> {
  const byHost = new Map<string, string[]>();
  for (const { host, cidr } of addresses.filter(isInUse)) {
    const cidrs = byHost.get(host) ?? [];
    cidrs.push(cidr);
    byHost.set(host, cidrs);
  }
  return byHost;
}

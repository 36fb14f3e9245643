import type { HeldAddress } from './address.js';
import { earliest, latest } from './canonical.js';
import type { Difference } from './change.js';
import { needed, type DatedRequirement } from './dated-requirements.js';
import type { RequiringCatalog } from './diff-rows.js';
import type { EndpointName } from './endpoint-names.js';
import { blocksByHost, neededBlocks, neededHosts } from './needed-hosts.js';

type Action = Pick<Difference, 'action' | 'actBy'>;

/** What there is to do about a name of an endpoint. */
export interface NameActions {
  /** `actBy` is when both the name and something that needs its endpoint are in use. */
  readonly opening: (name: EndpointName, from: string | null) => Action;
  /** What anything else needs stays open: the name, and an address that another needed name shares. */
  readonly closing: (name: EndpointName) => Action;
}

/** What a content asks a firewall for. */
export interface Asked extends RequiringCatalog {
  readonly addresses: readonly HeldAddress[];
}

/** What there is to do about names, from one content to a later one that is published `at`. */
export function nameActions(before: Asked, after: Asked, at: string): NameActions {
  const starts = new Map<string, string | null>();
  for (const one of neededIn(after)) {
    const { name } = one.requirement.endpoint;
    starts.set(name, earliest([starts.get(name) ?? [], one.dated?.from ?? at].flat()));
  }
  const [wasNeeded, isNeeded] = [neededHosts(before.catalog), neededHosts(after.catalog)];
  const [wasServed, isServed] = [blocksByHost(before.addresses), blocksByHost(after.addresses)];
  const blocks = neededBlocks(after.catalog, after.addresses);
  return {
    opening({ name, endpoint }, from) {
      const start = starts.get(endpoint) ?? null;
      if (start === null || from === null) return NOTHING;
      const byAddress = isServed.has(name) ? 'open' : 'none';
      return { action: { byName: 'open', byAddress }, actBy: latest([start, from]) };
    },
    closing({ name }) {
      if (!wasNeeded.has(name) || isNeeded.has(name)) return NOTHING;
      const closes = (wasServed.get(name) ?? []).some((cidr) => !blocks.has(cidr));
      return { action: { byName: 'close', byAddress: closes ? 'close' : 'none' }, actBy: null };
    },
  };
}

const NOTHING: Action = { action: { byName: 'none', byAddress: 'none' }, actBy: null };

function neededIn({ requirements }: Asked): DatedRequirement[] {
  return [...requirements.values()].filter(needed);
}

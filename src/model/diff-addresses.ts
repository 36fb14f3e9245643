import { byHost, type HeldAddress } from './address.js';
import type { Json } from './canonical.js';
import type { ChangeReason, Difference } from './change.js';
import { familyOf, type Cidr, type Family } from './cidr.js';
import { difference, secondsBetween } from './difference.js';

/** What became of one address of one host. At least one side is not `null`; both have the same host and block. */
export interface AddressEdge {
  readonly before: HeldAddress | null;
  readonly after: HeldAddress | null;
}

/** Which addresses are in use, current or retiring, beside those that changed. */
export interface Uses {
  /** Whether a host had an address of a family in use in the earlier content. */
  hadInUse(host: string, family: Family): boolean;
  /** Whether a host that something needs has a block in use in the later content. */
  hasInUse(cidr: Cidr): boolean;
  /** Whether something needs a host, in either content. What nothing needs is neither to be opened nor to be closed. */
  needs(host: string): boolean;
  /** Since when a host has a block in use; where nothing tells of it, since the later content. */
  usedSince?(host: string, cidr: Cidr): string;
}

/**
 * The differences that some edges make, by host and then in address order. Times of observation alone make none.
 *
 * @param at when the later content was published.
 */
export function addressDifferences(edges: readonly AddressEdge[], uses: Uses, at: string): Difference[] {
  const keyed = edges.flatMap((edge) => {
    const one = edge.after ?? edge.before;
    return one === null ? [] : [{ ...edge, host: one.host, cidr: one.cidr }];
  });
  const comers = new Set(keyed.filter(comes).map(({ cidr }) => cidr));
  const leavers = new Set(keyed.filter(leaves).map(({ cidr }) => cidr));
  const opened = new Set<string>();
  return byHost(keyed).flatMap((edge): Difference[] => {
    if (isSame(edge)) return [];
    const { host, cidr } = edge;
    const family = familyOf(cidr);
    const hasMoved = (comes(edge) && leavers.has(cidr)) || (leaves(edge) && comers.has(cidr));
    const around = {
      at: uses.usedSince?.(host, cidr) ?? at,
      hasMoved,
      isNeeded: uses.needs(host),
      isStillInUse: uses.hasInUse(cidr),
    };
    const facts = PASSAGES[stageOf(edge.before)][stageOf(edge.after)](edge, around);
    const isFirst = comesInUse(edge) && !uses.hadInUse(host, family) && !opened.has(`${host} ${family}`);
    if (isFirst) opened.add(`${host} ${family}`);
    return [
      difference({
        subject: 'address',
        host,
        address: cidr,
        previous: told(edge.before),
        current: told(edge.after),
        firstOfFamily: isFirst ? family : null,
        ...facts,
      }),
    ];
  });
}

type Stage = 'gone' | 'announced' | 'current' | 'retiring';
type Facts = { readonly reason: ChangeReason } & Partial<
  Pick<Difference, 'action' | 'actBy' | 'announced' | 'leadTimeSeconds' | 'effectiveFrom'>
>;
type Passage = (edge: AddressEdge, around: Around) => Facts;

interface Around {
  readonly at: string;
  readonly hasMoved: boolean;
  readonly isNeeded: boolean;
  readonly isStillInUse: boolean;
}

const opens: Passage = ({ before }, { at, hasMoved, isNeeded }) => ({
  reason: hasMoved ? 'moved' : 'new',
  action: { byName: 'none', byAddress: isNeeded ? 'open' : 'none' },
  actBy: isNeeded ? at : null,
  announced: before?.status === 'announced',
  leadTimeSeconds: before?.status === 'announced' ? secondsBetween(before.firstSeenAt, at) : null,
  effectiveFrom: before?.effectiveFrom ?? null,
});

const leavesTheList: Passage = ({ before, after }, { hasMoved }) => {
  const removal = before?.announcedRemovalAt ?? after?.announcedRemovalAt ?? null;
  return { reason: hasMoved ? 'moved' : 'delisted', announced: removal !== null, effectiveFrom: removal };
};

const closes: Passage = ({ before }, { hasMoved, isNeeded, isStillInUse }) => {
  const removal = before?.announcedRemovalAt ?? null;
  return {
    reason: hasMoved ? 'moved' : 'retired',
    // Closed for this host, it would be closed for another as well.
    action: { byName: 'none', byAddress: isNeeded && !isStillInUse ? 'close' : 'none' },
    announced: removal !== null,
    effectiveFrom: removal,
  };
};

const isAnnounced: Passage = ({ after }) => ({ reason: 'announced', effectiveFrom: after?.effectiveFrom ?? null });
const isWithdrawn: Passage = () => ({ reason: 'delisted' });
const isReinstated: Passage = () => ({ reason: 'reinstated' });

/** It stays what it was: a date that is said for it has changed, or only where it is known from. */
const isRestated: Passage = ({ before, after }) => {
  for (const date of ['announcedRemovalAt', 'effectiveFrom'] as const) {
    const says = after?.[date] ?? null;
    if (says !== (before?.[date] ?? null)) return { reason: 'announced', effectiveFrom: says };
  }
  return { reason: 'text' };
};

/** From the stage that it had, to the one that it has. */
const PASSAGES: Record<Stage, Record<Stage, Passage>> = {
  gone: { gone: isRestated, announced: isAnnounced, current: opens, retiring: opens },
  announced: { gone: isWithdrawn, announced: isRestated, current: opens, retiring: opens },
  current: { gone: closes, announced: closes, current: isRestated, retiring: leavesTheList },
  retiring: { gone: closes, announced: closes, current: isReinstated, retiring: isRestated },
};

function stageOf(address: HeldAddress | null): Stage {
  return address === null || address.status === 'retired' ? 'gone' : address.status;
}

function comesInUse({ before, after }: AddressEdge): boolean {
  const [was, is] = [before, after].map((address) => ['current', 'retiring'].includes(stageOf(address)));
  return is === true && was === false;
}

function comes({ before, after }: AddressEdge): boolean {
  return stageOf(before) === 'gone' && stageOf(after) === 'current';
}

function leaves({ before, after }: AddressEdge): boolean {
  return stageOf(before) === 'current' && ['retiring', 'gone'].includes(stageOf(after));
}

function isSame({ before, after }: AddressEdge): boolean {
  return (
    before?.status === after?.status &&
    before?.source === after?.source &&
    before?.effectiveFrom === after?.effectiveFrom &&
    before?.announcedRemovalAt === after?.announcedRemovalAt
  );
}

/** An address as answers show it, without what depends on other addresses. */
function told(address: HeldAddress | null): Json {
  if (address === null) return null;
  const { cidr, host, status, source, firstSeenAt, effectiveFrom, announcedRemovalAt, removedAt, retireAt } = address;
  const family = familyOf(cidr);
  return { cidr, family, host, status, source, firstSeenAt, effectiveFrom, announcedRemovalAt, removedAt, retireAt };
}

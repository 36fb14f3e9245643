import { inAddressOrder, type Address, type AddressStatus } from './address.js';
import { compareInstants } from './canonical.js';
import type { Announcement, Dated } from './catalog.js';
import { withAnnouncedHosts } from './catalog-at.js';
import type { ChangeAction } from './change.js';
import type { Cidr } from './cidr.js';
import { datedRequirementsOf, type DatedRequirement } from './dated-requirements.js';
import { NO_ACTION } from './difference.js';
import { foretell, type Foretold } from './foretell.js';
import { hostOf } from './listing.js';
import { namesOf } from './requirement.js';
import { choose } from './select.js';
import type { Selection } from './selection.js';
import type { Snapshot } from './snapshot.js';

export const UPCOMING_EVENTS = ['opening', 'closing', 'retirement'] as const;
export type UpcomingEvent = (typeof UPCOMING_EVENTS)[number];

export const UPCOMING_SUBJECTS = ['requirement', 'host', 'address'] as const;
/** What something that is to come is about, in the order in which those of one date are told. */
export type UpcomingSubject = (typeof UPCOMING_SUBJECTS)[number];

/** Something that is said to come. */
export interface Upcoming {
  /** RFC 3339 UTC; `null` where nobody said when. */
  readonly date: string | null;
  readonly event: UpcomingEvent;
  readonly subject: UpcomingSubject;
  /** The ref of a requirement. */
  readonly requirement: string | null;
  readonly host: string | null;
  readonly address: Cidr | null;
  /**
   * Whether it comes about by the clock alone: the vendor's dates and retirements do. The upstream list's own dates
   * promote and remove nothing: one that has passed says that nothing happened.
   */
  readonly actsByItself: boolean;
  readonly announcement: Announcement | null;
  /** What an administrator has to do: open by that date, close from then on. The change of that date says the same. */
  readonly action: { readonly byName: ChangeAction; readonly byAddress: ChangeAction };
}

/**
 * What is said to come of what a selection chooses, by date, what has none last; at one date requirements in the
 * catalog's order, then hosts, then addresses in theirs. A selection's statuses do not matter here.
 */
export function upcomingOf(snapshot: Snapshot, selection: Selection): Upcoming[] {
  const chosen = chosenOf(snapshot, selection);
  const foretold = foretell(snapshot);
  const all = [
    ...requirementsToCome(snapshot, chosen, foretold),
    ...hostsToCome(snapshot, chosen, foretold),
    ...addressesToCome(snapshot, chosen, selection, foretold),
  ];
  return all.sort((a, b) => {
    if (a.date === null || b.date === null) return Number(a.date === null) - Number(b.date === null);
    return compareInstants(a.date, b.date);
  });
}

/** The requirements of a selection, those that are only announced among them, with the hosts that each will have. */
function chosenOf({ catalog }: Snapshot, selection: Selection): DatedRequirement[] {
  const all = [...datedRequirementsOf(withAnnouncedHosts(catalog)).values()];
  const refs = new Set(
    choose(
      all.map(({ requirement }) => requirement),
      selection,
    ).map(({ ref }) => ref),
  );
  return all.filter(({ requirement }) => refs.has(requirement.ref));
}

function requirementsToCome(snapshot: Snapshot, chosen: readonly DatedRequirement[], foretold: Foretold): Upcoming[] {
  return chosen.flatMap(({ requirement: { ref }, dated }) =>
    passages(dated).flatMap(({ event, date }) => {
      const action = foretold.requirement(ref, date);
      if (action === undefined) return [];
      return [upcoming(snapshot, dated, { date, event, subject: 'requirement', requirement: ref, action })];
    }),
  );
}

/** The hosts that come to what is there already, or leave what stays; others come and go with their requirements. */
function hostsToCome(snapshot: Snapshot, chosen: readonly DatedRequirement[], foretold: Foretold): Upcoming[] {
  const byEndpoint = Map.groupBy(chosen, ({ requirement }) => requirement.endpoint.name);
  return snapshot.catalog.endpoints.flatMap(({ name, dated = [] }) =>
    dated.flatMap((host) =>
      passages(host).flatMap(({ event, date }) => {
        const action = foretold.name(name, host.host, date);
        const isAround = byEndpoint.get(name)?.some((one) => isInForceAround(one.dated, date)) === true;
        if (action === undefined || !isAround) return [];
        return [upcoming(snapshot, host, { date, event, subject: 'host', host: host.host, action })];
      }),
    ),
  );
}

function addressesToCome(
  snapshot: Snapshot,
  chosen: readonly DatedRequirement[],
  { family }: Selection,
  foretold: Foretold,
): Upcoming[] {
  const names = new Set(chosen.flatMap(({ requirement }) => namesOf(requirement.endpoint)));
  const addresses = new Set(
    [...names].flatMap((name) => hostOf(snapshot, name, [], { family, status: STATUSES_TO_COME }).addresses),
  );
  return inAddressOrder([...addresses]).flatMap((address) =>
    addressPassages(address, foretold).map((passage) =>
      upcoming(snapshot, null, { ...passage, subject: 'address', host: address.host, address: address.cidr }),
    ),
  );
}

/** Of which statuses an address may be that something is said of. */
export const STATUSES_TO_COME: readonly AddressStatus[] = ['current', 'announced', 'retiring'];

function addressPassages(address: Address, foretold: Foretold) {
  const { status, effectiveFrom, announcedRemovalAt, retireAt } = address;
  if (status === 'retiring') {
    const action = retireAt === null ? NO_ACTION : foretold.retirement(address, retireAt);
    return [{ date: retireAt, event: 'retirement', actsByItself: true, action } as const];
  }
  const said = { actsByItself: false, action: NO_ACTION } as const;
  return [
    ...(status === 'announced' ? [{ date: effectiveFrom, event: 'opening', ...said } as const] : []),
    ...(announcedRemovalAt === null ? [] : [{ date: announcedRemovalAt, event: 'closing', ...said } as const]),
  ];
}

/** The dates of something, each with what it brings. */
function passages(dated: Dated | null) {
  return [
    { event: 'opening', date: dated?.from ?? null } as const,
    { event: 'closing', date: dated?.until ?? null } as const,
  ].flatMap(({ event, date }) => (date === null ? [] : [{ event, date }]));
}

/** Whether something is in force both before an instant and after it. */
function isInForceAround(dated: Dated | null, instant: string): boolean {
  const { from, until } = dated ?? { from: null, until: null };
  return (
    (from === null || compareInstants(from, instant) < 0) && (until === null || compareInstants(until, instant) > 0)
  );
}

function upcoming(
  { catalog }: Snapshot,
  dated: Dated | null,
  told: Pick<Upcoming, 'date' | 'event' | 'subject' | 'action'> & Partial<Upcoming>,
): Upcoming {
  const announcement = catalog.announcements?.find(({ name }) => name === dated?.announcement) ?? null;
  const { date, event, subject, requirement = null, host = null, address = null, actsByItself = true, action } = told;
  return { date, event, subject, requirement, host, address, actsByItself, announcement, action };
}

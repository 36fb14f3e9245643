import { inAddressOrder, isInUse, type AddressList, type HeldAddress, type ListedAddress } from './address.js';
import { groupedByHost } from './by-host.js';
import { compareText } from './canonical.js';
import { counterpartsIn } from './counterparts.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

/**
 * The addresses of a list as a revision holds them, after those that are held now. One that is held already keeps the
 * time when it was first seen. One in use that the list leaves out is still held, as `retiring`, for the time of grace:
 * publishers take live addresses off by mistake, and so is one that the list has for later only, with the date that it
 * says. One that was only announced is not in use, and goes at once. One that stays as it was stays the same object.
 *
 * @param list    in canonical form.
 * @param seenAt  when the list was read.
 * @param graceMs how long an address that left is still served; with 0 it goes at once.
 * @returns by host, then in address order.
 */
export function adopt(
  held: readonly HeldAddress[],
  list: AddressList,
  seenAt: string,
  graceMs: number,
): readonly HeldAddress[] {
  return atOnce(adopting(held, list, seenAt, graceMs));
}

/** The same in steps. */
export function* adopting(
  held: readonly HeldAddress[],
  list: AddressList,
  seenAt: string,
  graceMs: number,
): Steps<readonly HeldAddress[]> {
  const before = counterpartsIn(held);
  const adopted: HeldAddress[] = [];
  for (const address of list.addresses) {
    adopted.push(adoptedFrom(before(address), address, seenAt, graceMs));
    if (adopted.length % STRIDE === 0) yield;
  }
  if (graceMs === 0) return adopted;
  const listed = counterpartsIn(list.addresses);
  const left: HeldAddress[] = [];
  for (const [i, address] of held.entries()) {
    if (listed(address) === undefined && isInUse(address)) {
      left.push({ ...leaving(address, seenAt, graceMs), effectiveFrom: null });
    }
    if (i % STRIDE === 0) yield;
  }
  return left.length === 0 ? adopted : yield* joined(adopted, left);
}

function adoptedFrom(
  known: HeldAddress | undefined,
  address: ListedAddress,
  seenAt: string,
  graceMs: number,
): HeldAddress {
  // Listed for later only, it has left: it may not vanish from firewalls that have it open.
  if (address.status === 'announced' && known !== undefined && isInUse(known) && graceMs > 0) {
    return asBefore(known, { ...leaving(known, seenAt, graceMs), effectiveFrom: address.effectiveFrom });
  }
  const { host, cidr, status, effectiveFrom, announcedRemovalAt } = address;
  return asBefore(known, {
    host,
    cidr,
    status,
    source: 'published',
    firstSeenAt: known?.firstSeenAt ?? seenAt,
    effectiveFrom,
    announcedRemovalAt,
    removedAt: null,
    retireAt: null,
  });
}

/** What was known where nothing of it is different: whoever compares two contents then sees that at once. */
function asBefore(known: HeldAddress | undefined, now: HeldAddress): HeldAddress {
  const isSame =
    known !== undefined &&
    known.status === now.status &&
    known.source === now.source &&
    known.effectiveFrom === now.effectiveFrom &&
    known.announcedRemovalAt === now.announcedRemovalAt &&
    known.removedAt === now.removedAt &&
    known.retireAt === now.retireAt;
  return isSame ? known : now;
}

/** Addresses that are in order with others; only the hosts that have some of both are put in order anew. */
function* joined(ordered: readonly HeldAddress[], others: readonly HeldAddress[]): Steps<HeldAddress[]> {
  const own = groupedByHost(ordered);
  yield;
  const late = groupedByHost(others);
  const all: HeldAddress[] = [];
  for (const host of [...new Set([...own.keys(), ...late.keys()])].sort(compareText)) {
    const more = late.get(host);
    const here = own.get(host) ?? [];
    for (const address of more === undefined ? here : inAddressOrder([...here, ...more])) all.push(address);
    yield;
  }
  return all;
}

/** The end of its grace is fixed when an address leaves the list, and nothing moves it later. */
function leaving(address: HeldAddress, seenAt: string, graceMs: number): HeldAddress {
  if (address.status === 'retiring') return address;
  const retireAt = new Date(Date.parse(seenAt) + graceMs).toISOString();
  return { ...address, status: 'retiring', removedAt: seenAt, retireAt };
}

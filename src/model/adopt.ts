import { byHost, isInUse, type AddressList, type HeldAddress, type ListedAddress } from './address.js';

/**
 * The addresses of a list as a revision holds them, after those that are held now. One that is held already keeps the
 * time when it was first seen. One in use that the list leaves out is still held, as `retiring`, for the time of grace:
 * publishers take live addresses off by mistake, and so is one that the list has for later only, with the date that it
 * says. One that was only announced is not in use, and goes at once.
 *
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
  const before = new Map(held.map((address) => [keyOf(address), address]));
  const listed = new Map(list.addresses.map((address) => [keyOf(address), address]));
  const adopted = list.addresses.map((address): HeldAddress => {
    const known = before.get(keyOf(address));
    // Listed for later only, it has left: it may not vanish from firewalls that have it open.
    if (address.status === 'announced' && known !== undefined && isInUse(known) && graceMs > 0) {
      return { ...leaving(known, seenAt, graceMs), effectiveFrom: address.effectiveFrom };
    }
    return {
      ...address,
      source: 'published',
      firstSeenAt: known?.firstSeenAt ?? seenAt,
      removedAt: null,
      retireAt: null,
    };
  });
  const left = held.filter((address) => !listed.has(keyOf(address)) && isInUse(address));
  const leave = (address: HeldAddress) => ({ ...leaving(address, seenAt, graceMs), effectiveFrom: null });
  return byHost([...adopted, ...(graceMs === 0 ? [] : left.map(leave))]);
}

/** The end of its grace is fixed when an address leaves the list, and nothing moves it later. */
function leaving(address: HeldAddress, seenAt: string, graceMs: number): HeldAddress {
  if (address.status === 'retiring') return address;
  const retireAt = new Date(Date.parse(seenAt) + graceMs).toISOString();
  return { ...address, status: 'retiring', removedAt: seenAt, retireAt };
}

function keyOf({ host, cidr }: Pick<ListedAddress, 'host' | 'cidr'>): string {
  return `${host} ${cidr}`;
}

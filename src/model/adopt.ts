import type { AddressList, HeldAddress } from './address.js';

/**
 * The addresses of a list as a revision holds them: one that is held already keeps the time when it was first seen.
 *
 * @param seenAt when the list was read.
 */
export function adopt(held: readonly HeldAddress[], list: AddressList, seenAt: string): HeldAddress[] {
  const firstSeen = new Map(held.map(({ host, cidr, firstSeenAt }) => [`${host} ${cidr}`, firstSeenAt]));
  return list.addresses.map((address) => ({
    ...address,
    source: 'published',
    firstSeenAt: firstSeen.get(`${address.host} ${address.cidr}`) ?? seenAt,
    removedAt: null,
    retireAt: null,
  }));
}

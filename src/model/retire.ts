import type { HeldAddress } from './address.js';
import { earliest } from './canonical.js';

/**
 * The addresses that are left once those whose grace has ended are retired. One that the list still has, for a date to
 * come, is announced from then on. The same ones where no grace has ended.
 *
 * @param isSpared whether an address is about to come back: its grace does not end meanwhile.
 */
export function withoutRetired(
  addresses: readonly HeldAddress[],
  now: Date,
  isSpared: (address: HeldAddress) => boolean = () => false,
): readonly HeldAddress[] {
  const hasEnded = (address: HeldAddress) =>
    address.retireAt !== null && Date.parse(address.retireAt) <= now.getTime() && !isSpared(address);
  if (!addresses.some(hasEnded)) return addresses;
  return addresses.flatMap((address): HeldAddress[] => {
    if (!hasEnded(address)) return [address];
    if (address.effectiveFrom === null) return [];
    return [{ ...address, status: 'announced', removedAt: null, retireAt: null }];
  });
}

/** When the grace of the next one ends; `null` where none is retiring. */
export function nextRetirement(addresses: readonly HeldAddress[]): string | null {
  return earliest(addresses.flatMap(({ retireAt }) => retireAt ?? []));
}

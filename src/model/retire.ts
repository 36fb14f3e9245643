import type { HeldAddress } from './address.js';
import { earliest } from './canonical.js';

/**
 * The addresses that are left once those whose grace has ended are retired. One that the list still has, for a date to
 * come, is announced from then on. The same ones where no grace has ended.
 */
export function withoutRetired(addresses: readonly HeldAddress[], now: Date): readonly HeldAddress[] {
  const hasEnded = ({ retireAt }: HeldAddress) => retireAt !== null && Date.parse(retireAt) <= now.getTime();
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

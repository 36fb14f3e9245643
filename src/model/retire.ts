import type { HeldAddress } from './address.js';
import { earliest } from './canonical.js';

/** The addresses that are left once those whose grace has ended are retired. */
export function withoutRetired(addresses: readonly HeldAddress[], now: Date): readonly HeldAddress[] {
  return addresses.filter(({ retireAt }) => retireAt === null || Date.parse(retireAt) > now.getTime());
}

/** When the grace of the next one ends; `null` where none is retiring. */
export function nextRetirement(addresses: readonly HeldAddress[]): string | null {
  return earliest(addresses.flatMap(({ retireAt }) => retireAt ?? []));
}

import type { HeldAddress } from '../model/address.js';

/** An address with one unchanging life, from a revision up to, but not with, another; open while `to` is null. */
export interface AddressLife {
  readonly address: HeldAddress;
  readonly from: number;
  readonly to: number | null;
}

/** Whether a life was lived in a revision. */
export function isDuring({ from, to }: AddressLife, revision: number): boolean {
  return from <= revision && (to === null || revision < to);
}

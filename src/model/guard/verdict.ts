import type { Cidr } from '../cidr.js';

/** What is decided of an offered list. A refusal is a value, not an error: the served list stays. */
export type Verdict =
  /** `warnings`: what an operator should know of all the same. */
  | { readonly verdict: 'accept'; readonly warnings: readonly Warning[] }
  /** Doubtful: an operator may still want it. `detail` is a sentence for people. */
  | { readonly verdict: 'hold'; readonly reason: HoldReason; readonly detail: string }
  /** Never to be served, whoever asks. */
  | {
      readonly verdict: 'reject';
      readonly reason: RejectReason;
      readonly detail: string;
      /** The entry that it is about; `null` where it is about the whole list. */
      readonly at: { readonly host: string; readonly cidr: Cidr } | null;
    };

/** Why a list is doubted. */
export const HOLD_REASONS = [
  'host-gone',
  'host-emptied',
  'family-lost',
  'host-missing',
  'wide-range',
  'wide-ranges',
  'shrunk',
  'replaced',
  'host-replaced',
  'widened',
  'eroded',
  'additions',
  'around-revoked',
  'rejected',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Why a list can never be served. */
export const REJECT_REASONS = ['special-purpose', 'too-wide', 'limit'] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What is worth a line, and holds nothing. */
export interface Warning {
  readonly reason: 'half-gone' | 'host-replaced' | 'unknown-host';
  readonly detail: string;
}

/** How much is doubted: `auto` as few true changes as can be; `strict` also one host replaced; `approve` every addition. */
export const PROFILES = ['auto', 'strict', 'approve'] as const;
export type Profile = (typeof PROFILES)[number];

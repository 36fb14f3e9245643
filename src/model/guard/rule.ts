import type { Steps } from '../steps.js';
import type { Offer } from './offer.js';
import type { HoldReason } from './verdict.js';

/** A doubt: a reason, and a sentence for people. */
export interface Doubt {
  readonly reason: HoldReason;
  readonly detail: string;
}

/** Finds what is to be doubted of an offer in one respect. */
export type Rule = (offer: Offer) => Steps<Doubt | undefined>;

import type { HeldAddress } from './address.js';
import { earliest, latest } from './canonical.js';

export const LOOKUP_VERDICTS = ['required', 'retiring', 'announced', 'listed', 'retired', 'unknown'] as const;
/**
 * `required`: some task needs it. `retiring`, `announced`, `retired`: all that is known of it for the catalog's hosts.
 * `listed`: it is in the list, but no task needs it. `unknown`: nothing here has it.
 */
export type LookupVerdict = (typeof LOOKUP_VERDICTS)[number];

export const LOOKUP_MATCHES = ['full', 'partial', 'none'] as const;
/** Whether all, some or none of what was asked about is known. */
export type LookupMatch = (typeof LOOKUP_MATCHES)[number];

/** What is known of an address, a block, a range or a name. */
export interface Lookup {
  /** What was asked, in canonical text. */
  readonly query: string;
  readonly verdict: LookupVerdict;
  readonly match: LookupMatch;
  /** The hosts behind it, and from when to when they had it; `to` is `null` while they have it. */
  readonly hosts: readonly LookupHost[];
  readonly requirements: readonly string[];
  /** Endpoints whose addresses or names are not all known: it may belong to one of these. */
  readonly cannotExclude: readonly string[];
  /** The closest thing that is known, where the verdict is `unknown`. */
  readonly nearest: string | null;
}

export interface LookupHost {
  readonly name: string;
  readonly inCatalog: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

/** Since when a host had any of some addresses, and until when it had the last of them. */
export function timesOf(addresses: readonly HeldAddress[]): Pick<LookupHost, 'from' | 'to'> {
  const removals = addresses.flatMap(({ removedAt }) => removedAt ?? []);
  return {
    from: earliest(addresses.map(({ firstSeenAt }) => firstSeenAt)),
    to: removals.length < addresses.length ? null : latest(removals),
  };
}

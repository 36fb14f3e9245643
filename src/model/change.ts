import type { Json } from './canonical.js';
import type { Cidr, Family } from './cidr.js';

export const CHANGE_KINDS = ['added', 'removed', 'modified'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What a change is about, in the order in which the changes of one revision are told. */
export const CHANGE_SUBJECTS = ['catalog', 'requirement', 'port', 'host', 'address'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

export const CHANGE_ACTIONS = ['open', 'close', 'none'] as const;
/** What an administrator has to do. A word that a client does not know means "look at it". */
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

export const CHANGE_REASONS = [
  'new',
  'moved',
  'reinstated',
  'announced',
  'delisted',
  'retired',
  'widened',
  'narrowed',
  'text',
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** One difference between two contents. Instants are RFC 3339 UTC. */
export interface Difference {
  readonly kind: ChangeKind;
  readonly subject: ChangeSubject;
  /** For a firewall that knows names, and for one that knows only addresses. */
  readonly action: { readonly byName: ChangeAction; readonly byAddress: ChangeAction };
  readonly reason: ChangeReason;
  /** Set where it gives a host its first address of a family; the first IPv6 breaks allow lists of IPv4 only. */
  readonly firstOfFamily: Family | null;
  /** When what there is to open is in use; `null` where nothing has to be done by a time. */
  readonly actBy: string | null;
  readonly host: string | null;
  readonly address: Cidr | null;
  /** The ref of a requirement. */
  readonly requirement: string | null;
  /** What there was before, and is now; `null` where there was or is nothing. */
  readonly previous: Json;
  readonly current: Json;
  /** Whether it was announced before it took effect. */
  readonly announced: boolean;
  /** From the announcement to the effect; `null` where nothing was announced. */
  readonly leadTimeSeconds: number | null;
  /** The instant that was announced for it. */
  readonly effectiveFrom: string | null;
}

/** A difference between two consecutive revisions. `id` is `revision-n`, n from 1 in the fixed order. */
export interface Change extends Difference {
  readonly id: string;
  readonly revision: number;
  readonly publishedAt: string;
}

import type { HeldAddress, ListedAddress } from './address.js';
import { blockOf, rangeOf, type Cidr } from './cidr.js';
import { STRIDE, atOnce, type Steps } from './steps.js';

export const DECISION_KINDS = ['approve', 'reject', 'pin', 'unpin', 'revoke', 'restore'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What an operator decided, once; the history of the product keeps every one. Times are RFC 3339 UTC. */
export interface Decision {
  readonly kind: DecisionKind;
  /** The digest of what is held, the number of a revision, or a block; empty for `unpin`. */
  readonly subject: string;
  /** The one host that a block is revoked of; `null` for all. */
  readonly host: string | null;
  /** The name of the operator's token. */
  readonly by: string;
  /** The reason, in the operator's words. */
  readonly note: string | null;
  readonly at: string;
  /** When it ends by itself; `null` where it does not. */
  readonly until: string | null;
}

/** The decisions that hold at a moment. */
export interface InForce {
  readonly pin: Decision | null;
  /** By the digest that they are about. */
  readonly approved: ReadonlyMap<string, Decision>;
  readonly rejected: ReadonlyMap<string, Decision>;
  readonly revoked: readonly Decision[];
}

/** Works out what holds. @param decisions oldest first: of two about the same, the later one holds. */
export function inForce(decisions: readonly Decision[], now: Date): InForce {
  let pin: Decision | null = null;
  const approved = new Map<string, Decision>();
  const rejected = new Map<string, Decision>();
  const revoked = new Map<string, Decision>();
  const instant = now.toISOString();
  for (const decision of decisions) {
    const { kind, subject, host, until } = decision;
    const holds = until === null || instant < until;
    switch (kind) {
      case 'pin':
        pin = holds ? decision : null;
        break;
      case 'unpin':
        pin = null;
        break;
      case 'approve':
        rejected.delete(subject);
        if (holds) approved.set(subject, decision);
        else approved.delete(subject);
        break;
      case 'reject':
        approved.delete(subject);
        rejected.set(subject, decision);
        break;
      case 'revoke':
        revoked.set(`${subject} ${host ?? ''}`, decision);
        break;
      case 'restore':
        revoked.delete(`${subject} ${host ?? ''}`);
        break;
    }
  }
  return { pin, approved, rejected, revoked: [...revoked.values()] };
}

/** Why what an operator rejected is held, in a sentence. */
export function rejectedBy({ by, at, note }: Decision): string {
  return `${by} rejected exactly this at ${at}${note === null ? '' : `: ${note}`}. It stays out until it is approved.`;
}

/** Leaves out every address that lies in a block that is revoked. Where none does, the list is the same object. */
export function* leavingOutRevoked<A extends HeldAddress | ListedAddress>(
  addresses: readonly A[],
  revoked: readonly Decision[],
): Steps<readonly A[]> {
  if (revoked.length === 0) return addresses;
  const blocks = revoked.map(({ subject, host }) => ({ host, ...rangeOf(blockOf(subject as Cidr)) }));
  const kept: A[] = [];
  for (const [i, address] of addresses.entries()) {
    const { family, first, last } = rangeOf(blockOf(address.cidr));
    const isRevoked = blocks.some(
      (block) =>
        (block.host === null || block.host === address.host) &&
        block.family === family &&
        block.first <= first &&
        last <= block.last,
    );
    if (!isRevoked) kept.push(address);
    if (i % STRIDE === 0) yield;
  }
  return kept.length === addresses.length ? addresses : kept;
}

/** The same in one piece. */
export function withoutRevoked<A extends HeldAddress | ListedAddress>(
  addresses: readonly A[],
  revoked: readonly Decision[],
): readonly A[] {
  return atOnce(leavingOutRevoked(addresses, revoked));
}

/** The addresses whose blocks hold all of another block, and are wider than that. */
export function holding<A extends HeldAddress | ListedAddress>(addresses: readonly A[], block: Cidr): readonly A[] {
  const inner = rangeOf(blockOf(block));
  return addresses.filter(({ cidr }) => {
    const { family, first, last } = rangeOf(blockOf(cidr));
    return cidr !== block && family === inner.family && first <= inner.first && inner.last <= last;
  });
}

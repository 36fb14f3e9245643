import type { Decision, InForce } from '../model/decision.js';

/** What is doubted, and so waits for an operator while what was there before is served. Times are RFC 3339 UTC. */
export interface Held {
  readonly kind: 'list' | 'catalog';
  /** By which it is approved or rejected. */
  readonly digest: string;
  readonly reason: string;
  readonly detail: string;
  /** When it was first offered. */
  readonly offeredAt: string;
  /** How it was decided; `null` while it waits. */
  readonly decision: Decision | null;
}

/** Something that is held, with what was decided of it. */
export function heldAs(
  kind: Held['kind'],
  held: Omit<Held, 'kind' | 'decision'> | null,
  { approved, rejected }: InForce,
): Held | null {
  return held && { kind, ...held, decision: approved.get(held.digest) ?? rejected.get(held.digest) ?? null };
}

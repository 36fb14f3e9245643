export const FRESHNESS = ['pinned', 'held', 'bundled', 'stale', 'fresh'] as const;
/**
 * How far an answer can be trusted to be upstream's latest. The first that holds: `pinned` by an operator; `bundled`,
 * nothing was ever accepted from upstream; `held`, upstream offers a list that is doubted; `stale`, not checked for
 * three polls; `fresh`.
 */
export type Freshness = (typeof FRESHNESS)[number];

/** The freshness of what is served, from what is known of the last poll. */
export function freshnessOf(state: {
  /** Whether an operator keeps what is served as it is. */
  readonly pinned: boolean;
  /** Whether upstream has any part in what is served. */
  readonly dependsOnUpstream: boolean;
  readonly checkedAt: Date | null;
  readonly held: boolean;
  readonly now: Date;
  readonly refreshMs: number;
}): Freshness {
  if (state.pinned) return 'pinned';
  if (!state.dependsOnUpstream) return 'fresh';
  if (state.checkedAt === null) return 'bundled';
  if (state.held) return 'held';
  // A check that lies ahead was made by a clock that was wrong: it proves nothing.
  const ageMs = state.now.getTime() - state.checkedAt.getTime();
  return Math.abs(ageMs) > 3 * state.refreshMs ? 'stale' : 'fresh';
}

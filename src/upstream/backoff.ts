const SHORTEST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;
const LONGEST_ASKED_MS = 60 * 60_000;

/**
 * How long to wait after a failure: decorrelated jitter between one second and fifteen minutes, never longer than a
 * regular poll would wait, but as long as upstream asked for, up to an hour.
 *
 * @param previousMs what was waited last, or 0 after a success.
 * @param random     a number from 0 up to 1.
 */
export function backoffMs(previousMs: number, regularMs: number, askedMs: number | null, random: number): number {
  const most = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, regularMs));
  const upper = Math.min(most, Math.max(SHORTEST_MS, previousMs) * 3);
  const own = SHORTEST_MS + random * (upper - SHORTEST_MS);
  return Math.round(Math.max(own, Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

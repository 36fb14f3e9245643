import { sha256 } from '../model/canonical.js';
import type { DecisionRow, PollRow } from './schema.js';

// What is stored beside the revisions has checksums of its own: SQLite finds no bit that flipped. How they are worked out
// never changes, because stores have them.

/** The checksum of what is known of the last poll. */
export function sumOfPoll({ product, checked_at, held }: Omit<PollRow, 'checksum'>): string {
  return sumOf([product, checked_at, held]);
}

/** The checksum of a decision, with the place that it has among others. */
export function sumOfDecision(row: Omit<DecisionRow, 'checksum'>): string {
  const { product, number, kind, subject, host, by, note, at, until } = row;
  return sumOf([product, number, kind, subject, host, by, note, at, until]);
}

/** A member that is not there is no `null`, though JSON has one for it: the name of its column was damaged. */
function sumOf(members: readonly (string | number | null | undefined)[]): string {
  return members.includes(undefined) ? 'none' : sha256(JSON.stringify(members));
}

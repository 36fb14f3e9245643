import type { PollOutcome } from '../publish/poll-outcome.js';

/** How often what happened, since the start. */
export class Tally {
  readonly polls = new Map<string, number>();
  /** Lists that were held or refused, and polls that failed, by why. */
  readonly refused = new Map<string, number>();
  /** Answers by the first digit of their status. */
  readonly answers = new Uint32Array(6);

  polled({ outcome, reason }: PollOutcome): void {
    count(this.polls, outcome);
    if (reason !== null) count(this.refused, reason);
  }

  answered(status: number): void {
    this.answers[Math.floor(status / 100)]!++;
  }
}

function count(numbers: Map<string, number>, name: string): void {
  numbers.set(name, (numbers.get(name) ?? 0) + 1);
}

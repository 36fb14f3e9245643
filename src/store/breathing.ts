import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../model/steps.js';

/** How long others wait at most, unless one step takes longer. A request is answered in about as long. */
const SLICE_MS = 1;

/** Long work that lets others have their turn: between any two slices of it requests are read and answered. */
export class Breathing {
  #sinceMs = performance.now();

  /** Whether the slice is over. */
  get isDue(): boolean {
    return performance.now() - this.#sinceMs >= SLICE_MS;
  }

  /** Lets others have their turn where it is due. */
  async pause(): Promise<void> {
    if (!this.isDue) return;
    await turn();
    this.#sinceMs = performance.now();
  }
}

/**
 * Does work that comes in steps, and breathes.
 *
 * @param breathing that of the longer work which it is a part of, where it is.
 */
export async function inTurns<T>(steps: Steps<T>, breathing = new Breathing()): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (breathing.isDue) await breathing.pause();
  }
}

import { setImmediate as turn } from 'node:timers/promises';
import type { Chronicle } from './chronicle.js';
import { StoreDamaged } from './content.js';

/**
 * Reads every revision once, newest first, and tells those that are damaged, before anyone asks for them.
 * Others have their turn between two of them.
 */
export async function* damagedIn(chronicle: Chronicle, signal: AbortSignal): AsyncGenerator<StoreDamaged> {
  for (let revision = chronicle.head; revision > 0 && !signal.aborted; revision--) {
    await turn();
    try {
      chronicle.verify(revision);
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error;
      yield error;
    }
  }
}

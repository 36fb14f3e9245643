import { Breathing, inTurns } from './breathing.js';
import type { Chronicle } from './chronicle.js';
import { StoreDamaged } from './content.js';

/**
 * Reads every revision once, newest first, and tells those that are damaged, before anyone asks for them.
 * Others have their turn meanwhile.
 */
export async function* damagedIn(chronicle: Chronicle, signal: AbortSignal): AsyncGenerator<StoreDamaged> {
  const breathing = new Breathing();
  for (let revision = chronicle.head; revision > 0 && !signal.aborted; revision--) {
    await breathing.pause();
    try {
      await inTurns(chronicle.verifying(revision), breathing);
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error;
      yield error;
    }
  }
}

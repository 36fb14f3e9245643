import { open } from 'node:fs/promises';
import type { HistoryEntry } from '../model/revision.js';
import type { Chronicle } from './chronicle.js';
import { Breathing, inTurns } from './breathing.js';
import { writingRevision } from './history-lines.js';
import { UnreadableHistory, readLine } from './read-history.js';

/** Whether a copy has what a store has; where not, who of them is damaged. */
export type Agreement = 'agrees' | 'copy-damaged' | 'store-damaged' | 'not-compared';

/**
 * Compares a copy to all that was read from the store, line by line. Where they differ, a line under an unbroken seal is
 * right. Others have their turn meanwhile; what is published meanwhile is not looked at.
 */
export async function agreementOf(file: string, chronicle: Chronicle, signal: AbortSignal): Promise<Agreement> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return 'not-compared';
  try {
    const lines = handle.readLines()[Symbol.asyncIterator]();
    await lines.next();
    const catalogs = new Set<string>();
    const breathing = new Breathing();
    let before: HistoryEntry | undefined;
    for (let n = 1, { head } = chronicle; n <= head; n++) {
      if (signal.aborted) return 'not-compared';
      const entry = { revision: chronicle.record(n)!, content: chronicle.content(n) };
      for (const expected of await inTurns(writingRevision(before?.content, entry, catalogs), breathing)) {
        const { value, done } = await lines.next();
        if (done === true) return 'copy-damaged';
        if (value !== expected) return isSealed(value) ? 'store-damaged' : 'copy-damaged';
      }
      before = entry;
    }
    const { value } = await lines.next();
    // Either it ends here, or it goes on by what was published meanwhile.
    return isSealed(value ?? '') ? 'agrees' : 'copy-damaged';
  } finally {
    await handle.close();
  }
}

function isSealed(text: string): boolean {
  try {
    readLine(text, 0);
    return true;
  } catch (error) {
    if (!(error instanceof UnreadableHistory)) throw error;
    return false;
  }
}

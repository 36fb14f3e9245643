import { on } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { partsOf, type Changed } from './intervals.js';
import { HeadMoved, type RevisionHead } from './write-revision.js';
import type { ThreadWriting, ThreadWrote } from './write-thread.js';

/** Sources, as tests run them, are no files that a thread could run. */
const IS_BUILT = import.meta.url.endsWith('.js');
/** What is as small as this is written sooner than a thread has begun. */
const FEW = 500;

/** Writes large revisions of one store in a thread of its own: a commit waits for the disk, and requests do not. */
export class WritingApart {
  constructor(
    private readonly file: string,
    private readonly isPossible = IS_BUILT,
  ) {}

  isWorthwhile({ closed, opened }: Changed): boolean {
    return this.isPossible && closed.length + opened.length > FEW;
  }

  /**
   * Writes a revision, all of it or nothing.
   *
   * @param openUnder the checksum of the revision whose addresses changed so; `null` for none.
   * @returns `other-addresses` where the store has others, and nothing was written.
   * @throws HeadMoved where another writer was first.
   */
  async write(head: RevisionHead, changed: Changed, openUnder: string | null): Promise<'written' | 'other-addresses'> {
    const worker = new Worker(new URL('./write-thread.js', import.meta.url), {
      workerData: { file: this.file, head, openUnder } satisfies ThreadWriting,
    });
    try {
      const parts = partsOf(changed);
      for await (const [says] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[ThreadWrote]>) {
        if (says === 'head-moved') throw new HeadMoved(head.row.product, head.row.revision);
        if (says !== 'next') return says;
        // A port gives out all that comes in one turn of the loop, also what was asked for meanwhile.
        await turn();
        const { done, value } = parts.next();
        worker.postMessage(done === true ? null : value, []);
      }
      throw new Error('The thread that writes the revision ended before it was written.');
    } finally {
      await worker.terminate();
    }
  }
}

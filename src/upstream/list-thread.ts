import { parentPort, workerData } from 'node:worker_threads';
import type { UpstreamLimits } from '../model/catalog.js';
import { UnreadableList } from './decode.js';
import { partsOf, type ListPart } from './list-parts.js';
import { readList, type ListFacts } from './read-list.js';

// What runs in a thread of its own, for one list: see read-apart.ts.

/** What the thread is given. */
export interface ThreadWork {
  readonly body: Uint8Array;
  readonly limits: UpstreamLimits;
}

/** What it says: first what it read or why it could not, then a part each time that it is asked, `null` after the last. */
export type ThreadSays =
  | { readonly read: ListFacts; readonly hosts: readonly string[] }
  | { readonly unreadable: Pick<UnreadableList, 'reason' | 'pointer' | 'detail'> };

const port = parentPort!;
const { body, limits } = workerData as ThreadWork;
try {
  const { list, ...read } = readList(body, limits);
  port.postMessage({ read, hosts: list.hosts } satisfies ThreadSays);
  const parts = partsOf(list);
  // One at a time: whoever takes them has other things to do in between.
  port.on('message', () => {
    const { done, value } = parts.next();
    port.postMessage((done === true ? null : value) satisfies ListPart | null);
    if (done === true) port.close();
  });
} catch (error) {
  if (!(error instanceof UnreadableList)) throw error;
  const { reason, pointer, detail } = error;
  port.postMessage({ unreadable: { reason, pointer, detail } } satisfies ThreadSays);
}

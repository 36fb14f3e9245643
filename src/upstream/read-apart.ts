import { on } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ListedAddress } from '../model/address.js';
import type { UpstreamLimits } from '../model/catalog.js';
import { UnreadableList } from './decode.js';
import { addressesIn, type ListPart } from './list-parts.js';
import type { ThreadSays, ThreadWork } from './list-thread.js';
import { readList, type ReadList } from './read-list.js';

/** A list as small as this is read sooner than a thread has begun. */
const SMALL_BYTES = 128 * 1024;
/** Sources, as tests run them, are no files that a thread could run. */
const IS_BUILT = import.meta.url.endsWith('.js');

/**
 * Reads a published list; a large one in a thread of its own, so that requests are answered meanwhile. Its bytes go
 * there and are no longer here.
 *
 * @throws UnreadableList
 */
export async function readApart(body: Uint8Array, limits: UpstreamLimits, signal: AbortSignal): Promise<ReadList> {
  return IS_BUILT && body.length > SMALL_BYTES ? readInThread(body, limits, signal) : readList(body, limits);
}

async function readInThread(body: Uint8Array, limits: UpstreamLimits, signal: AbortSignal): Promise<ReadList> {
  const whole = body.length === body.buffer.byteLength ? body : body.slice();
  const worker = new Worker(new URL('./list-thread.js', import.meta.url), {
    workerData: { body: whole, limits } satisfies ThreadWork,
    transferList: [whole.buffer as ArrayBuffer],
  });
  try {
    const messages = on(worker, 'message', { signal, close: ['exit'] });
    const says = (await next(messages)) as ThreadSays;
    if ('unreadable' in says) {
      const { reason, pointer, detail } = says.unreadable;
      throw new UnreadableList(reason, pointer, detail);
    }
    const { read, hosts } = says;
    const addresses: ListedAddress[] = [];
    for (;;) {
      // A port gives out all that comes in one turn of the loop, also what was asked for meanwhile.
      await turn();
      worker.postMessage(null, []);
      const part = (await next(messages)) as ListPart | null;
      if (part === null) return { ...read, list: { hosts, addresses } };
      for (const address of addressesIn(part, hosts)) addresses.push(address);
    }
  } finally {
    await worker.terminate();
  }
}

async function next(messages: AsyncIterator<unknown[]>): Promise<unknown> {
  const { done, value } = await messages.next();
  if (done === true) throw new Error('The thread that reads the list ended before it had.');
  return (value as readonly unknown[])[0];
}

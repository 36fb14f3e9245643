import { PerformanceObserver, monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Loaded before the service: says on being asked how long its event loop was held, and what garbage took.

/** What the service says of its event loop since it was last asked. Times are milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** The most CPU time between two turns of the loop. */
  readonly held: number;
  readonly collectedMs: number;
  readonly longestCollectionMs: number;
  readonly rss: number;
  readonly heap: number;
}

// Threads of the service load this too: they are not watched.
if (isMainThread) watch();

function watch(): void {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // On a machine that is busy with something else, what is held is less than what passes: CPU time of this thread from one
  // turn of the loop to the next, seen by a timer that is due at every turn.
  let heldMs = 0;
  let before = process.threadCpuUsage();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    heldMs = Math.max(heldMs, (user + system) / 1e3);
  }, 1).unref();
  let collectedMs = 0;
  let longestCollectionMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      collectedMs += duration;
      longestCollectionMs = Math.max(longestCollectionMs, duration);
    }
  }).observe({ entryTypes: ['gc'] });
  process.on('message', (asked: 'delay' | 'collect') => {
    if (asked === 'collect') (globalThis as { gc?: () => void }).gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const of = (ns: number) => Math.max(0, ns / 1e6 - 1);
    const said: LoopDelay = {
      p50: of(delay.percentile(50)),
      p99: of(delay.percentile(99)),
      worst: of(delay.max),
      held: heldMs,
      collectedMs,
      longestCollectionMs,
      rss: rss / 2 ** 20,
      heap: heapUsed / 2 ** 20,
    };
    process.send!(said);
    before = process.threadCpuUsage();
    delay.reset();
    [collectedMs, longestCollectionMs, heldMs] = [0, 0, 0];
  });
  process.channel?.unref();
}

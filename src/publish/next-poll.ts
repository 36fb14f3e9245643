import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for the next poll, whose time may move while it is waited for. */
export class NextPoll {
  #at: Date | null = null;
  #moved = new AbortController();

  constructor(
    private readonly now: () => Date,
    private readonly monotonicMs: () => number,
    private readonly stopping: AbortSignal,
  ) {}

  /** For people; `null` before the first. */
  get at(): Date | null {
    return this.#at;
  }

  /** The time has moved: it is asked for anew. */
  move(): void {
    this.#moved.abort();
  }

  /** Resolves when the monotonic clock has reached `dueMs`, never before, or when the service stops. */
  async wait(dueMs: () => number): Promise<void> {
    while (!this.stopping.aborted) {
      if (this.#moved.signal.aborted) this.#moved = new AbortController();
      const restMs = dueMs() - this.monotonicMs();
      this.#at = new Date(this.now().getTime() + Math.max(0, restMs));
      // Asked again after each sleep: a timer can be early by a part of a millisecond, and a soak not over by then.
      if (restMs <= 0) return;
      const signal = AbortSignal.any([this.stopping, this.#moved.signal]);
      await sleep(Math.ceil(restMs), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

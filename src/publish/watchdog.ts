/** Work that did not end in time. */
export class Overdue extends Error {
  constructor(ms: number, isStill: boolean) {
    super(
      isStill
        ? 'A poll before has still not ended: it waits for a disk. No other is begun meanwhile.'
        : `The poll did not end within ${ms / 1_000} s and is no longer waited for.`,
    );
    this.name = 'Overdue';
  }
}

/** What work knows of whoever waits for it. */
export interface Watch {
  /** Aborts when it stops to matter, or when its time is over. */
  readonly signal: AbortSignal;
  /** Says that from now on nothing else may be begun beside it, however long it takes: it waits for a disk. */
  readonly enter: () => void;
}

/** Waits for work, but not for ever. What does not end is left alone. */
export class Watchdog {
  readonly #entered = new Set<Watch>();

  constructor(
    private readonly mostMs: number,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Does work, and waits for it as long as it may take.
   *
   * @throws Overdue where it did not end in time, or where what waits for a disk before it has still not ended.
   */
  async within<T>(work: (watch: Watch) => Promise<T>): Promise<T> {
    if (this.#entered.size > 0) throw new Overdue(this.mostMs, true);
    const over = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const overdue = new Overdue(this.mostMs, false);
      over.abort(overdue);
      reject(overdue);
    }, this.mostMs);
    const watch: Watch = {
      signal: AbortSignal.any([this.stopping, over.signal]),
      enter: () => void this.#entered.add(watch),
    };
    const done = work(watch).finally(() => {
      clearTimeout(timer);
      this.#entered.delete(watch);
      // A signal made of others is held, with all that hears it, until it has aborted.
      over.abort();
    });
    return Promise.race([done, promise]);
  }
}

/** Work that did not end in time. */
export class Overdue extends Error {
  constructor(ms: number, isStill: boolean) {
    const what = isStill ? 'The poll before has still not ended' : `The poll did not end within ${ms / 1_000} s`;
    super(`${what}: it waits for a disk, most likely that of the store. No other is begun meanwhile.`);
    this.name = 'Overdue';
  }
}

/** Waits for work, but not for ever. Work that does not end is left alone: no more is begun beside it. */
export class Watchdog {
  #isBusy = false;

  constructor(
    private readonly mostMs: number,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Does work, and waits for it as long as it may take.
   *
   * @param work is given what tells it to stop: when it stops to matter, or when its time is over.
   * @throws Overdue where it did not end in time, or where what was begun before has still not.
   */
  async within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isBusy) throw new Overdue(this.mostMs, true);
    this.#isBusy = true;
    const over = new AbortController();
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const overdue = new Overdue(this.mostMs, false);
      over.abort(overdue);
      reject(overdue);
    }, this.mostMs);
    const done = work(AbortSignal.any([this.stopping, over.signal])).finally(() => {
      clearTimeout(timer);
      this.#isBusy = false;
    });
    return Promise.race([done, promise]);
  }
}

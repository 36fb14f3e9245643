/** Work that did not end in time. */
export class Overdue extends Error {
  constructor(ms: number) {
    super(`The poll did not end within ${ms / 1_000} s and is no longer waited for.`);
    this.name = 'Overdue';
  }
}

/**
 * Waits for work, but not for ever.
 *
 * @param work is given what tells it to stop: when it stops to matter, or when its time is over.
 * @throws Overdue where it did not end in time, whatever it still waits for.
 */
export async function within<T>(
  ms: number,
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const overdue = new Overdue(ms);
    over.abort(overdue);
    reject(overdue);
  }, ms);
  try {
    return await Promise.race([work(AbortSignal.any([stopping, over.signal])), promise]);
  } finally {
    clearTimeout(timer);
  }
}

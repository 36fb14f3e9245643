import { AsyncLocalStorage } from 'node:async_hooks';
import type { Snapshot } from '../model/snapshot.js';

/** Gets answers of a revision ready before it is served. */
export type Preparation = (next: Snapshot) => Promise<void>;

/** The one reference to what is served. A new revision replaces it whole; whoever read it before keeps what it read. */
export class Current {
  #snapshot: Snapshot | undefined;
  #prepare: Preparation = () => Promise.resolve();
  readonly #ahead = new AsyncLocalStorage<Snapshot>();

  /** What is served now; `undefined` until the first revision. */
  get snapshot(): Snapshot | undefined {
    return this.#ahead.getStore() ?? this.#snapshot;
  }

  /** Whether this is work for a revision that is not served yet. */
  get isAhead(): boolean {
    return this.#ahead.getStore() !== undefined;
  }

  /** Does some work as if a revision were served already. */
  ahead<T>(next: Snapshot, work: () => Promise<T>): Promise<T> {
    return this.#ahead.run(next, work);
  }

  /** Says what is to be done for each revision before it is served. It never keeps one from being served. */
  prepareBy(preparation: Preparation): void {
    this.#prepare = preparation;
  }

  /** Serves a revision, once what is asked of it is ready. */
  async advance(next: Snapshot): Promise<void> {
    await this.#prepare(next);
    this.replace(next);
  }

  replace(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
  }
}

import type { Snapshot } from '../model/snapshot.js';

/** The one reference to what is served. A new revision replaces it whole; whoever read it before keeps what it read. */
export class Current {
  #snapshot: Snapshot | undefined;

  /** What is served now; `undefined` until the first revision. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  replace(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
  }
}

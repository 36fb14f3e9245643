import { setTimeout as sleep } from 'node:timers/promises';

/** Whether the service is about to stop. Readiness says so first; work that comes all the same is still done. */
export class Drain {
  #draining = false;

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Says that the service is not ready, and gives those who route to it the time to see it. */
  async begin(forMs: number): Promise<void> {
    this.#draining = true;
    await sleep(forMs);
  }
}

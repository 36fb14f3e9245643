import type { Revision } from '../model/revision.js';
import type { Current } from '../store/current.js';
import type { Publisher } from './publisher.js';
import { datedBy, isBundled, seedAfter, type Seed } from './seed.js';

/** Puts the history that ships into the store, as long as upstream has not confirmed what is served. */
export class Seeding {
  constructor(
    private readonly publisher: Publisher,
    private readonly current: Current,
    /** Whether upstream ever said what is served. */
    private readonly isChecked: () => boolean,
    /** Whether an operator ever decided what is served: what ships may not undo that. */
    private readonly isDecided: () => boolean,
  ) {}

  /**
   * Into an empty store it goes whole or not at all, each revision at its own time. What a newer one has on top of what
   * was served meanwhile is news of today: the past is not rewritten.
   *
   * @param due the instant up to which dates of its catalog have acted.
   * @returns whether anything of it was news to the store.
   */
  async publish(product: string, seed: Seed, due: Date): Promise<boolean> {
    const dated = datedBy(seed, due);
    const before = this.current.snapshot;
    if (before === undefined) await this.publisher.begin(product, dated);
    for (const { revision, content } of this.#after(dated, this.current.snapshot?.revision)) {
      const { cause, by, note, upstream, catalog } = revision;
      const draft = { content, cause, by, note, upstream, catalog };
      const expected = this.current.snapshot?.revision.revision;
      const isNext = (head: Revision | undefined) => head?.revision === expected && this.#isInUse(head);
      const published = await this.publisher.publish(product, (head) => (isNext(head?.revision) ? draft : undefined));
      // Another writer is at the same, and goes on with it.
      if (published === undefined && this.current.snapshot?.revision.revision !== expected) break;
    }
    return this.current.snapshot !== before;
  }

  #after(seed: Seed, head: Revision | undefined): Seed {
    return this.#isInUse(head) ? seedAfter(seed, head) : [];
  }

  #isInUse(head: Revision | undefined): boolean {
    return isBundled(head) && !this.isChecked() && !this.isDecided();
  }
}

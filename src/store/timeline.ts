import { LRUCache } from 'lru-cache';
import { DomainError, type Fault } from '../model/error.js';
import { parseMoment, type Moment } from '../model/moment.js';
import type { Revision } from '../model/revision.js';
import { openRevision, type Snapshot } from '../model/snapshot.js';
import type { History } from './history.js';
import { reading } from './reading.js';

/** Old revisions that stay open: who asks for one asks again. */
const KEPT_OPEN = 8;

/** A revision that is being published has its time already, and is not served yet. */
const SETTLED_AFTER_MS = 60_000;

/** What was served at any moment. */
export class Timeline {
  readonly #open = new LRUCache<string, Promise<Snapshot>>({ max: KEPT_OPEN });

  constructor(
    private readonly history: History,
    private readonly now: () => Date,
  ) {}

  /** Reads the number of a revision, or an RFC 3339 instant or date that has passed. */
  read(at: string): Moment | Fault {
    return parseMoment(at, this.now());
  }

  /** Whether what was served at a moment can no longer change. */
  isSettled(moment: Moment): boolean {
    return moment.kind === 'revision' || this.now().getTime() - Date.parse(moment.instant) > SETTLED_AFTER_MS;
  }

  /**
   * The revision that was served at a moment, with all that it held.
   *
   * @param served what is served now.
   * @throws DomainError `unknown-revision` before the first and after the last, `store-unavailable`.
   */
  async snapshotAt(served: Snapshot, moment: Moment): Promise<Snapshot> {
    const record = await this.recordAt(served, moment);
    if (record.revision === served.revision.revision) return served;
    const { product } = served.catalog;
    const key = `${product} ${record.revision}`;
    const kept = this.#open.get(key);
    if (kept !== undefined) return kept;
    const opening = reading(() => this.history.content(product, record.revision)).then((content) =>
      openRevision(record, content),
    );
    this.#open.set(key, opening);
    // What could not be read is tried again.
    opening.catch(() => this.#open.delete(key));
    return opening;
  }

  /**
   * The record of the revision that was served at a moment.
   *
   * @throws DomainError as above.
   */
  async recordAt({ revision: head, catalog: { product } }: Snapshot, moment: Moment): Promise<Revision> {
    if (moment.kind === 'revision') {
      if (moment.revision === head.revision) return head;
      const found =
        moment.revision < head.revision && (await reading(() => this.history.record(product, moment.revision)));
      if (found) return found;
      const detail = `There is no revision ${moment.revision}. There are 1 to ${head.revision}.`;
      throw new DomainError('unknown-revision', detail);
    }
    if (moment.instant >= head.publishedAt) return head;
    const found = await reading(() => this.history.recordAsOf(product, moment.instant));
    if (found !== undefined) return found;
    const first = await reading(() => this.history.record(product, 1));
    const detail = `Nothing was served at ${moment.instant} yet: the history begins later, with revision 1 at ${first?.publishedAt}.`;
    throw new DomainError('unknown-revision', detail);
  }
}

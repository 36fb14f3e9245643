import { LRUCache } from 'lru-cache';
import type { HeldAddress } from '../model/address.js';
import { DomainError, type Fault } from '../model/error.js';
import { parseMoment, type Moment } from '../model/moment.js';
import type { Content, Revision } from '../model/revision.js';
import { opening, openRevision, type Snapshot } from '../model/snapshot.js';
import type { Steps } from '../model/steps.js';
import { Alterations } from './alterations.js';
import { Chronicle } from './chronicle.js';
import { StoreDamaged } from './content.js';

/** Old revisions that stay open: who asks for one asks again. */
const KEPT_OPEN = 8;

/** A revision that is being published has its time already, and is not served yet. */
const SETTLED_AFTER_MS = 60_000;

/** What was served at any moment. */
export class Timeline {
  readonly alterations: Alterations;
  readonly #open = new LRUCache<string, Snapshot>({ max: KEPT_OPEN });

  constructor(
    private readonly now: () => Date,
    readonly chronicle = new Chronicle(),
  ) {
    this.alterations = new Alterations(chronicle);
  }

  /** A revision with what it holds, ready to be asked. */
  open(revision: Revision, content: Content, like?: Snapshot): Snapshot {
    return openRevision(revision, content, this.alterations.past(revision.revision), like);
  }

  /** The same in steps, with all that is needed soon. */
  *opening(revision: Revision, content: Content, like?: Snapshot): Steps<Snapshot> {
    const snapshot = yield* opening(revision, content, this.alterations.past(revision.revision), like);
    yield* snapshot.blocks.sorting();
    return snapshot;
  }

  /** Reads the number of a revision, or an RFC 3339 instant or date that has passed. */
  read(text: string, parameter?: string): Moment | Fault {
    return parseMoment(text, this.now(), parameter);
  }

  /** Whether what was served at a moment can no longer change. */
  isSettled(moment: Moment): boolean {
    return moment.kind === 'revision' || this.now().getTime() - Date.parse(moment.instant) > SETTLED_AFTER_MS;
  }

  /**
   * The revision that was served at a moment, with all that it held.
   *
   * @param served what is served now.
   * @throws DomainError `unknown-revision` before the first and after the last, `store-unavailable` where what is
   *   recorded of it is damaged.
   */
  snapshotAt(served: Snapshot, moment: Moment): Snapshot {
    const record = this.recordAt(served, moment);
    if (record.revision === served.revision.revision) return served;
    const key = `${record.revision} ${record.digest}`;
    const kept = this.#open.get(key);
    if (kept !== undefined) return kept;
    const opened = this.#opened(record, served);
    this.#open.set(key, opened);
    return opened;
  }

  /**
   * The record of the revision that was served at a moment.
   *
   * @throws DomainError `unknown-revision`.
   */
  recordAt({ revision: head }: Snapshot, moment: Moment): Revision {
    if (moment.kind === 'revision') {
      const found = moment.revision <= head.revision ? this.chronicle.record(moment.revision) : undefined;
      if (found !== undefined) return found;
      const detail = `There is no revision ${moment.revision}. There are 1 to ${head.revision}.`;
      throw new DomainError('unknown-revision', detail);
    }
    if (moment.instant >= head.publishedAt) return head;
    const found = this.chronicle.recordAsOf(moment.instant);
    if (found !== undefined) return found;
    const first = this.chronicle.record(1)?.publishedAt;
    const detail = `Nothing was served at ${moment.instant} yet: the history begins later, with revision 1 at ${first}.`;
    throw new DomainError('unknown-revision', detail);
  }

  /** The addresses that were served at an instant that has passed; `null` where nothing was yet. */
  addressesAt(instant: Date): readonly HeldAddress[] | null {
    const record = this.chronicle.recordAsOf(instant.toISOString());
    return record === undefined ? null : this.chronicle.content(record.revision).addresses;
  }

  #opened(record: Revision, served: Snapshot): Snapshot {
    try {
      return this.open(record, this.chronicle.verifiedContent(record.revision), served);
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error;
      const detail = `What the store has of revision ${record.revision} is damaged. What is served now goes on being answered.`;
      throw Object.assign(new DomainError('store-unavailable', detail), { cause: error });
    }
  }
}

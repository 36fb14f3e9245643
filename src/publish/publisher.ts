import { setTimeout as sleep } from 'node:timers/promises';
import { Mutex, withTimeout, type MutexInterface } from 'async-mutex';
import { leavingOutRevoked, type Decision, type InForce } from '../model/decision.js';
import { DomainError } from '../model/error.js';
import {
  differing,
  digesting,
  publicationInstant,
  type Content,
  type HistoryEntry,
  type Revision,
} from '../model/revision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Steps } from '../model/steps.js';
import { inTurns } from '../store/breathing.js';
import { summing } from '../store/content.js';
import type { Current } from '../store/current.js';
import type { History } from '../store/history.js';
import { HeadMoved } from '../store/write-revision.js';
import type { Timeline } from '../store/timeline.js';

/** What is to be published on top of the head, and why. */
export interface Draft extends Pick<Revision, 'cause' | 'by' | 'note' | 'upstream' | 'catalog'> {
  readonly content: Content;
}

/** What to publish on top of a head; `undefined` for nothing. What takes long is worked out in steps. */
export type DraftOn = (head: Snapshot | undefined) => Draft | undefined | Steps<Draft | undefined>;

/** How often another writer may be first before it is worth an error. */
const MOST_RACES = 10;
const BUSY =
  'Another program has the store in use and does not let go of it. What is served stays as it is; see what has it open.';
/** How long the other writer is given to end, times the races so far. */
const RACE_MS = 20;

/** How long anyone waits for those before: a disk that hangs does not make everyone hang. */
const MOST_WAIT_MS = 60_000;

/**
 * Makes revisions, one after another. A revision is in the store before anyone is answered from it, and none has what is
 * revoked, wherever it comes from.
 */
export class Publisher {
  readonly #turns: MutexInterface;

  constructor(
    private readonly history: History,
    private readonly timeline: Timeline,
    private readonly current: Current,
    private readonly now: () => Date,
    /** What operators decided. */
    private readonly inForce: () => Pick<InForce, 'pin' | 'revoked'>,
    mostWaitMs = MOST_WAIT_MS,
  ) {
    const detail = 'The store is still busy with what was to be published before. What is served stays as it is.';
    this.#turns = withTimeout(new Mutex(), mostWaitMs, new DomainError('store-unavailable', detail));
  }

  /**
   * Publishes what `draftOn` makes of the head, if it makes something that differs from it.
   *
   * @param draftOn is asked again with the new head where another writer was first.
   * @returns the new revision; `undefined` where none was made.
   * @throws DomainError `store-unavailable` where those before did not end in time; then it is not published later either.
   */
  publish(product: string, draftOn: DraftOn): Promise<Snapshot | undefined> {
    return this.#turns.runExclusive(() => this.#publish(product, draftOn));
  }

  /** Puts a whole history into a store that has none, each revision at its own time, and serves its newest. */
  begin(product: string, entries: readonly HistoryEntry[]): Promise<void> {
    return this.#turns.runExclusive(async () => {
      for (let race = 1; this.current.snapshot === undefined; race++) {
        try {
          await this.history.publishAll(entries);
        } catch (error) {
          await afterRace(error, race);
        }
        // Of another writer who is not done yet nothing is there.
        await this.restore(product);
      }
    });
  }

  /**
   * Serves the newest revision of the store; `undefined` where it has none.
   *
   * @throws StoreDamaged where it is not what was published.
   */
  async restore(product: string): Promise<Snapshot | undefined> {
    const recorded = await this.history.recorded(product);
    const { chronicle } = this.timeline;
    const revision = recorded.entries.at(-1)?.revision;
    if (revision === undefined) return undefined;
    chronicle.restore(recorded);
    await inTurns(chronicle.verifying(revision.revision));
    const snapshot = await inTurns(this.timeline.opening(revision, chronicle.content(revision.revision)));
    this.current.replace(snapshot);
    return snapshot;
  }

  async #publish(product: string, draftOn: DraftOn): Promise<Snapshot | undefined> {
    for (let race = 1; ; race++) {
      const head = this.current.snapshot;
      const made = draftOn(head);
      const draft = made !== undefined && 'next' in made ? await inTurns(made) : made;
      // Read only now: operators may have decided while the draft was made.
      const { pin, revoked } = this.inForce();
      if (draft === undefined || (draft.cause !== 'operator' && pin !== null)) return undefined;
      const content = await inTurns(contentWithout(draft.content, revoked));
      const isNews = head === undefined || (await inTurns(differing(head, content, head.revision.digest)));
      if (!isNews) return undefined;
      const { cause, by, note, upstream, catalog } = draft;
      const revision: Revision = {
        revision: (head?.revision.revision ?? 0) + 1,
        digest: await inTurns(digesting(content)),
        publishedAt: publicationInstant(this.now(), head?.revision),
        previous: head?.revision.revision ?? null,
        // Member by member, so that a record has the same bytes whether it was just made or read from the store.
        cause,
        by,
        note,
        upstream,
        catalog,
      };
      const { chronicle } = this.timeline;
      const snapshot = await inTurns(this.timeline.opening(revision, content, head));
      const checksum = await inTurns(summing(content));
      const before = head && { content: head, checksum: chronicle.checksum(head.revision.revision) };
      try {
        await this.history.publish(revision, content, { checksum, before });
      } catch (error) {
        await afterRace(error, race);
        await this.restore(product);
        continue;
      }
      await inTurns(chronicle.appending(revision, content, checksum));
      await this.current.advance(snapshot);
      return snapshot;
    }
  }
}

/** Waits for another writer who was first; any other error, and a writer who never ends, is thrown. */
async function afterRace(error: unknown, race: number): Promise<void> {
  if (!(error instanceof HeadMoved)) throw error;
  if (race === MOST_RACES) throw new DomainError('store-unavailable', BUSY);
  await sleep(RACE_MS * race);
}

/** A content without what is revoked; the same object where nothing of it is. */
function* contentWithout(content: Content, revoked: readonly Decision[]): Steps<Content> {
  const addresses = yield* leavingOutRevoked(content.addresses, revoked);
  return addresses === content.addresses ? content : { ...content, addresses };
}

import type { Logger } from 'pino';
import type { ListedAddress } from '../model/address.js';
import type { Decision } from '../model/decision.js';
import type { Profile } from '../model/guard/verdict.js';
import type { Timeline } from '../store/timeline.js';
import { backoffMs } from '../upstream/backoff.js';
import { AcceptedTag } from './accepted-tag.js';
import { NextPoll } from './next-poll.js';
import type { Decisions } from './decisions.js';
import { pollOnce, type PollOptions, type Source } from './poll.js';
import { PollAlarms } from './poll-alarms.js';
import { failedOutcome, heldOutcome, pinnedOutcome, soakingOutcome, type PollOutcome } from './poll-outcome.js';
import type { PollRecord } from './poll-record.js';
import type { Publisher } from './publisher.js';
import { Soak, type SoakingList } from './soak.js';
import type { TrustedClock } from './trusted-clock.js';
import { Watchdog, type Watch } from './watchdog.js';

/** What the settings say of polls. */
export interface RefreshRules {
  readonly refreshMs: number;
  readonly graceMs: number;
  readonly soakMs: number;
  /** How much is doubted. */
  readonly profile: Profile;
}

/** How long one poll may take, whatever it waits for: fetching has 15 s of it, the store the rest. */
const MOST_MS = 5 * 60_000;

/** Polls upstream, for ever, and says how each poll ended. */
export class Refresher {
  #polling: Promise<PollOutcome> | undefined;
  #waitedMs = 0;
  /** The decisions that there were when a list was last read. */
  #heard: readonly Decision[] | undefined;
  #hears: (outcome: PollOutcome) => void = () => undefined;
  readonly #soak: Soak;
  readonly #next: NextPoll;
  readonly #accepted: AcceptedTag;
  readonly #watchdog: Watchdog;
  readonly #alarms: PollAlarms;

  constructor(
    private readonly source: () => Source | undefined,
    private readonly publisher: Publisher,
    readonly record: PollRecord,
    private readonly rules: RefreshRules,
    private readonly decisions: Decisions,
    private readonly timeline: Timeline,
    private readonly now: () => Date,
    private readonly monotonicMs: () => number,
    private readonly clock: TrustedClock,
    private readonly log: Logger,
    private readonly stopping: AbortSignal,
    mostMs = MOST_MS,
  ) {
    this.#accepted = new AcceptedTag(monotonicMs);
    this.#watchdog = new Watchdog(mostMs, stopping);
    this.#soak = new Soak(rules.soakMs, now, monotonicMs);
    this.#next = new NextPoll(now, monotonicMs, stopping);
    this.#alarms = new PollAlarms(this.#soak, clock, log);
  }

  get nextCheckAt(): Date | null {
    return this.#next.at;
  }

  /** The changed list that is not published yet; `null` where there is none. */
  get soaking(): SoakingList | null {
    return this.#soak.list;
  }

  /** What that list has in use, which is about to be published. */
  get soakingAddresses(): readonly ListedAddress[] {
    return this.#soak.inUse;
  }

  /** Whether a list was read, or there is none, since an operator decided last and while nothing was pinned. */
  get hasHeard(): boolean {
    return this.#heard === this.decisions.all;
  }

  /** Says who is told how each poll ended. */
  tell(hears: (outcome: PollOutcome) => void): void {
    this.#hears = hears;
  }

  /** Polls until the service stops. Never rejects. */
  async run(): Promise<void> {
    while (!this.stopping.aborted) {
      const { outcome } = await this.poll(null);
      const failed = outcome === 'failed';
      this.#waitedMs = failed ? backoffMs(this.#waitedMs, this.rules.refreshMs, this.record.askedMs, Math.random()) : 0;
      const dueMs = this.monotonicMs() + (failed ? this.#waitedMs : this.rules.refreshMs);
      await this.#next.wait(() => (failed ? dueMs : (this.#soak.overMs ?? dueMs)));
    }
  }

  /**
   * Polls once, now. While a poll is under way it is shared, but none is waited for without end. Never rejects.
   *
   * @param by the operator who asked, where one did.
   */
  poll(by: string | null): Promise<PollOutcome> {
    this.#polling ??= this.#watchdog
      .within((watch) => this.#poll(by, watch))
      .catch((error: unknown) => failedOutcome(this.record.failed(error, this.stopping.aborted)))
      .then((outcome) => {
        this.#hears(outcome);
        return outcome;
      })
      .finally(() => {
        this.#polling = undefined;
      });
    return this.#polling;
  }

  /** Polls once more than what is under way, which may have begun before what it is to see. Never rejects. */
  async pollAnew(by: string | null): Promise<PollOutcome> {
    await this.#polling;
    return this.poll(by);
  }

  async #poll(by: string | null, watch: Watch): Promise<PollOutcome> {
    const source = this.source();
    if (source === undefined) {
      this.#soak.breakOff();
      await this.record.withdrawn();
      this.#heard = this.decisions.all;
      return { outcome: 'unchanged', reason: null, detail: 'There is no upstream list.' };
    }
    const now = this.now();
    const decided = this.decisions.all;
    const place = { href: source.url.href, decided: decided.length };
    // Nor is a soak left to a 304: an ETag that lies would end it.
    const etag = this.#soak.list === null ? this.#accepted.at(place) : null;
    const { graceMs, profile } = this.rules;
    const options: PollOptions = {
      etag,
      by,
      now,
      graceMs,
      profile,
      soak: this.#soak,
      clock: this.clock,
      decisions: () => this.decisions.inForce(),
      servedAt: (instant) => this.timeline.addressesAt(instant),
      warn: ({ reason, detail }) => this.log.warn({ reason }, `the address list is taken, and worth a look: ${detail}`),
      watch,
    };
    const before = this.#soak.list?.digest;
    const polled = await pollOnce(source, this.publisher, options).finally(() => this.#alarms.lookAtClock());
    watch.enter();
    const { product } = source.catalog;
    if (polled.outcome !== 'pinned') this.#heard = decided;
    if (polled.outcome === 'held') {
      await this.record.hold(product, polled.held);
      return heldOutcome(polled.held);
    }
    if (polled.outcome === 'pinned') {
      this.record.passedOver();
      return pinnedOutcome(polled.pin);
    }
    if (polled.outcome === 'soaking') {
      if (polled.list.digest !== before) this.#watch(polled.list);
      await this.record.offered(product);
      return soakingOutcome(polled.list);
    }

    await this.record.checked(product, now, this.clock.due());
    // Last of all, so that nothing but an accepted list is ever answered by a 304.
    this.#accepted.accept(place, polled.etag, etag);
    if (polled.outcome === 'published') {
      this.log.info({ revision: polled.revision.revision, by }, 'the address list made a new revision');
    }
    return { outcome: polled.outcome, reason: null, detail: null };
  }

  /** Another list is watched: it is looked at again when its time is over. */
  #watch(list: SoakingList): void {
    this.#next.move();
    this.#alarms.tellOfSoak(list);
  }
}

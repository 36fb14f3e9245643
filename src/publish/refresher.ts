import type { Logger } from 'pino';
import type { ListedAddress } from '../model/address.js';
import type { Decision } from '../model/decision.js';
import type { Profile } from '../model/guard/verdict.js';
import type { History } from '../store/history.js';
import type { Timeline } from '../store/timeline.js';
import { isOfSqlite } from '../store/sqlite.js';
import { backoffMs } from '../upstream/backoff.js';
import { UnreadableList } from '../upstream/decode.js';
import { FetchFailed } from '../upstream/fetch.js';
import { NextPoll } from './next-poll.js';
import type { Decisions } from './decisions.js';
import { Refused, pollOnce, type HeldList, type PollOptions, type Source } from './poll.js';
import type { Publisher } from './publisher.js';
import { Soak, type SoakingList } from './soak.js';
import type { TrustedClock } from './trusted-clock.js';

/** How a poll ended, for people. What is served changes only by `published`. */
export interface PollOutcome {
  readonly outcome: 'published' | 'unchanged' | 'soaking' | 'held' | 'pinned' | 'failed';
  /** The code of what went wrong; `null` where nothing did. */
  readonly reason: string | null;
  /** A sentence for people; `null` where there is nothing to say. */
  readonly detail: string | null;
}

/** Why the last poll brought nothing. */
export interface PollFailure {
  readonly at: string;
  readonly reason: string;
  readonly message: string;
}

/** What the settings say of polls. */
export interface RefreshRules {
  readonly refreshMs: number;
  readonly graceMs: number;
  readonly soakMs: number;
  /** How much is doubted. */
  readonly profile: Profile;
}

/** An ETag can lie: once a day the list is asked for without one. */
const UNCONDITIONAL_EVERY_MS = 24 * 60 * 60_000;
/** So many changes in a row that did not stay are no accident any more. */
const FLAPPING = 3;

/** Polls upstream, for ever. It alone turns refusals and failures into a status. */
export class Refresher {
  /** The ETag of the list that was last accepted, and where that was. */
  #accepted: { readonly href: string; readonly etag: string | null } | undefined;
  #unconditionalAt = -Infinity;
  #polling: Promise<PollOutcome> | undefined;
  #waitedMs = 0;
  #askedMs: number | null = null;
  #checkedAt: Date | null = null;
  #failures = 0;
  #lastError: PollFailure | null = null;
  #held: HeldList | null = null;
  #contradicted = false;
  #hears: (outcome: PollOutcome) => void = () => undefined;
  readonly #soak: Soak;
  readonly #next: NextPoll;

  constructor(
    private readonly source: () => Source | undefined,
    private readonly publisher: Publisher,
    private readonly history: History,
    private readonly rules: RefreshRules,
    private readonly decisions: Decisions,
    private readonly timeline: Timeline,
    private readonly now: () => Date,
    private readonly monotonicMs: () => number,
    private readonly clock: TrustedClock,
    private readonly log: Logger,
    private readonly stopping: AbortSignal,
  ) {
    this.#soak = new Soak(rules.soakMs, now, monotonicMs);
    this.#next = new NextPoll(now, monotonicMs, stopping);
  }

  /** When upstream last said what is served; `null` where it never did. */
  get checkedAt(): Date | null {
    return this.#checkedAt;
  }

  get nextCheckAt(): Date | null {
    return this.#next.at;
  }

  get consecutiveFailures(): number {
    return this.#failures;
  }

  get lastError(): PollFailure | null {
    return this.#lastError;
  }

  get held(): HeldList | null {
    return this.#held;
  }

  /** The changed list that is not published yet; `null` where there is none. */
  get soaking(): SoakingList | null {
    return this.#soak.list;
  }

  /** What that list has in use, which is about to be published. */
  get soakingAddresses(): readonly ListedAddress[] {
    return this.#soak.inUse;
  }

  /** Remembers from the store when upstream was last checked, and what was held then. */
  async restore(product: string): Promise<void> {
    const { checkedAt, held } = await this.history.lastPoll(product);
    this.#checkedAt = checkedAt === null ? null : new Date(checkedAt);
    this.#held = held === null ? null : (JSON.parse(held) as HeldList);
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
      this.#waitedMs = failed ? backoffMs(this.#waitedMs, this.rules.refreshMs, this.#askedMs, Math.random()) : 0;
      const dueMs = this.monotonicMs() + (failed ? this.#waitedMs : this.rules.refreshMs);
      await this.#next.wait(() => (failed ? dueMs : (this.#soak.overMs ?? dueMs)));
    }
  }

  /**
   * Polls once, now. While a poll is under way it is shared. Never rejects.
   *
   * @param by the operator who asked, where one did.
   */
  poll(by: string | null): Promise<PollOutcome> {
    this.#polling ??= this.#poll(by)
      .catch((error: unknown) => this.#fail(error))
      .then((outcome) => {
        this.#hears(outcome);
        return outcome;
      })
      .finally(() => {
        this.#polling = undefined;
      });
    return this.#polling;
  }

  async #poll(by: string | null): Promise<PollOutcome> {
    const source = this.source();
    if (source === undefined) {
      this.#soak.breakOff();
      return { outcome: 'unchanged', reason: null, detail: 'There is no upstream list.' };
    }
    const now = this.now();
    const { href } = source.url;
    const isDue = this.monotonicMs() - this.#unconditionalAt > UNCONDITIONAL_EVERY_MS;
    // Nor is a soak left to a 304: an ETag that lies would end it.
    const isConditional = !isDue && this.#soak.list === null && this.#accepted?.href === href;
    const etag = isConditional ? this.#accepted!.etag : null;
    const { graceMs, profile } = this.rules;
    const options: PollOptions = {
      etag,
      by,
      now,
      graceMs,
      profile,
      soak: this.#soak,
      clock: this.clock,
      decisions: this.decisions.inForce(),
      servedAt: (instant) => this.timeline.addressesAt(instant),
      warn: ({ reason, detail }) => this.log.warn({ reason }, `the address list is taken, and worth a look: ${detail}`),
      signal: this.stopping,
    };
    const before = this.#soak.list?.digest;
    const polled = await pollOnce(source, this.publisher, options).finally(() => this.#warnOfContradiction());
    if (polled.outcome === 'held') return this.#hold(source.catalog.product, polled.held);
    if (polled.outcome === 'pinned') return this.#pinned(polled.pin);
    if (polled.outcome === 'soaking') return this.#watch(source.catalog.product, polled.list, before);

    // A clock that is doubted may not vouch for itself after a restart.
    await this.history.noteChecked(source.catalog.product, this.clock.due().toISOString());
    this.#checkedAt = now;
    this.#recover(null);
    // Last of all, so that nothing but an accepted list is ever answered by a 304.
    this.#accepted = { href, etag: usableEtag(polled.etag) };
    if (etag === null) this.#unconditionalAt = this.monotonicMs();
    if (polled.outcome === 'published') {
      this.log.info({ revision: polled.revision.revision, by }, 'the address list made a new revision');
    }
    return { outcome: polled.outcome, reason: null, detail: null };
  }

  async #hold(product: string, offered: HeldList): Promise<PollOutcome> {
    const isSame = this.#held?.digest === offered.digest;
    const held = isSame ? { ...offered, offeredAt: this.#held!.offeredAt } : offered;
    if (!isSame) {
      this.log.warn({ reason: held.reason, digest: held.digest }, `the address list is held: ${held.detail}`);
    }
    await this.history.noteHeld(product, JSON.stringify(held));
    this.#recover(held);
    return { outcome: 'held', reason: held.reason, detail: `${held.detail} The old list is still served.` };
  }

  /** Upstream was read, and nothing of it is served. */
  #pinned({ subject, by, until }: Decision): PollOutcome {
    this.#recover(this.#held);
    const end = until === null ? 'until it is unpinned' : `until ${until}`;
    return { outcome: 'pinned', reason: null, detail: `${by} keeps what revision ${subject} held ${end}.` };
  }

  async #watch(product: string, list: SoakingList, before: string | undefined): Promise<PollOutcome> {
    const { since, until } = list;
    if (list.digest !== before) {
      this.#next.move();
      this.#tellOfSoak(list);
    }
    if (this.#held !== null) await this.history.noteHeld(product, null);
    this.#recover(null);
    const detail = `A changed list is seen since ${since}, and is published if a poll still sees it after ${until}. The old list is still served.`;
    return { outcome: 'soaking', reason: null, detail };
  }

  #tellOfSoak(list: SoakingList): void {
    if (this.#soak.brokenOff < FLAPPING)
      this.log.info(list, 'a changed address list is watched before it is published');
    if (this.#soak.brokenOff === FLAPPING) {
      this.log.warn(list, 'the address list keeps changing back and forth; nothing of it is published until it stays');
    }
  }

  /** Once for each time that upstream's date and the clock fall apart. */
  #warnOfContradiction(): void {
    const { isContradicted } = this.clock;
    if (isContradicted && !this.#contradicted) {
      this.log.warn("upstream's date and the clock differ by more than ten minutes; dates are acted on by the earlier");
    }
    this.#contradicted = isContradicted;
  }

  /** Upstream answered in good order, whatever came of it. */
  #recover(held: HeldList | null): void {
    this.#held = held;
    this.#failures = 0;
    this.#lastError = null;
    this.#askedMs = null;
  }

  #fail(error: unknown): PollOutcome {
    const reason = reasonOf(error);
    const message = isOfSqlite(error) ? storeFailure(error) : error instanceof Error ? error.message : String(error);
    this.#askedMs = error instanceof FetchFailed ? error.retryAfterMs : null;
    // Retries are quiet: only a new kind of failure is worth a line.
    if (this.#lastError?.reason !== reason && !this.stopping.aborted) {
      const [level, what] = isOfSqlite(error) ? (['error', 'not published'] as const) : (['warn', 'not read'] as const);
      this.log[level]({ reason, err: reason === 'internal' ? error : undefined }, `upstream was ${what}: ${message}`);
    }
    this.#failures++;
    this.#lastError = { at: this.now().toISOString(), reason, message };
    return { outcome: 'failed', reason, detail: `${message} What was served before is still served.` };
  }
}

/** What may be sent back as it came; anything else makes the next poll unconditional. Source: RFC 9110 8.8.3. */
function usableEtag(etag: string | null): string | null {
  return etag !== null && etag.length <= 256 && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof FetchFailed || error instanceof UnreadableList || error instanceof Refused) return error.reason;
  return isOfSqlite(error) ? 'store-failed' : 'internal';
}

/** Nothing but the disk has to be mended: the next poll tries again. */
function storeFailure({ message }: Error): string {
  return `The store cannot be written (${message}), and nothing is published before it is stored. Make room on its disk, or make it writable.`;
}

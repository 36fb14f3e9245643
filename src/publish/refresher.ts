import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { History } from '../store/history.js';
import { backoffMs } from '../upstream/backoff.js';
import { UnreadableList } from '../upstream/decode.js';
import { FetchFailed } from '../upstream/fetch.js';
import { Refused, pollOnce, type HeldList, type Source } from './poll.js';
import type { Publisher } from './publisher.js';

/** How a poll ended, for people. What is served changes only by `published`. */
export interface PollOutcome {
  readonly outcome: 'published' | 'unchanged' | 'held' | 'failed';
  /** The code of what went wrong; `null` where nothing did. */
  readonly reason: string | null;
  /** A sentence for people; `null` where nothing went wrong. */
  readonly detail: string | null;
}

/** Why the last poll brought nothing. */
export interface PollFailure {
  readonly at: string;
  readonly reason: string;
  readonly message: string;
}

/** An ETag can lie: once a day the list is asked for without one. */
const UNCONDITIONAL_EVERY_MS = 24 * 60 * 60_000;

/** Polls upstream, for ever. It alone turns refusals and failures into a status. */
export class Refresher {
  /** The ETag of the list that was last accepted, and where that was. */
  #accepted: { readonly href: string; readonly etag: string | null } | undefined;
  #unconditionalAt = -Infinity;
  #polling: Promise<PollOutcome> | undefined;
  #waitedMs = 0;
  #askedMs: number | null = null;
  #checkedAt: Date | null = null;
  #nextCheckAt: Date | null = null;
  #failures = 0;
  #lastError: PollFailure | null = null;
  #held: HeldList | null = null;

  constructor(
    private readonly source: () => Source | undefined,
    private readonly publisher: Publisher,
    private readonly history: History,
    private readonly refreshMs: number,
    private readonly graceMs: number,
    private readonly now: () => Date,
    private readonly log: Logger,
    private readonly stopping: AbortSignal,
  ) {}

  /** When upstream last said what is served; `null` where it never did. */
  get checkedAt(): Date | null {
    return this.#checkedAt;
  }

  get nextCheckAt(): Date | null {
    return this.#nextCheckAt;
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

  /** Remembers from the store when upstream was last checked, and what was held then. */
  async restore(product: string): Promise<void> {
    const { checkedAt, held } = await this.history.lastPoll(product);
    this.#checkedAt = checkedAt === null ? null : new Date(checkedAt);
    this.#held = held === null ? null : (JSON.parse(held) as HeldList);
  }

  /** Polls until the service stops. Never rejects. */
  async run(): Promise<void> {
    while (!this.stopping.aborted) {
      const { outcome } = await this.poll(null);
      const failed = outcome === 'failed';
      this.#waitedMs = failed ? backoffMs(this.#waitedMs, this.refreshMs, this.#askedMs, Math.random()) : 0;
      const waitMs = failed ? this.#waitedMs : this.refreshMs;
      this.#nextCheckAt = new Date(this.now().getTime() + waitMs);
      await sleep(waitMs, undefined, { signal: this.stopping, ref: false }).catch(() => undefined);
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
      .finally(() => {
        this.#polling = undefined;
      });
    return this.#polling;
  }

  async #poll(by: string | null): Promise<PollOutcome> {
    const source = this.source();
    if (source === undefined) return { outcome: 'unchanged', reason: null, detail: 'There is no upstream list.' };
    const now = this.now();
    const { href } = source.url;
    const isDue = performance.now() - this.#unconditionalAt > UNCONDITIONAL_EVERY_MS;
    const etag = !isDue && this.#accepted?.href === href ? this.#accepted.etag : null;
    const options = { etag, by, now, graceMs: this.graceMs, signal: this.stopping };
    const polled = await pollOnce(source, this.publisher, options);
    if (polled.outcome === 'held') return this.#hold(source.catalog.product, polled.held);

    await this.history.noteChecked(source.catalog.product, now.toISOString());
    this.#checkedAt = now;
    this.#recover(null);
    // Last of all, so that nothing but an accepted list is ever answered by a 304.
    this.#accepted = { href, etag: usableEtag(polled.etag) };
    if (etag === null) this.#unconditionalAt = performance.now();
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

  /** Upstream answered in good order, whatever came of it. */
  #recover(held: HeldList | null): void {
    this.#held = held;
    this.#failures = 0;
    this.#lastError = null;
    this.#askedMs = null;
  }

  #fail(error: unknown): PollOutcome {
    const reason = reasonOf(error);
    const message = error instanceof Error ? error.message : String(error);
    this.#askedMs = error instanceof FetchFailed ? error.retryAfterMs : null;
    // Retries are quiet: only a new kind of failure is worth a line.
    if (this.#lastError?.reason !== reason && !this.stopping.aborted) {
      this.log.warn({ reason, err: reason === 'internal' ? error : undefined }, `upstream was not read: ${message}`);
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
  return 'internal';
}

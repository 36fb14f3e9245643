import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { adopt } from '../model/adopt.js';
import type { AddressList } from '../model/address.js';
import { sha256 } from '../model/canonical.js';
import { DEFAULT_LIMITS, type Catalog } from '../model/catalog.js';
import { judge } from '../model/guard.js';
import { digestOf } from '../model/revision.js';
import type { Current } from '../store/current.js';
import type { History } from '../store/history.js';
import { backoffMs } from '../upstream/backoff.js';
import { UnreadableList } from '../upstream/decode.js';
import { FetchFailed, fetchList } from '../upstream/fetch.js';
import { parseList } from '../upstream/parse.js';
import type { Publisher } from './publisher.js';

/** How a poll ended. What is served changes only by `published`. */
export interface PollOutcome {
  readonly outcome: 'published' | 'unchanged' | 'held' | 'failed';
  /** The code of what went wrong; `null` where nothing did. */
  readonly reason: string | null;
  /** A sentence for people; `null` where nothing went wrong. */
  readonly detail: string | null;
}

/** A list that is doubted, and so waits while the old one is served. */
export interface HeldList {
  /** The digest that a revision of it would have. */
  readonly digest: string;
  readonly reason: string;
  readonly detail: string;
  /** When it was last offered. */
  readonly offeredAt: string;
}

/** Why the last poll brought nothing. */
export interface PollFailure {
  readonly at: string;
  readonly reason: string;
  readonly message: string;
}

/** What is polled. */
export interface Source {
  readonly url: URL;
  readonly catalog: Catalog;
  readonly catalogSha256: string;
}

/** For one poll, from name to last byte. */
const DEADLINE_MS = 15_000;
/** An ETag can lie: once a day the list is asked for without one. */
const UNCONDITIONAL_EVERY_MS = 24 * 60 * 60_000;

/** Polls upstream, for ever: poll → parse → judge → publish. It alone turns refusals and failures into a status. */
export class Refresher {
  #etag: string | null = null;
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
    private readonly current: Current,
    private readonly refreshMs: number,
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

  /** Remembers from the store when upstream was last checked. */
  async restore(product: string): Promise<void> {
    const checkedAt = await this.history.checkedAt(product);
    this.#checkedAt = checkedAt === undefined ? null : new Date(checkedAt);
  }

  /** Polls until the service stops. Never rejects. */
  async run(): Promise<void> {
    while (!this.stopping.aborted) {
      const { outcome } = await this.poll(null);
      const regular = outcome !== 'failed';
      this.#waitedMs = regular ? 0 : backoffMs(this.#waitedMs, this.refreshMs, this.#askedMs, Math.random());
      const waitMs = regular ? this.refreshMs : this.#waitedMs;
      this.#nextCheckAt = new Date(this.now().getTime() + waitMs);
      await sleep(waitMs, undefined, { signal: this.stopping, ref: false }).catch(() => undefined);
    }
  }

  /**
   * Polls once, now. While a poll is under way it is shared.
   *
   * @param by the operator who asked, where one did.
   */
  poll(by: string | null): Promise<PollOutcome> {
    this.#polling ??= this.#poll(by).finally(() => {
      this.#polling = undefined;
    });
    return this.#polling;
  }

  async #poll(by: string | null): Promise<PollOutcome> {
    try {
      const outcome = await this.#attempt(by);
      if (outcome.outcome !== 'held') this.#held = null;
      this.#failures = 0;
      this.#lastError = null;
      this.#askedMs = null;
      return outcome;
    } catch (error) {
      return this.#fail(error);
    }
  }

  async #attempt(by: string | null): Promise<PollOutcome> {
    const source = this.source();
    if (source === undefined) return { outcome: 'unchanged', reason: null, detail: 'There is no upstream list.' };
    const { url, catalog, catalogSha256 } = source;
    const limits = catalog.upstream?.limits ?? DEFAULT_LIMITS;
    const fetchedAt = this.now();
    const etag = performance.now() - this.#unconditionalAt > UNCONDITIONAL_EVERY_MS ? null : this.#etag;
    const fetched = await fetchList(url, {
      etag,
      mostBytes: limits.bytes,
      deadlineMs: DEADLINE_MS,
      signal: this.stopping,
      now: fetchedAt,
    });
    if (fetched.kind === 'not-modified') {
      await this.#noteChecked(catalog.product, fetchedAt);
      return { outcome: 'unchanged', reason: null, detail: null };
    }
    const list = parseList(fetched.body);
    const served = this.current.snapshot?.addresses;
    const verdict = judge(served, list, catalog, limits);
    if (verdict.verdict === 'reject') throw new Refused(verdict.reason, verdict.detail);
    if (verdict.verdict === 'hold') return this.#hold(catalog, list, verdict, fetchedAt);

    const published = await this.publisher.publish(catalog.product, (head) => ({
      content: {
        catalog: head?.catalog ?? catalog,
        listedHosts: list.hosts,
        addresses: adopt(head?.addresses ?? [], list, fetchedAt.toISOString()),
      },
      cause: 'poll',
      by,
      note: null,
      upstream: { url: publicUrl(url), sha256: sha256(fetched.body), fetchedAt: fetchedAt.toISOString() },
      catalog: head?.revision.catalog ?? { sha256: catalogSha256 },
    }));
    await this.#noteChecked(catalog.product, fetchedAt);
    // Last of all, so that nothing but an accepted list is ever answered by a 304.
    this.#etag = usableEtag(fetched.etag);
    if (etag === null) this.#unconditionalAt = performance.now();
    if (published === undefined) return { outcome: 'unchanged', reason: null, detail: null };
    this.log.info({ revision: published.revision.revision, by }, 'the address list made a new revision');
    return { outcome: 'published', reason: null, detail: null };
  }

  #hold(
    catalog: Catalog,
    list: AddressList,
    verdict: { readonly reason: string; readonly detail: string },
    offeredAt: Date,
  ): PollOutcome {
    const addresses = adopt([], list, offeredAt.toISOString());
    const digest = digestOf({ catalog, listedHosts: list.hosts, addresses });
    if (this.#held?.digest !== digest) {
      this.log.warn({ reason: verdict.reason, digest }, `the address list is held: ${verdict.detail}`);
    }
    this.#held = { digest, reason: verdict.reason, detail: verdict.detail, offeredAt: offeredAt.toISOString() };
    return { outcome: 'held', reason: verdict.reason, detail: `${verdict.detail} The old list is still served.` };
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

  async #noteChecked(product: string, at: Date): Promise<void> {
    await this.history.noteChecked(product, at.toISOString());
    this.#checkedAt = at;
  }
}

/** What may be sent back as it came; anything else makes the next poll unconditional. Source: RFC 9110 8.8.3. */
function usableEtag(etag: string | null): string | null {
  return etag !== null && etag.length <= 256 && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

/** A list that must never be served. */
class Refused extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof FetchFailed || error instanceof UnreadableList || error instanceof Refused) return error.reason;
  return 'internal';
}

/** A URL as everyone may see it: without what may be secret. */
export function publicUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href;
}

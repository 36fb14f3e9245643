import type { Logger } from 'pino';
import { DomainError } from '../model/error.js';
import type { History } from '../store/history.js';
import { isOfSqlite } from '../store/sqlite.js';
import { UnreadableList } from '../upstream/decode.js';
import { FetchFailed } from '../upstream/fetch-failed.js';
import { Refused, type HeldList } from './poll.js';
import { Overdue } from './watchdog.js';

/** Why the last poll brought nothing. */
export interface PollFailure {
  readonly at: string;
  readonly reason: string;
  readonly message: string;
}

/** What is known of the polls so far. Of it, the store remembers when upstream was last checked, and what is held. */
export class PollRecord {
  #product: string | undefined;
  #checkedAt: Date | null = null;
  #failures = 0;
  #lastError: PollFailure | null = null;
  #held: HeldList | null = null;
  #askedMs: number | null = null;

  constructor(
    private readonly history: History,
    private readonly now: () => Date,
    private readonly log: Logger,
  ) {}

  /** When upstream last said what is served; `null` where it never did. */
  get checkedAt(): Date | null {
    return this.#checkedAt;
  }

  get consecutiveFailures(): number {
    return this.#failures;
  }

  /** `null` where the last poll was answered in good order. */
  get lastError(): PollFailure | null {
    return this.#lastError;
  }

  get held(): HeldList | null {
    return this.#held;
  }

  /** How long upstream asked to be left alone; `null` where it did not. */
  get askedMs(): number | null {
    return this.#askedMs;
  }

  /** Remembers what the store does. */
  async restore(product: string): Promise<void> {
    this.#product = product;
    const { checkedAt, held } = await this.history.notes.lastPoll(product);
    this.#checkedAt = checkedAt === null ? null : new Date(checkedAt);
    this.#held = held === null ? null : (JSON.parse(held) as HeldList);
  }

  /**
   * Upstream said what is served now.
   *
   * @param vouched when that was, for the next start: a clock that is doubted may not vouch for itself.
   */
  async checked(product: string, at: Date, vouched: Date): Promise<void> {
    await this.history.notes.noteChecked(product, vouched.toISOString());
    this.#checkedAt = at;
    this.#answered(null);
  }

  /** Upstream offered a list that is doubted. */
  async hold(product: string, offered: HeldList): Promise<void> {
    const isSame = this.#held?.digest === offered.digest;
    const held = isSame ? { ...offered, offeredAt: this.#held!.offeredAt } : offered;
    if (!isSame)
      this.log.warn({ reason: held.reason, digest: held.digest }, `the address list is held: ${held.detail}`);
    await this.history.notes.noteHeld(product, JSON.stringify(held));
    this.#answered(held);
  }

  /** Upstream offered a list that is not doubted, and that is not served yet. */
  async offered(product: string): Promise<void> {
    if (this.#held !== null) await this.history.notes.noteHeld(product, null);
    this.#answered(null);
  }

  /** There is no upstream any more: nothing that it offered counts. */
  async withdrawn(): Promise<void> {
    if (this.#product !== undefined) await this.offered(this.#product);
  }

  /** Upstream was read, and nothing came of it, because an operator keeps what is served. */
  passedOver(): void {
    this.#answered(this.#held);
  }

  /** A poll failed. Retries are quiet: only a new kind of failure is worth a line. */
  failed(error: unknown, isQuiet: boolean): PollFailure {
    const reason = reasonOf(error);
    const message = isOfSqlite(error) ? storeFailure(error) : error instanceof Error ? error.message : String(error);
    if (this.#lastError?.reason !== reason && !isQuiet) {
      const isOfUpstream = !['internal', 'store-failed', 'overdue'].includes(reason);
      const [level, what] = isOfUpstream ? (['warn', 'not read'] as const) : (['error', 'not published'] as const);
      this.log[level]({ reason, err: reason === 'internal' ? error : undefined }, `upstream was ${what}: ${message}`);
    }
    this.#askedMs = error instanceof FetchFailed ? error.retryAfterMs : null;
    this.#failures++;
    this.#lastError = { at: this.now().toISOString(), reason, message };
    return this.#lastError;
  }

  /** Upstream answered in good order, whatever came of it. */
  #answered(held: HeldList | null): void {
    this.#held = held;
    this.#failures = 0;
    this.#lastError = null;
    this.#askedMs = null;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof FetchFailed || error instanceof UnreadableList || error instanceof Refused) return error.reason;
  if (error instanceof Overdue) return 'overdue';
  return isOfSqlite(error) || error instanceof DomainError ? 'store-failed' : 'internal';
}

/** Nothing but the disk has to be mended: the next poll tries again. */
function storeFailure({ message }: Error): string {
  return `The store cannot be written (${message}), and nothing is published before it is stored. Make room on its disk, or make it writable.`;
}

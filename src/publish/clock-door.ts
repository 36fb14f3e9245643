import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ListedAddress } from '../model/address.js';
import { dueAt, nextDue } from '../model/due.js';
import type { Current } from '../store/current.js';
import type { Publisher } from './publisher.js';
import type { TrustedClock } from './trusted-clock.js';

/** No sleep is longer, because the clock may be set meanwhile, or another writer may publish what is due earlier. */
const LONGEST_SLEEP_MS = 5_000;
/** Nor shorter: what is due stays due. */
const SHORTEST_SLEEP_MS = 100;

/** Where time comes in: what is due by the clock alone is published, once, as a revision of its own. */
export class ClockDoor {
  #lastError: string | null = null;
  #isWaiting = false;
  /** Announced dates up to here are told of. */
  #toldUntilMs: number | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly current: Current,
    private readonly clock: TrustedClock,
    /** What of a list that soaks is in use: the end of the soak decides on it, not the clock. */
    private readonly listedAgain: () => readonly ListedAddress[],
    /** Whether what is served is kept as it is, or was until now: then the next list says what has left. */
    private readonly isKept: () => boolean,
    private readonly now: () => Date,
    private readonly log: Logger,
  ) {}

  /** Publishes all that is due by now as one revision. Never rejects: what fails is due the next time, too. */
  async publishDue(): Promise<void> {
    try {
      const due = this.clock.due();
      this.#tellOfPassed(due);
      this.#warnOfWaiting(due);
      await this.#publish(due);
      this.#lastError = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // A retry that fails as before is not worth another line.
      if (reason !== this.#lastError) this.log.error({ reason }, 'what is due could not be published yet');
      this.#lastError = reason;
    }
  }

  /** Publishes what is due when it is due, until the signal aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.publishDue();
      await sleep(this.#restMs(), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #publish(due: Date): Promise<void> {
    const served = this.current.snapshot;
    if (served === undefined || this.isKept() || dueAt(served, due, this.listedAgain()) === undefined) return;
    let retired = 0;
    const published = await this.publisher.publish(served.catalog.product, (head) => {
      const content = head === undefined ? undefined : dueAt(head, due, this.listedAgain());
      if (head === undefined || content === undefined) return undefined;
      retired = head.addresses.length - content.addresses.length;
      const { upstream, catalog } = head.revision;
      return { content, cause: 'clock', by: null, note: null, upstream, catalog };
    });
    if (published !== undefined) {
      this.clock.hasActed(due);
      this.log.info({ revision: published.revision.revision, retired }, 'the clock made a new revision');
    }
  }

  #restMs(): number {
    const next = this.current.snapshot === undefined ? null : nextDue(this.current.snapshot, this.listedAgain());
    if (next === null || this.#lastError !== null || this.isKept()) return LONGEST_SLEEP_MS;
    const restMs = Date.parse(next) - this.clock.due().getTime();
    return Math.min(Math.max(restMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
  }

  /** Once for each time that the clock is doubted while it says that something is due. */
  #warnOfWaiting(due: Date): void {
    const served = this.current.snapshot;
    const now = this.now();
    const isDueBy = (instant: Date) => served !== undefined && dueAt(served, instant, this.listedAgain()) !== undefined;
    const waits = !isDueBy(due) && isDueBy(now);
    if (waits && !this.#isWaiting) {
      this.log.warn(
        { clock: now.toISOString(), believed: due.toISOString() },
        'the clock jumped or is contradicted, so nothing is retired by it; two polls that agree with it end this',
      );
    }
    this.#isWaiting = waits;
  }

  /** A date that upstream announced promotes nothing. It never came true before, so that is worth a line. */
  #tellOfPassed(due: Date): void {
    const fromMs = this.#toldUntilMs ?? this.clock.remembered?.getTime() ?? due.getTime();
    this.#toldUntilMs = Math.max(fromMs, due.getTime());
    const passed = (this.current.snapshot?.addresses ?? []).filter(({ status, effectiveFrom }) => {
      const atMs = status === 'announced' && effectiveFrom !== null ? Date.parse(effectiveFrom) : NaN;
      return atMs > fromMs && atMs <= due.getTime();
    });
    if (passed.length === 0) return;
    const addresses = passed.map(({ host, cidr, effectiveFrom }) => ({ host, cidr, effectiveFrom }));
    this.log.info({ addresses }, 'an announced date has passed, and the list does not say that it came true');
  }
}

/** One look at both clocks. */
interface Reading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** With what the wall clock had to say if nobody had set it since it was last believed. */
interface Look extends Reading {
  readonly expectedMs: number;
}

/** A reading that is not believed, and what has spoken for it since. */
interface Doubt {
  readonly since: Reading;
  /** Polls in a row whose date agreed. */
  readonly agreed: number;
  /** What upstream's date said otherwise when it last said anything; `null` for just a jump. */
  readonly upstream: Reading | null;
  /** What was believed when the doubt began. */
  readonly believedSinceMs: number;
}

/** A clock that is doubted, for people. Times are RFC 3339 UTC. */
export interface DoubtedClock {
  /** What the machine's clock says. */
  readonly reads: string;
  /** The instant up to which dates are acted on. */
  readonly believed: string;
  /** What upstream's clock says by now where it contradicts; `null` where it does not. */
  readonly upstream: string | null;
  /** By the time that is believed. */
  readonly doubtedSince: string;
}

const DAY_MS = 24 * 60 * 60_000;
const AGREEMENT_MS = 10 * 60_000;
const ENOUGH_AGREED = 2;

/**
 * The wall clock, as far as dates may be acted on by it. One that jumped ahead by more than a day, back by more than ten
 * minutes, or that upstream's own date contradicts by as much, is doubted until two polls in a row agree with it, or
 * nothing has contradicted it for a day in which it ran steadily. Meanwhile time goes on from the last reading that was
 * believed: what is removed late is an old answer, what is removed early is an outage. It never falls behind what the
 * store remembers, what upstream and the clock once agreed on, or what was acted on.
 */
export class TrustedClock {
  #believed: Reading | undefined;
  #remembered: Date | null = null;
  /** The last reading that something other than this machine's clock has vouched for. */
  #vouched: Reading | undefined;
  /** Has passed, whatever any clock says. */
  #passedMs = -Infinity;
  #doubt: Doubt | undefined;
  /** Whether a reading of this process was ever believed. */
  #isWatched = false;

  constructor(
    private readonly now: () => Date,
    private readonly monotonicMs: () => number,
  ) {}

  /** The last instant before this process that is sure to have passed; `null` where nothing tells of one. */
  get remembered(): Date | null {
    return this.#remembered;
  }

  /** Whether upstream's date said otherwise when it last said anything. */
  get isContradicted(): boolean {
    return this.#doubt != null && this.#doubt.upstream !== null;
  }

  /** How the clock is doubted; `null` where it is believed. */
  get doubted(): DoubtedClock | null {
    const believed = this.due().toISOString();
    if (this.#doubt === undefined) return null;
    const { upstream, believedSinceMs } = this.#doubt;
    const upstreamMs = upstream === null ? null : wallOf(upstream, this.monotonicMs());
    return {
      reads: this.now().toISOString(),
      believed,
      upstream: upstreamMs === null ? null : new Date(upstreamMs).toISOString(),
      doubtedSince: new Date(believedSinceMs).toISOString(),
    };
  }

  /** Starts from an instant that is sure to have passed, as the store knows one. */
  remember(instant: Date): void {
    this.#remembered = instant;
    this.#believed = { wallMs: instant.getTime(), monotonicMs: this.monotonicMs() };
    this.#vouched = this.#believed;
    this.hasActed(instant);
  }

  /** Takes in that dates up to an instant have been acted on: from then on none of them is undone. */
  hasActed(until: Date): void {
    this.#passedMs = Math.max(this.#passedMs, until.getTime());
  }

  /** The instant up to which dates may be acted on: the wall clock, or earlier while that is doubted. */
  due(): Date {
    return new Date(this.#dueMs(this.#look()));
  }

  /**
   * The instant from which a time of grace counts: the wall clock, or later while that seems to be behind. While
   * upstream contradicts it, it is no witness: then upstream's date counts, but nothing before what was vouched for.
   */
  graceFrom(): Date {
    const { wallMs, monotonicMs, expectedMs } = this.#look();
    if (this.#doubt === undefined) return new Date(Math.max(wallMs, this.#passedMs));
    const { upstream } = this.#doubt;
    const witnesses =
      upstream === null
        ? [wallMs, expectedMs]
        : [upstream, this.#vouched].flatMap((reading) => (reading ? wallOf(reading, monotonicMs) : []));
    return new Date(Math.max(...witnesses, this.#passedMs));
  }

  /**
   * The instant that a record is dated with: the wall clock, unless upstream contradicts it, or it jumped while it was
   * watched. A stop is no sign of a jump.
   */
  written(): Date {
    const { wallMs, expectedMs } = this.#look();
    if (this.isContradicted) return this.graceFrom();
    const isJump = this.#doubt !== undefined && this.#doubt.agreed === 0 && this.#isWatched;
    return new Date(isJump ? Math.max(expectedMs, this.#passedMs) : wallMs);
  }

  /** Takes in what upstream's clock said just now; `null` where it said nothing. */
  hear(date: Date | null): void {
    const look = this.#look();
    if (date === null) return;
    const { wallMs, monotonicMs, expectedMs } = look;
    const dateMs = date.getTime();
    if (Math.abs(dateMs - wallMs) > AGREEMENT_MS) {
      const believedMs = Math.max(Math.min(dateMs, expectedMs), this.#passedMs);
      const believedSinceMs = this.#doubt?.believedSinceMs ?? believedMs;
      const upstream = { wallMs: dateMs, monotonicMs };
      this.#doubt = { since: { wallMs, monotonicMs }, agreed: 0, upstream, believedSinceMs };
      this.#believed = { wallMs: believedMs, monotonicMs };
      return;
    }
    if (this.#doubt !== undefined) {
      this.#doubt = { ...this.#doubt, agreed: this.#doubt.agreed + 1, upstream: null };
      if (this.#doubt.agreed < ENOUGH_AGREED) return;
      this.#believe({ wallMs, monotonicMs });
    }
    this.#vouched = { wallMs: Math.min(dateMs, wallMs), monotonicMs };
    this.#passedMs = Math.max(this.#passedMs, this.#vouched.wallMs);
  }

  #dueMs({ wallMs, expectedMs }: Look): number {
    return Math.max(this.#doubt === undefined ? wallMs : Math.min(wallMs, expectedMs), this.#passedMs);
  }

  /** Reads both clocks, and settles what the reading itself can settle. */
  #look(): Look {
    const reading = { wallMs: this.now().getTime(), monotonicMs: this.monotonicMs() };
    const expectedMs = this.#believed === undefined ? reading.wallMs : wallOf(this.#believed, reading.monotonicMs);
    const aheadMs = reading.wallMs - expectedMs;
    if (this.#doubt === undefined) {
      if (aheadMs <= DAY_MS && aheadMs >= -AGREEMENT_MS) this.#believe(reading);
      else {
        const believedSinceMs = Math.max(Math.min(reading.wallMs, expectedMs), this.#passedMs);
        this.#doubt = { since: reading, agreed: 0, upstream: null, believedSinceMs };
      }
    } else if (!isSteady(this.#doubt.since, reading)) {
      this.#doubt = { ...this.#doubt, since: reading, agreed: 0 };
      if (Math.abs(aheadMs) <= AGREEMENT_MS && this.#doubt.upstream === null) this.#believe(reading);
    } else if (reading.monotonicMs - this.#doubt.since.monotonicMs >= DAY_MS) {
      this.#believe(reading);
    }
    return { ...reading, expectedMs };
  }

  #believe(reading: Reading): void {
    this.#believed = reading;
    this.#isWatched = true;
    this.#doubt = undefined;
  }
}

/** What the wall clock has to say by now if nobody sets it. */
function wallOf({ wallMs, monotonicMs }: Reading, nowMs: number): number {
  return wallMs + Math.floor(nowMs - monotonicMs);
}

function isSteady(since: Reading, reading: Reading): boolean {
  return Math.abs(reading.wallMs - wallOf(since, reading.monotonicMs)) <= AGREEMENT_MS;
}

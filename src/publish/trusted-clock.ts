/** One look at both clocks. */
interface Reading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** A reading that is not believed, and what has spoken for it since. */
interface Doubt {
  readonly since: Reading;
  /** Polls in a row whose date agreed. */
  readonly agreed: number;
  /** Whether upstream's date said otherwise, and not just a jump. */
  readonly isContradicted: boolean;
}

const DAY_MS = 24 * 60 * 60_000;
const AGREEMENT_MS = 10 * 60_000;
const ENOUGH_AGREED = 2;

/**
 * The wall clock, as far as dates may be acted on by it. One that jumped ahead by more than a day, back by more than ten
 * minutes, or that upstream's own date contradicts by as much, is doubted until two polls in a row agree with it, or
 * nothing has contradicted it for a day in which it ran steadily. Meanwhile time goes on from the last reading that was
 * believed: what is removed late is an old answer, what is removed early is an outage.
 */
export class TrustedClock {
  #believed: Reading | undefined;
  #remembered: Date | null = null;
  #doubt: Doubt | undefined;

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
    return this.#doubt?.isContradicted === true;
  }

  /** Starts from an instant that is sure to have passed, as the store knows one. */
  remember(instant: Date): void {
    this.#remembered = instant;
    this.#believed = { wallMs: instant.getTime(), monotonicMs: this.monotonicMs() };
  }

  /** The instant up to which dates may be acted on: the wall clock, or earlier while that is doubted. */
  due(): Date {
    const { wallMs, expectedMs } = this.#look();
    return new Date(this.#doubt === undefined ? wallMs : Math.min(wallMs, expectedMs));
  }

  /** The instant from which a time of grace counts: the wall clock, or later while that seems to be behind. */
  graceFrom(): Date {
    const { wallMs, expectedMs } = this.#look();
    return new Date(this.#doubt === undefined ? wallMs : Math.max(wallMs, expectedMs));
  }

  /** Takes in what upstream's clock said just now; `null` where it said nothing. */
  hear(date: Date | null): void {
    const { wallMs, expectedMs, ...rest } = this.#look();
    if (date === null) return;
    const reading = { wallMs, ...rest };
    if (Math.abs(date.getTime() - wallMs) > AGREEMENT_MS) {
      this.#doubt = { since: reading, agreed: 0, isContradicted: true };
      this.#believed = { ...reading, wallMs: Math.min(date.getTime(), expectedMs) };
    } else if (this.#doubt !== undefined) {
      this.#doubt = { ...this.#doubt, agreed: this.#doubt.agreed + 1, isContradicted: false };
      if (this.#doubt.agreed >= ENOUGH_AGREED) this.#believe(reading);
    }
  }

  /** Reads both clocks, and settles what the reading itself can settle. */
  #look(): Reading & { readonly expectedMs: number } {
    const reading = { wallMs: this.now().getTime(), monotonicMs: this.monotonicMs() };
    const expectedMs = this.#believed === undefined ? reading.wallMs : wallOf(this.#believed, reading.monotonicMs);
    const aheadMs = reading.wallMs - expectedMs;
    if (this.#doubt === undefined) {
      if (aheadMs <= DAY_MS && aheadMs >= -AGREEMENT_MS) this.#believe(reading);
      else this.#doubt = { since: reading, agreed: 0, isContradicted: false };
    } else if (!isSteady(this.#doubt.since, reading)) {
      this.#doubt = { ...this.#doubt, since: reading, agreed: 0 };
      if (Math.abs(aheadMs) <= AGREEMENT_MS && !this.#doubt.isContradicted) this.#believe(reading);
    } else if (reading.monotonicMs - this.#doubt.since.monotonicMs >= DAY_MS) {
      this.#believe(reading);
    }
    return { ...reading, expectedMs };
  }

  #believe(reading: Reading): void {
    this.#believed = reading;
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

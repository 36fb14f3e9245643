const EVERY_MS = 100;
const LATE_MS = 1_000;
/** One long step is made up for sooner than whoever is refused comes back; the second one is no accident. */
const LATE_LOOKS = 2;

/**
 * Whether there is more to do than can be done: the event loop comes late by more than a second, again and again.
 * A timer of our own, because a histogram of delays has to be read by one too, and says nothing more.
 */
export class Pressure {
  readonly #timer: NodeJS.Timeout;
  #dueMs: number;
  #lateLooks = 0;

  /** @param nowMs a clock that only goes forward, in milliseconds. */
  constructor(private readonly nowMs: () => number) {
    this.#dueMs = nowMs() + EVERY_MS;
    this.#timer = setInterval(() => this.#look(), EVERY_MS).unref();
  }

  get isHigh(): boolean {
    return this.#lateLooks >= LATE_LOOKS;
  }

  /** Looks no more; nothing is high from now on. */
  stop(): void {
    clearInterval(this.#timer);
    this.#lateLooks = 0;
  }

  /** Timers come before what arrived from the network meanwhile, so that this is known when that is looked at. */
  #look(): void {
    const now = this.nowMs();
    this.#lateLooks = now - this.#dueMs > LATE_MS ? this.#lateLooks + 1 : 0;
    this.#dueMs = now + EVERY_MS;
  }
}

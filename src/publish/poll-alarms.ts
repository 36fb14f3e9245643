import type { Logger } from 'pino';
import type { Soak, SoakingList } from './soak.js';
import type { TrustedClock } from './trusted-clock.js';

/** So many changes in a row that did not stay are no accident any more. */
const FLAPPING = 3;

/** Tells the log what polls see that is worth a line, once for each time. */
export class PollAlarms {
  #isContradicted = false;

  constructor(
    private readonly soak: Soak,
    private readonly clock: TrustedClock,
    private readonly log: Logger,
  ) {}

  /** Another list is watched. */
  tellOfSoak(list: SoakingList): void {
    if (this.soak.brokenOff < FLAPPING) this.log.info(list, 'a changed address list is watched before it is published');
    if (this.soak.brokenOff === FLAPPING) {
      this.log.warn(list, 'the address list keeps changing back and forth; nothing of it is published until it stays');
    }
  }

  /** Looks whether upstream's date and the clock have fallen apart. */
  lookAtClock(): void {
    const { isContradicted } = this.clock;
    if (isContradicted && !this.#isContradicted) {
      this.log.warn("upstream's date and the clock differ by more than ten minutes; dates are acted on by the earlier");
    }
    this.#isContradicted = isContradicted;
  }
}

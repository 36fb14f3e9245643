import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TrustedClock } from '../../src/publish/trusted-clock.js';
import { Clocks, DAY, HOUR, MINUTE, SECOND } from './clocks.js';

/** A clock that was right when the store last heard of it, so long ago. */
function clockAfter(stoppedMs: number): { clock: TrustedClock; clocks: Clocks } {
  const clocks = new Clocks();
  const clock = new TrustedClock(clocks.now, clocks.monotonicMs);
  clock.remember(new Date(clocks.now().getTime() - stoppedMs));
  return { clock, clocks };
}

const running = () => {
  const made = clockAfter(MINUTE);
  made.clock.due();
  return made;
};

describe('a clock that only ticks', () => {
  it('is believed, and so is the first that a store ever hears of', () => {
    const { clock, clocks } = running();
    clocks.pass(90 * DAY);
    expect(clock.due()).toEqual(clocks.now());
    expect(clock.graceFrom()).toEqual(clocks.now());
    expect(new TrustedClock(clocks.now, clocks.monotonicMs).due()).toEqual(clocks.now());
  });

  it('may be set by as much as a day ahead, or ten minutes back', () => {
    const { clock, clocks } = running();
    for (const ms of [DAY, -10 * MINUTE, -SECOND, 23 * HOUR]) {
      clocks.jump(ms);
      expect(clock.due()).toEqual(clocks.now());
    }
  });
});

describe('a clock that jumps ahead by more than a day', () => {
  it('is doubted, and time goes on from before the jump', () => {
    const { clock, clocks } = running();
    const before = clocks.now().getTime();
    clocks.jump(400 * DAY);
    expect(clock.due().getTime()).toBe(before);
    clocks.pass(3 * HOUR);
    expect(clock.due().getTime()).toBe(before + 3 * HOUR);
  });

  it('dates no record, unless it jumped while nobody watched', () => {
    const { clock, clocks } = running();
    const before = clocks.now();
    clocks.jump(400 * DAY);
    expect(clock.written()).toEqual(before);
    clock.hear(clocks.now());
    expect(clock.written()).toEqual(clocks.now());
    const stopped = clockAfter(400 * DAY);
    expect(stopped.clock.written()).toEqual(stopped.clocks.now());
  });

  it('is believed once two polls in a row agree with it', () => {
    const { clock, clocks } = running();
    clocks.jump(2 * DAY);
    const agreeing = () => clock.hear(new Date(clocks.now().getTime() + 9 * MINUTE));
    agreeing();
    clock.hear(new Date(clocks.now().getTime() - 2 * DAY));
    agreeing();
    expect(clock.due().getTime()).toBeLessThan(clocks.now().getTime());
    agreeing();
    expect(clock.due()).toEqual(clocks.now());
  });

  it('is believed after a day of steady running where upstream says no date', () => {
    const { clock, clocks } = running();
    clocks.jump(2 * DAY);
    for (let hour = 0; hour < 24; hour++) {
      clock.hear(null);
      expect(clock.due().getTime()).toBeLessThan(clocks.now().getTime());
      clocks.pass(HOUR);
    }
    expect(clock.due()).toEqual(clocks.now());
  });

  it('waits for the whole day again after a further jump', () => {
    const { clock, clocks } = running();
    clocks.jump(2 * DAY);
    clock.due();
    clocks.pass(20 * HOUR).jump(2 * DAY);
    clock.due();
    clocks.pass(20 * HOUR);
    expect(clock.due().getTime()).toBeLessThan(clocks.now().getTime());
  });

  it('is believed at once when the jump is undone', () => {
    const { clock, clocks } = running();
    clocks.jump(400 * DAY);
    clock.due();
    clocks.pass(MINUTE).jump(-400 * DAY);
    expect(clock.due()).toEqual(clocks.now());
    clocks.jump(DAY);
    expect(clock.due()).toEqual(clocks.now());
  });
});

describe('after a stop', () => {
  it('of up to a day the clock is believed', () => {
    const { clock, clocks } = clockAfter(DAY);
    expect(clock.due()).toEqual(clocks.now());
  });

  it('of more it is doubted until two polls agree', () => {
    const { clock, clocks } = clockAfter(30 * DAY);
    expect(clock.due().getTime()).toBe(clocks.now().getTime() - 30 * DAY);
    clock.hear(clocks.now());
    clock.hear(clocks.now());
    expect(clock.due()).toEqual(clocks.now());
  });

  it('with a clock that is behind the store, nothing that was due then is undone, and grace counts from the later', () => {
    const { clock, clocks } = clockAfter(-2 * DAY);
    const remembered = clock.remembered;
    clocks.pass(HOUR);
    expect(clock.due()).toEqual(remembered);
    expect(clock.graceFrom()).toEqual(new Date(clocks.now().getTime() + 2 * DAY));
  });
});

describe('a clock that upstream contradicts', () => {
  it('is not believed, though it never jumped: the earlier of the two counts', () => {
    const { clock, clocks } = clockAfter(HOUR);
    clock.due();
    clock.hear(new Date(clocks.now().getTime() - 11 * MINUTE));
    expect(clock.isContradicted).toBe(true);
    clocks.pass(MINUTE);
    expect(clock.due().getTime()).toBe(clocks.now().getTime() - 11 * MINUTE);
    clock.hear(new Date(clocks.now().getTime() + 90 * DAY));
    expect(clock.due().getTime()).toBe(clocks.now().getTime() - 11 * MINUTE);
  });

  it('is told of, with all that speaks for it and against it, until it is believed again', () => {
    const { clock, clocks } = clockAfter(HOUR);
    expect(clock.doubted).toBeNull();
    const began = clocks.now().getTime() - 11 * MINUTE;
    clock.hear(new Date(began));
    clocks.pass(MINUTE);
    clock.hear(new Date(began));
    clocks.pass(MINUTE);
    const then = new Date(began + MINUTE).toISOString();
    const doubtedSince = new Date(began).toISOString();
    expect(clock.doubted).toEqual({ reads: clocks.in(0), believed: then, upstream: then, doubtedSince });
    clock.hear(clocks.now());
    expect(clock.doubted).toMatchObject({ upstream: null, doubtedSince });
    clock.hear(clocks.now());
    expect(clock.doubted).toBeNull();
  });

  it('is never put back behind what was remembered, agreed on or acted on', () => {
    const { clock, clocks } = clockAfter(HOUR);
    const wrong = new Date(clocks.now().getTime() - 900 * DAY);
    clock.hear(wrong);
    expect(clock.due()).toEqual(clock.remembered);
    for (let i = 0; i < 2; i++) clock.hear(clocks.now());
    const agreed = clocks.now();
    clocks.pass(HOUR);
    clock.hear(wrong);
    expect(clock.due()).toEqual(agreed);
    const acted = new Date(agreed.getTime() + DAY);
    clock.hasActed(acted);
    expect(clock.due()).toEqual(acted);
  });

  it("is no witness of when a time of grace began: upstream's date is, but nothing before what both once said", () => {
    const clocks = new Clocks();
    const first = new TrustedClock(clocks.now, clocks.monotonicMs);
    const trueDate = new Date(clocks.now().getTime() - 730 * DAY);
    first.hear(trueDate);
    clocks.pass(HOUR);
    expect(first.graceFrom()).toEqual(new Date(trueDate.getTime() + HOUR));
    expect(first.written()).toEqual(first.graceFrom());

    const agreed = running();
    agreed.clock.hear(agreed.clocks.now());
    agreed.clocks.pass(HOUR);
    agreed.clock.hear(new Date(agreed.clocks.now().getTime() - 90 * DAY));
    expect(agreed.clock.graceFrom()).toEqual(agreed.clocks.now());
  });

  it('is believed again after two polls that agree', () => {
    const { clock, clocks } = running();
    clock.hear(new Date(clocks.now().getTime() + HOUR));
    clock.hear(clocks.now());
    expect(clock.isContradicted).toBe(false);
    clock.hear(clocks.now());
    clocks.jump(DAY);
    expect(clock.due()).toEqual(clocks.now());
  });
});

it('whatever the clock is set to within a day, with no poll to confirm it, nothing is due early', () => {
  const steps = fc.array(
    fc.record({
      passesMs: fc.integer({ min: 0, max: 2 * HOUR }),
      jumpsMs: fc.oneof(fc.integer({ min: -800 * DAY, max: -DAY }), fc.integer({ min: 2 * DAY, max: 800 * DAY })),
    }),
    { minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const { clock, clocks } = running();
      let trueMs = clocks.now().getTime();
      let offMs = 0;
      for (const { passesMs, jumpsMs } of all) {
        // Each jump goes wrong from what is true, and is looked at before and after time has passed.
        clocks.jump(jumpsMs - offMs);
        offMs = jumpsMs;
        expect(clock.due().getTime()).toBeLessThanOrEqual(trueMs);
        expect(clock.graceFrom().getTime()).toBeGreaterThanOrEqual(trueMs);
        clocks.pass(passesMs);
        trueMs += passesMs;
        expect(clock.due().getTime()).toBeLessThanOrEqual(trueMs);
        expect(clock.graceFrom().getTime()).toBeGreaterThanOrEqual(trueMs);
      }
    }),
  );
});

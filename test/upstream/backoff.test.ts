import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/upstream/backoff.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A setting of REFRESH_SECONDS. */
const regular = fc.integer({ min: 1, max: 604_800 }).map((seconds) => seconds * SECOND);
const previous = fc.integer({ min: 0, max: HOUR });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const asked = fc.option(fc.integer({ min: 0, max: 10 * 365 * 24 * HOUR }));

describe('the wait after a failure', () => {
  it.each<[what: string, expected: number, wait: Parameters<typeof backoffMs>]>([
    ['begins at one second', SECOND, [0, 15 * MINUTE, null, 0]],
    ['is at most three seconds at first', 3 * SECOND, [0, 15 * MINUTE, null, 0.999_999]],
    ['lies in the middle of what it may be by even chance', 2 * SECOND, [0, 15 * MINUTE, null, 0.5]],
    ['is at most three times the last one', 30 * SECOND, [10 * SECOND, 15 * MINUTE, null, 0.999_999]],
    ['is at most a quarter of an hour', 15 * MINUTE, [HOUR, 24 * HOUR, null, 0.999_999_9]],
    ['is no longer than a poll apart', MINUTE, [HOUR, MINUTE, null, 0.999_999]],
    ['is a second where polls are a second apart', SECOND, [HOUR, SECOND, null, 0.9]],
    ['is as long as upstream asked for', 20 * MINUTE, [0, 15 * MINUTE, 20 * MINUTE, 0.5]],
    ['is its own where upstream asked for less', 2 * SECOND, [0, 15 * MINUTE, 0, 0.5]],
    ['is an hour where upstream asked for ten years', HOUR, [0, 15 * MINUTE, 10 * 365 * 24 * HOUR, 0.5]],
  ])('%s', (_what, expected, wait) => {
    expect(backoffMs(...wait)).toBe(expected);
  });

  it('is a whole number of milliseconds, from a second to an hour', () => {
    fc.assert(
      fc.property(previous, regular, asked, random, (previousMs, regularMs, askedMs, chance) => {
        const wait = backoffMs(previousMs, regularMs, askedMs, chance);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(SECOND);
        expect(wait).toBeLessThanOrEqual(HOUR);
      }),
    );
  });

  it('is never longer than a regular poll or a quarter of an hour, where upstream asked for nothing', () => {
    fc.assert(
      fc.property(previous, regular, random, (previousMs, regularMs, chance) => {
        const wait = backoffMs(previousMs, regularMs, null, chance);
        expect(wait).toBeLessThanOrEqual(Math.min(regularMs, 15 * MINUTE));
      }),
    );
  });

  it('is never shorter than upstream asked for, up to an hour', () => {
    fc.assert(
      fc.property(previous, regular, asked, random, (previousMs, regularMs, askedMs, chance) => {
        const wait = backoffMs(previousMs, regularMs, askedMs, chance);
        expect(wait).toBeGreaterThanOrEqual(Math.min(askedMs ?? 0, HOUR));
      }),
    );
  });

  it('grows by at most three times from one failure to the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: SECOND, max: HOUR }), regular, random, (previousMs, regularMs, chance) => {
        expect(backoffMs(previousMs, regularMs, null, chance)).toBeLessThanOrEqual(3 * previousMs);
      }),
    );
  });

  it('differs between machines: chance decides where in its range it lies', () => {
    const waits = [0, 0.25, 0.5, 0.75].map((chance) => backoffMs(10 * SECOND, 15 * MINUTE, null, chance));
    expect(waits).toEqual([1_000, 8_250, 15_500, 22_750]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressList } from '../../src/model/address.js';
import { Soak } from '../../src/publish/soak.js';
import { listOf, listed } from '../model/fixture.js';
import { Clocks, DAY, MINUTE } from './clocks.js';

const A = listOf({ 'a.example': ['20.0.0.1'] });
const B = listOf({ 'a.example': ['20.0.0.1', '20.0.0.2'] });

function soakOf(soakMs = 10 * MINUTE): { soak: Soak; clocks: Clocks } {
  const clocks = new Clocks();
  return { soak: new Soak(soakMs, clocks.now, clocks.monotonicMs), clocks };
}

describe('a changed list', () => {
  it('is there for long enough when it is seen again after the time, and not a millisecond before', () => {
    const { soak, clocks } = soakOf();
    expect(soak.sees(A)).toBe(false);
    expect(soak.list).toMatchObject({ since: clocks.in(0), until: clocks.in(10 * MINUTE) });
    clocks.pass(10 * MINUTE - 1);
    expect(soak.sees(A)).toBe(false);
    clocks.pass(1);
    expect(soak.sees(A)).toBe(true);
  });

  it('is timed by the monotonic clock, however the wall clock is set', () => {
    const { soak, clocks } = soakOf();
    soak.sees(A);
    clocks.jump(400 * DAY);
    expect(soak.sees(A)).toBe(false);
    clocks.jump(-800 * DAY).pass(10 * MINUTE);
    expect(soak.sees(A)).toBe(true);
  });

  it('may be in another order', () => {
    const { soak, clocks } = soakOf();
    const hosts = ['a.example', 'b.example'];
    const addresses = [listed('b.example', '20.0.0.2'), listed('a.example', '20.0.0.1')];
    soak.sees(addressList(hosts, addresses));
    clocks.pass(10 * MINUTE);
    expect(soak.sees(addressList(hosts.toReversed(), addresses.toReversed()))).toBe(true);
  });

  it('starts anew when another is seen, and when it is gone in between', () => {
    const { soak, clocks } = soakOf();
    soak.sees(A);
    clocks.pass(10 * MINUTE);
    expect(soak.sees(B)).toBe(false);
    clocks.pass(10 * MINUTE);
    expect(soak.sees(A)).toBe(false);
    soak.breakOff();
    expect(soak.list).toBeNull();
    clocks.pass(10 * MINUTE);
    expect(soak.sees(A)).toBe(false);
  });

  it('is another when only a name, a date or a removal is', () => {
    const one = listed('a.example', '20.0.0.1');
    const others = [
      addressList(['a.example', 'b.example'], [one]),
      addressList(['a.example'], [{ ...one, announcedRemovalAt: '2027-01-01T00:00:00Z' }]),
      addressList(['a.example'], [{ ...one, status: 'announced', effectiveFrom: null }]),
      addressList(['a.example'], [{ ...one, status: 'announced', effectiveFrom: '2027-01-01T00:00:00Z' }]),
    ];
    const { soak } = soakOf();
    const digests = [A, ...others].map((list) => {
      soak.sees(list);
      return soak.list?.digest;
    });
    expect(new Set(digests).size).toBe(5);
  });

  it('needs no time where none is set', () => {
    const { soak } = soakOf(0);
    expect(soak.sees(A)).toBe(true);
    expect(soak.list).toBeNull();
  });
});

it('lists that did not stay are counted, until one is published or nothing changes', () => {
  const { soak } = soakOf();
  for (const list of [A, B, A]) soak.sees(list);
  expect(soak.brokenOff).toBe(2);
  soak.breakOff();
  expect(soak.brokenOff).toBe(3);
  soak.breakOff();
  expect(soak.brokenOff).toBe(0);
});

it('a list is only ever over that every poll of the whole time saw', () => {
  const polls = fc.array(fc.record({ waitsMs: fc.integer({ min: 0, max: 7 }), sees: fc.constantFrom('A', 'B', '-') }));
  const onTime = fc.property(polls, (all) => {
    const { soak, clocks } = soakOf(10);
    let since = { sees: '-', atMs: 0 };
    for (const { waitsMs, sees } of all) {
      clocks.pass(waitsMs);
      if (sees !== since.sees) since = { sees, atMs: clocks.monotonicMs() };
      if (sees === '-') soak.breakOff();
      else if (soak.sees(sees === 'A' ? A : B) !== clocks.monotonicMs() - since.atMs >= 10) return false;
    }
    return true;
  });
  expect(() => fc.assert(onTime)).not.toThrow();
});

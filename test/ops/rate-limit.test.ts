import { describe, expect, it } from 'vitest';
import { RateLimit } from '../../src/ops/rate-limit.js';

const limit = (perMinute: number) => {
  let nowMs = 0;
  const limits = new RateLimit(perMinute, () => nowMs);
  return { limits, pass: (ms: number) => void (nowMs += ms) };
};

describe('row 70: who counts as one client', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 'one', 'an IPv6 /64'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 'two', 'neighbouring /64s'],
    ['2001:db8::1', '2001:0db8:0:0::2', 'one', 'a /64 in two spellings'],
    ['192.0.2.1', '192.0.2.2', 'two', 'neighbouring IPv4 addresses'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 'two', 'IPv4 addresses on a dual-stack socket'],
    ['::ffff:192.0.2.1', '::ffff:c000:201', 'one', 'an IPv4 address there in two spellings'],
  ])('%s and %s are %s: %s', (a, b, count) => {
    const { limits } = limit(1);
    expect(limits.take(a).allowed).toBe(true);
    expect(limits.take(b).allowed).toBe(count === 'two');
  });
});

describe('row 70: what is remembered of clients', () => {
  it('is what they have left in their minute', () => {
    const { limits, pass } = limit(2);
    expect(limits.take('192.0.2.1')).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
    pass(30_500);
    expect(limits.take('192.0.2.1')).toEqual({ allowed: true, remaining: 0, resetSeconds: 30 });
    expect(limits.take('192.0.2.1')).toEqual({ allowed: false, remaining: 0, resetSeconds: 30 });
    pass(29_500);
    expect(limits.take('192.0.2.1')).toEqual({ allowed: true, remaining: 1, resetSeconds: 60 });
  });

  it('is bounded: those longest unseen are forgotten, and who goes on asking is not', () => {
    const { limits } = limit(15);
    const own = (i: number) => `2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::1`;
    limits.take('192.0.2.1');
    for (let i = 0; i < 20_000; i++) {
      limits.take(own(i));
      if (i % 2_000 === 0) limits.take('192.0.2.2');
    }
    // Forgotten, and so with all that it is allowed.
    expect(limits.take('192.0.2.1').remaining).toBe(14);
    expect(limits.take('192.0.2.2').remaining).toBe(4);
  });
});

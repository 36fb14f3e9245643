import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptValues } from '../../src/answer/kept-values.js';

const kept = (mostBytes = 4_000) => new KeptValues<{ readonly bytes: number }>(mostBytes, ({ bytes }) => bytes);

describe('values that are kept', () => {
  it('that were asked for again stay, however many others are kept and asked for once', () => {
    const values = kept();
    values.set('hot', { bytes: 100 });
    expect(values.get('hot')).toBeDefined();
    for (let i = 0; i < 10_000; i++) values.set(`once ${i}`, { bytes: 100 });
    expect(values.get('hot')).toBeDefined();
  });

  it('that were not asked for again give way to the next ones', () => {
    const values = kept();
    values.set('first', { bytes: 100 });
    for (let i = 0; i < 10; i++) values.set(`other ${i}`, { bytes: 100 });
    expect(values.get('first')).toBeUndefined();
  });

  it('take no more than they are given, whatever is kept and asked for', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 50 }), bytes: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const values = kept(2_000);
        const last = new Map<string, { readonly bytes: number }>();
        for (const { key, bytes } of steps) {
          const value = { bytes };
          values.set(`${key}`, value);
          last.set(`${key}`, value);
          values.get(`${(key * 7) % 51}`);
        }
        let total = 0;
        for (const [key, value] of last) {
          const found = values.peek(key);
          if (found === undefined) continue;
          // Never an older value than the last.
          expect(found).toBe(value);
          total += found.bytes;
        }
        expect(total).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});

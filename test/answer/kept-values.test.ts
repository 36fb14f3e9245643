import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptValues } from '../../src/answer/kept-values.js';

interface Value {
  readonly bytes: number;
}

/** Room for keys is a twelfth of all. */
const kept = (mostBytes = 6_000) => new KeptValues<Value>(mostBytes, ({ bytes }) => bytes);
const offer = (values: KeptValues<Value>, key: string, value: Value) => {
  if (values.wants(key)) values.set(key, value);
};

describe('values that are kept', () => {
  it('are those that were wanted before', () => {
    const values = kept();
    offer(values, 'a', { bytes: 100 });
    expect(values.get('a')).toBeUndefined();
    offer(values, 'a', { bytes: 100 });
    expect(values.get('a')).toEqual({ bytes: 100 });
    offer(values, 'a', { bytes: 101 });
    expect(values.get('a')).toEqual({ bytes: 101 });
  });

  it('stay, however many others are wanted once', () => {
    const values = kept();
    for (let i = 0; i < 2; i++) offer(values, 'hot', { bytes: 100 });
    for (let i = 0; i < 10_000; i++) offer(values, `once ${i}`, { bytes: 100 });
    expect(values.get('hot')).toBeDefined();
  });

  it('are not those whose first time was long ago', () => {
    const values = kept();
    offer(values, 'first', { bytes: 100 });
    for (let i = 0; i < 100; i++) offer(values, `other ${i}`, { bytes: 100 });
    offer(values, 'first', { bytes: 100 });
    expect(values.get('first')).toBeUndefined();
  });

  it('take no more than they are given, whatever is wanted and asked for', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 50 }), bytes: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const values = kept(2_000);
        const last = new Map<string, Value>();
        for (const { key, bytes } of steps) {
          const value = { bytes };
          offer(values, `${key}`, value);
          last.set(`${key}`, value);
          values.get(`${(key * 7) % 51}`);
        }
        const all = [...values.values()];
        // Never an older value than the last.
        for (const value of all) expect([...last.values()]).toContain(value);
        expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { freshnessOf } from '../../src/publish/freshness.js';

const now = new Date('2026-01-01T12:00:00Z');
const state = { pinned: false, dependsOnUpstream: true, checkedAt: now, held: false, now, refreshMs: 60_000 };

it.each([
  ['just checked', {}, 'fresh'],
  ['checked three polls ago', { checkedAt: new Date('2026-01-01T11:57:00Z') }, 'fresh'],
  ['checked longer ago', { checkedAt: new Date('2026-01-01T11:56:59Z') }, 'stale'],
  ['checked by a clock that was far ahead', { checkedAt: new Date('2027-02-05T12:00:00Z') }, 'stale'],
  ['never checked', { checkedAt: null }, 'bundled'],
  ['never checked, with a list held', { checkedAt: null, held: true }, 'bundled'],
  ['long checked, with a list held', { checkedAt: new Date('2020-01-01T00:00:00Z'), held: true }, 'held'],
  ['pinned, with a list held', { pinned: true, held: true, checkedAt: null }, 'pinned'],
  ['of a catalog without upstream', { dependsOnUpstream: false, checkedAt: null }, 'fresh'],
] as const)('what was %s is as it should be', (_name, change, freshness) => {
  expect(freshnessOf({ ...state, ...change })).toBe(freshness);
});

import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/model/adopt.js';
import { DEFAULT_LIMITS } from '../../src/model/catalog.js';
import type { Decision } from '../../src/model/decision.js';
import { judge } from '../../src/model/guard/guard.js';
import { NO_PAST, type Circumstances } from '../../src/model/guard/offer.js';
import { catalog, listOf } from './fixture.js';

type Hosts = Readonly<Record<string, readonly string[]>>;

const servedOf = (hosts: Hosts) => adopt([], listOf(hosts), '2026-01-01T00:00:00Z', 0);

/** What is decided of a list that would replace another, beside what was served before that. */
function judged(before: Hosts, after: Hosts, past: Partial<Omit<Circumstances, 'dayAgo' | 'weekAgo'>> & Past = {}) {
  const { dayAgo, weekAgo, ...rest } = past;
  return judge(servedOf(before), listOf(after), catalog, DEFAULT_LIMITS, {
    ...NO_PAST,
    knownHosts: Object.keys(before),
    ...rest,
    dayAgo: dayAgo === undefined ? null : servedOf(dayAgo),
    weekAgo: weekAgo === undefined ? null : servedOf(weekAgo),
  });
}

interface Past {
  readonly dayAgo?: Hosts;
  readonly weekAgo?: Hosts;
}

const held = (reason: string) => ({ verdict: 'hold', reason });
const ACCEPTED = { verdict: 'accept' };

/** Addresses of one host: from one number up to another. */
const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `20.0.0.${from + i}`);
const blocks = (count: number) => Array.from({ length: count }, (_, i) => `20.1.${i}.0/24`);
/** Four hosts with two addresses each, of which the first have others. */
const four = (replaced: number) =>
  Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name, i) => [
      `${name}.com`,
      some(10 * i + (i < replaced ? 5 : 1), 10 * i + (i < replaced ? 6 : 2)),
    ]),
  );

describe('what goes at once', () => {
  const eight = { 'a.com': some(1, 8) };
  it.each([
    [4, ACCEPTED],
    [6, ACCEPTED],
    [7, held('shrunk')],
  ])('%i of 8 addresses', (gone, verdict) => {
    expect(judged(eight, { 'a.com': some(gone + 1, 8) })).toMatchObject(verdict);
  });

  it('of three addresses says nothing as a part', () => {
    expect(judged({ 'a.com': some(1, 3) }, { 'a.com': some(4, 4) })).toMatchObject(ACCEPTED);
  });

  it('more than half is worth a line', () => {
    expect(judged(eight, { 'a.com': some(6, 8) })).toMatchObject({ warnings: [{ reason: 'half-gone' }] });
    expect(judged(eight, { 'a.com': some(5, 8) })).toMatchObject({ warnings: [] });
  });
});

describe('hosts that have none of their addresses any more', () => {
  it.each([
    [1, ACCEPTED],
    [2, held('replaced')],
  ])('%i of 4', (replaced, verdict) => {
    expect(judged(four(0), four(replaced))).toMatchObject(verdict);
  });

  it('a quarter of many are taken', () => {
    const more = Object.fromEntries(['e', 'f', 'g', 'h'].map((name, i) => [`${name}.com`, some(100 + i, 100 + i)]));
    expect(judged({ ...four(0), ...more }, { ...four(2), ...more })).toMatchObject(ACCEPTED);
  });

  it('one is worth a line, and waits for an operator where the guard is strict', () => {
    expect(judged(four(0), four(1))).toMatchObject({ warnings: [{ reason: 'host-replaced' }] });
    expect(judged(four(0), four(1), { profile: 'strict' })).toMatchObject(held('host-replaced'));
  });
});

describe('what is opened', () => {
  it.each([
    [4, ACCEPTED],
    [5, held('widened')],
  ])('%i blocks of /24 for one', (count, verdict) => {
    expect(judged({ 'a.com': blocks(1) }, { 'a.com': blocks(count) })).toMatchObject(verdict);
  });

  it('of single addresses may be as much as of four blocks', () => {
    const before = { 'a.com': some(1, 2) };
    expect(judged(before, { 'a.com': some(1, 200) })).toMatchObject(ACCEPTED);
    expect(judged(before, { 'a.com': [...some(1, 2), ...blocks(4)] })).toMatchObject(held('widened'));
  });

  it('is counted from a week ago as well', () => {
    const week = { weekAgo: { 'a.com': blocks(1) } };
    expect(judged({ 'a.com': blocks(3) }, { 'a.com': blocks(4) }, week)).toMatchObject(ACCEPTED);
    expect(judged({ 'a.com': blocks(4) }, { 'a.com': blocks(5) }, week)).toMatchObject(held('widened'));
    // An operator let it in.
    expect(judged({ 'a.com': blocks(5) }, { 'a.com': [...blocks(4), '20.1.4.1'] }, week)).toMatchObject(ACCEPTED);
  });

  it('may be one new wide block of a host a day', () => {
    const before = { 'a.com': [...some(1, 2), ...blocks(1)] };
    const day = { dayAgo: { 'a.com': some(1, 2) } };
    expect(judged({ 'a.com': some(1, 2) }, before, day)).toMatchObject(ACCEPTED);
    expect(judged(before, { 'a.com': [...some(1, 2), ...blocks(2)] }, day)).toMatchObject(held('wide-ranges'));
    expect(judged(before, { ...before, 'b.com': blocks(2).slice(1) }, day)).toMatchObject(ACCEPTED);
  });

  it('waits for an operator where every addition does, but not what is in its grace', () => {
    const before = { 'a.com': some(1, 2) };
    const more = { 'a.com': some(1, 3) };
    expect(judged(before, more)).toMatchObject(ACCEPTED);
    expect(judged(before, more, { profile: 'approve' })).toMatchObject(held('additions'));
    const retiring = adopt(servedOf(more), listOf(before), '2026-01-02T00:00:00Z', 30 * 86_400_000);
    const circumstances = { ...NO_PAST, profile: 'approve' } as const;
    expect(judge(retiring, listOf(more), catalog, DEFAULT_LIMITS, circumstances)).toMatchObject(ACCEPTED);
  });

  it('for a host that nobody names is worth a line, once', () => {
    const before = { 'a.com': some(1, 2) };
    const more = { ...before, 'xn--ap-foa.com': some(9, 9) };
    expect(judged(before, more)).toMatchObject({ warnings: [{ reason: 'unknown-host' }] });
    expect(judged(more, { ...more, 'a.com': some(1, 3) })).toMatchObject({ warnings: [] });
  });
});

describe('small steps within a week', () => {
  const weekAgo = { 'a.com': some(1, 8) };
  it.each([
    [2, ACCEPTED],
    [1, held('eroded')],
  ])('that leave %i of 8 addresses', (left, verdict) => {
    expect(judged({ 'a.com': some(1, 4) }, { 'a.com': some(1, left) }, { weekAgo })).toMatchObject(verdict);
  });

  it('that replace one host after another', () => {
    expect(judged(four(1), four(2))).toMatchObject(ACCEPTED);
    expect(judged(four(1), four(2), { weekAgo: four(0) })).toMatchObject(held('eroded'));
  });

  it('are not asked again once an operator let them in', () => {
    expect(judged({ 'a.com': some(1, 1) }, { 'a.com': some(1, 2) }, { weekAgo })).toMatchObject(ACCEPTED);
    expect(judged(four(2), { ...four(2), 'd.com': some(31, 33) }, { weekAgo: four(0) })).toMatchObject(ACCEPTED);
  });
});

describe('a block around what is revoked', () => {
  const revoked: readonly Decision[] = [
    {
      kind: 'revoke',
      subject: '20.1.0.7/32',
      host: null,
      by: 'ana',
      note: null,
      at: '2026-01-01T00:00:00Z',
      until: null,
    },
  ];
  const before = { 'a.com': some(1, 2) };
  it('waits for an operator, and is not asked again', () => {
    const around = { 'a.com': [...some(1, 2), ...blocks(1)] };
    expect(judged(before, around)).toMatchObject(ACCEPTED);
    expect(judged(before, around, { revoked })).toMatchObject(held('around-revoked'));
    expect(judged(around, { 'a.com': [...some(1, 3), ...blocks(1)] }, { revoked })).toMatchObject(ACCEPTED);
  });

  it('of another host is none, where it is revoked of one alone', () => {
    const ofB = revoked.map((one) => ({ ...one, host: 'b.com' }));
    expect(judged(before, { 'a.com': [...some(1, 2), ...blocks(1)] }, { revoked: ofB })).toMatchObject(ACCEPTED);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/model/adopt.js';
import { addressList } from '../../src/model/address.js';
import { dueAt, nextDue } from '../../src/model/due.js';
import type { HeldAddress } from '../../src/model/address.js';
import type { Content } from '../../src/model/revision.js';
import { catalog, held, listed, listOf } from './fixture.js';

const NOW = '2026-03-01T12:00:00.000Z';

describe('adopting a list', () => {
  it('dates an address that is new at the time of reading', () => {
    expect(adopt([], listOf({ 'a.example': ['20.0.0.1'] }), NOW, 0)).toEqual([
      {
        host: 'a.example',
        cidr: '20.0.0.1/32',
        status: 'current',
        source: 'published',
        firstSeenAt: NOW,
        effectiveFrom: null,
        announcedRemovalAt: null,
        removedAt: null,
        retireAt: null,
      },
    ]);
  });

  it('leaves an address that is held the time when it was first seen', () => {
    const before = [held('a.example', '20.0.0.1', { firstSeenAt: '2020-01-01T00:00:00Z' })];
    const after = adopt(before, listOf({ 'a.example': ['20.0.0.1', '20.0.0.2'] }), NOW, 0);
    expect(after.map(({ cidr, firstSeenAt }) => [cidr, firstSeenAt])).toEqual([
      ['20.0.0.1/32', '2020-01-01T00:00:00Z'],
      ['20.0.0.2/32', NOW],
    ]);
  });

  it('dates an address anew for each host that has it', () => {
    const before = [held('a.example', '20.0.0.1', { firstSeenAt: '2020-01-01T00:00:00Z' })];
    const after = adopt(before, listOf({ 'b.example': ['20.0.0.1'] }), NOW, 0);
    expect(after.map(({ host, firstSeenAt }) => [host, firstSeenAt])).toEqual([['b.example', NOW]]);
  });

  it('keeps what was announced of an address', () => {
    const announced = listed('a.example', '20.0.0.1', {
      status: 'announced',
      effectiveFrom: '2026-06-01T00:00:00Z',
      announcedRemovalAt: '2027-06-01T00:00:00Z',
    });
    expect(adopt([], addressList(['a.example'], [announced]), NOW, 0)).toMatchObject([announced]);
  });

  it('leaves an announced address that becomes current the time when it was first seen', () => {
    const before = [held('a.example', '20.0.0.1', { status: 'announced', firstSeenAt: '2020-01-01T00:00:00Z' })];
    expect(adopt(before, listOf({ 'a.example': ['20.0.0.1'] }), NOW, 0)).toMatchObject([
      { status: 'current', firstSeenAt: '2020-01-01T00:00:00Z' },
    ]);
  });

  it('clears the end of an address that comes back', () => {
    const before = [held('a.example', '20.0.0.1', { status: 'retiring', removedAt: NOW, retireAt: NOW })];
    expect(adopt(before, listOf({ 'a.example': ['20.0.0.1'] }), NOW, 0)).toMatchObject([
      { status: 'current', firstSeenAt: '2026-01-01T00:00:00Z', removedAt: null, retireAt: null },
    ]);
  });

  it('keeps the order of the list', () => {
    const list = listOf({ 'b.example': ['20.0.0.1'], 'a.example': ['2600::1', '20.0.0.10', '20.0.0.9'] });
    expect(adopt([], list, NOW, 0).map(({ host, cidr }) => `${host} ${cidr}`)).toEqual([
      'a.example 20.0.0.9/32',
      'a.example 20.0.0.10/32',
      'a.example 2600::1/128',
      'b.example 20.0.0.1/32',
    ]);
  });
});

const DAY = 86_400_000;
const HOST = 'a.example';
const day = (n: number) => new Date(Date.parse(NOW) + n * DAY);
const contentOf = (addresses: readonly HeldAddress[]) => ({ catalog, listedHosts: [HOST], addresses });
const announcing = (text: string, effectiveFrom: string | null = null) =>
  addressList([HOST], [listed(HOST, text, { status: 'announced', effectiveFrom })]);

/** What is held after lists were read, each on its day, with 30 days of grace. */
function after(...reads: readonly (readonly [onDay: number, list: ReturnType<typeof listOf>, graceDays?: number])[]) {
  let addresses: readonly HeldAddress[] = [];
  for (const [onDay, list, graceDays = 30] of reads) {
    addresses = adopt(addresses, list, day(onDay).toISOString(), graceDays * DAY);
  }
  return addresses;
}

const none = listOf({ [HOST]: [] });
const one = listOf({ [HOST]: ['20.0.0.1'] });

describe('the life of an address', () => {
  it('is announced, current, retiring, and then gone', () => {
    const announced = after([0, announcing('20.0.0.1', '2026-04-01T00:00:00Z')]);
    expect(announced).toMatchObject([{ status: 'announced', effectiveFrom: '2026-04-01T00:00:00Z' }]);

    const current = after([0, announcing('20.0.0.1', '2026-04-01T00:00:00Z')], [40, one]);
    expect(current).toMatchObject([{ status: 'current', firstSeenAt: NOW, effectiveFrom: null }]);

    const retiring = after([0, one], [50, none]);
    const end = { removedAt: day(50).toISOString(), retireAt: day(80).toISOString() };
    expect(retiring).toMatchObject([{ status: 'retiring', firstSeenAt: NOW, ...end }]);
    expect(nextDue(contentOf(retiring))).toBe(end.retireAt);
    expect(dueAt(contentOf(retiring), new Date(day(80).getTime() - 1))).toBeUndefined();
    expect(dueAt(contentOf(retiring), day(80))).toEqual(contentOf([]));
  });

  it('goes on as it was when the address comes back within the time of grace', () => {
    expect(after([0, one], [1, none], [20, one])).toEqual(after([0, one]));
  });

  it('begins anew when it comes back after it', () => {
    expect(after([0, none], [90, one])).toMatchObject([{ firstSeenAt: day(90).toISOString() }]);
  });

  it('ends when it was said to at the removal, whatever is read and set later', () => {
    const left = after([0, one], [1, none]);
    expect(after([0, one], [1, none], [5, none, 365], [9, none, 1])).toEqual(left);
  });

  it('is not cut short by a list that has the address for later only', () => {
    const left = after([0, one], [1, announcing('20.0.0.1', '2027-01-01T00:00:00Z')]);
    const end = { removedAt: day(1).toISOString(), retireAt: day(31).toISOString() };
    expect(left).toMatchObject([{ status: 'retiring', effectiveFrom: '2027-01-01T00:00:00Z', ...end }]);
    expect(after([0, one], [1, announcing('20.0.0.1')], [2, announcing('20.0.0.1')], [3, none])).toMatchObject([
      { status: 'retiring', ...end },
    ]);
  });

  it('is announced from the end of its grace on where the list still has it for a date, and nothing is told twice', () => {
    const later = announcing('20.0.0.1', '2027-01-01T00:00:00Z');
    const retired = dueAt(contentOf(after([0, one], [1, later])), day(31))!;
    expect(retired.addresses).toEqual([
      { ...held(HOST, '20.0.0.1', { firstSeenAt: NOW }), status: 'announced', effectiveFrom: '2027-01-01T00:00:00Z' },
    ]);
    expect(adopt(retired.addresses, later, day(32).toISOString(), 30 * DAY)).toEqual(retired.addresses);
    expect(nextDue(retired)).toBeNull();
  });

  it.each([
    ['for no date', announcing('20.0.0.1')],
    ['no longer', none],
  ])('ends with its grace where the list has it %s', (_, list) => {
    const left = after([0, one], [1, announcing('20.0.0.1', '2027-01-01T00:00:00Z')], [2, list]);
    expect(left).toMatchObject([{ status: 'retiring', effectiveFrom: null, retireAt: day(31).toISOString() }]);
    expect(dueAt(contentOf(left), day(31))).toEqual(contentOf([]));
  });

  it('has no grace for an address that was only announced, nor for any where there is none', () => {
    expect(after([0, announcing('20.0.0.1')], [1, none])).toEqual([]);
    expect(after([0, one], [1, none, 0])).toEqual([]);
    expect(after([0, one], [1, announcing('20.0.0.1'), 0])).toMatchObject([
      { status: 'announced', firstSeenAt: NOW, removedAt: null, retireAt: null },
    ]);
  });

  it('is of each host: what leaves one stays current at the other', () => {
    const both = listOf({ [HOST]: ['20.0.0.1'], 'b.example': ['20.0.0.1'] });
    expect(after([0, both], [1, listOf({ [HOST]: [], 'b.example': ['20.0.0.1'] })])).toMatchObject([
      { host: HOST, status: 'retiring' },
      { host: 'b.example', status: 'current' },
    ]);
  });
});

it('nothing that is in use is ever gone before the end of its grace', () => {
  const lists = fc.array(
    fc.record({
      waitsDays: fc.integer({ min: 0, max: 20 }),
      current: fc.subarray(['20.0.0.1', '20.0.0.2', '2600::1']),
      announced: fc.subarray(['20.0.0.1', '20.0.0.3']),
      graceDays: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 12 },
  );
  const early = fc.property(lists, (reads) => {
    let content: Content = contentOf([]);
    let onDay = 0;
    for (const { waitsDays, current, announced, graceDays } of reads) {
      onDay += waitsDays;
      const list = addressList(
        [HOST],
        [
          ...announced.map((text) => listed(HOST, text, { status: 'announced' })),
          ...current.map((text) => listed(HOST, text)),
        ],
      );
      const before = content.addresses;
      content = dueAt(content, day(onDay)) ?? content;
      content = contentOf(adopt(content.addresses, list, day(onDay).toISOString(), graceDays * DAY));
      const inUse = new Set(content.addresses.filter(({ status }) => status !== 'announced').map(({ cidr }) => cidr));
      const gone = before.filter(({ cidr, status }) => status !== 'announced' && !inUse.has(cidr));
      // One that leaves with this list has its whole grace before it, so only one whose end has come may be gone.
      if (gone.some(({ retireAt }) => retireAt === null || Date.parse(retireAt) > day(onDay).getTime())) return false;
    }
    return true;
  });
  expect(() => fc.assert(early)).not.toThrow();
});

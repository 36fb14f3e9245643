import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/model/adopt.js';
import { addressList } from '../../src/model/address.js';
import { held, listed, listOf } from './fixture.js';

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

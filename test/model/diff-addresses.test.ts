import { describe, expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import type { Difference } from '../../src/model/change.js';
import { addressDifferences, type AddressEdge, type Uses } from '../../src/model/diff-addresses.js';
import { cidr, held } from './fixture.js';

const AT = '2026-05-01T00:00:00.000Z';
const HOST = 'api.example.com';
const SEEN = '2026-01-01T00:00:00Z';
const SOON = '2026-06-01T00:00:00Z';
const LATER = '2026-07-01T00:00:00Z';

const life = {
  current: held(HOST, '20.0.0.1'),
  announced: held(HOST, '20.0.0.1', { status: 'announced', effectiveFrom: SOON }),
  retiring: held(HOST, '20.0.0.1', { status: 'retiring', removedAt: AT, retireAt: LATER }),
  retired: held(HOST, '20.0.0.1', { status: 'retired', removedAt: SEEN, retireAt: AT }),
} satisfies Record<string, HeldAddress>;

const always: Uses = { hadInUse: () => true, hasInUse: () => false, needs: () => true };
const never: Uses = { hadInUse: () => false, hasInUse: () => false, needs: () => true };

const edge = (before: HeldAddress | null, after: HeldAddress | null): AddressEdge => ({ before, after });
const named = (address: HeldAddress | null, host: string) => address && { ...address, host };

/** An address as a difference tells it. */
const told = (address: HeldAddress | null) => address && { ...address, family: 'ipv4' };

const nothing = {
  action: { byName: 'none', byAddress: 'none' },
  firstOfFamily: null,
  actBy: null,
  announced: false,
  leadTimeSeconds: null,
  effectiveFrom: null,
} as const;
const open = { ...nothing, action: { byName: 'none', byAddress: 'open' }, actBy: AT } as const;
const close = { ...nothing, action: { byName: 'none', byAddress: 'close' } } as const;

type Expected = Omit<Difference, 'subject' | 'host' | 'address' | 'requirement' | 'previous' | 'current'>;

describe('the difference that an address makes', () => {
  it.each<[string, HeldAddress | null, HeldAddress | null, Expected]>([
    ['comes', null, life.current, { ...open, kind: 'added', reason: 'new' }],
    [
      'is announced for a day',
      null,
      life.announced,
      { ...nothing, kind: 'added', reason: 'announced', effectiveFrom: SOON },
    ],
    [
      'is announced for no day',
      null,
      { ...life.announced, effectiveFrom: null },
      { ...nothing, kind: 'added', reason: 'announced' },
    ],
    [
      'comes as it was announced',
      life.announced,
      life.current,
      {
        ...open,
        kind: 'modified',
        reason: 'new',
        announced: true,
        leadTimeSeconds: 120 * 24 * 60 * 60,
        effectiveFrom: SOON,
      },
    ],
    ['is announced no longer', life.announced, null, { ...nothing, kind: 'removed', reason: 'delisted' }],
    [
      'is announced for another day',
      life.announced,
      { ...life.announced, effectiveFrom: LATER },
      { ...nothing, kind: 'modified', reason: 'announced', effectiveFrom: LATER },
    ],
    ['is taken off the list', life.current, life.retiring, { ...nothing, kind: 'modified', reason: 'delisted' }],
    [
      'is taken off the list as it was announced',
      { ...life.current, announcedRemovalAt: SOON },
      { ...life.retiring, announcedRemovalAt: SOON },
      { ...nothing, kind: 'modified', reason: 'delisted', announced: true, effectiveFrom: SOON },
    ],
    ['comes back in its grace', life.retiring, life.current, { ...nothing, kind: 'modified', reason: 'reinstated' }],
    ['ends its grace', life.retiring, null, { ...close, kind: 'removed', reason: 'retired' }],
    [
      'ends its grace as it was announced',
      { ...life.retiring, announcedRemovalAt: SOON },
      null,
      { ...close, kind: 'removed', reason: 'retired', announced: true, effectiveFrom: SOON },
    ],
    [
      'ends its grace and is remembered',
      life.retiring,
      life.retired,
      { ...close, kind: 'modified', reason: 'retired' },
    ],
    ['goes without grace', life.current, null, { ...close, kind: 'removed', reason: 'retired' }],
    ['is listed for later only', life.current, life.announced, { ...close, kind: 'modified', reason: 'retired' }],
    ['is still served where it was unknown', null, life.retiring, { ...open, kind: 'added', reason: 'new' }],
    [
      'is to be removed',
      life.current,
      { ...life.current, announcedRemovalAt: SOON },
      { ...nothing, kind: 'modified', reason: 'announced', effectiveFrom: SOON },
    ],
    [
      'is to stay after all',
      { ...life.current, announcedRemovalAt: SOON },
      life.current,
      { ...nothing, kind: 'modified', reason: 'announced' },
    ],
    [
      'in its grace gets a day to come back',
      life.retiring,
      { ...life.retiring, effectiveFrom: LATER },
      { ...nothing, kind: 'modified', reason: 'announced', effectiveFrom: LATER },
    ],
    [
      'is known from somewhere else',
      life.current,
      { ...life.current, source: 'dns' },
      { ...nothing, kind: 'modified', reason: 'text' },
    ],
    ['is forgotten after its end', life.retired, null, { ...nothing, kind: 'removed', reason: 'text' }],
  ])('that %s', (_, before, after, expected) => {
    expect(addressDifferences([edge(before, after)], always, AT)).toEqual([
      {
        subject: 'address',
        host: HOST,
        address: '20.0.0.1/32',
        requirement: null,
        previous: told(before),
        current: told(after),
        ...expected,
      },
    ]);
  });

  it.each<[string, Partial<HeldAddress>]>([
    ['first seen', { firstSeenAt: LATER }],
    ['removed', { removedAt: LATER }],
    ['to retire', { retireAt: LATER }],
  ])('is none where it only was %s at another time', (_, times) => {
    expect(addressDifferences([edge(life.retiring, { ...life.retiring, ...times })], always, AT)).toEqual([]);
  });

  it('that goes as another host gets it: it has moved, and the old host is closed all the same', () => {
    const edges = [edge(life.current, null), edge(null, named(life.current, 'get.example.com'))];
    expect(addressDifferences(edges, always, AT)).toMatchObject([
      { host: HOST, kind: 'removed', reason: 'moved', action: close.action, actBy: null },
      { host: 'get.example.com', kind: 'added', reason: 'moved', action: open.action, actBy: AT },
    ]);
  });

  it('that is taken off the list as another host gets it: it has moved, and nothing is closed yet', () => {
    const edges = [edge(life.current, life.retiring), edge(null, named(life.current, 'get.example.com'))];
    expect(addressDifferences(edges, always, AT)).toMatchObject([
      { host: HOST, kind: 'modified', reason: 'moved', action: nothing.action },
      { host: 'get.example.com', kind: 'added', reason: 'moved', action: open.action },
    ]);
  });

  it('that ends its grace as another host gets it has retired, not moved', () => {
    const edges = [edge(life.retiring, null), edge(null, named(life.current, 'get.example.com'))];
    expect(addressDifferences(edges, always, AT).map(({ reason }) => reason)).toEqual(['retired', 'new']);
  });
});

it('a block that another host still has is not to be closed', () => {
  const shared: Uses = { ...always, hasInUse: (cidr) => cidr === life.current.cidr };
  const [change] = addressDifferences([edge(life.retiring, null)], shared, AT);
  expect(change).toMatchObject({ reason: 'retired', action: { byName: 'none', byAddress: 'none' } });
});

it('an address of a host that nothing needs is neither to be opened nor to be closed', () => {
  const unneeded: Uses = { ...never, needs: () => false };
  const [came, went] = [edge(null, life.current), edge(life.retiring, null)].map(
    (one) => addressDifferences([one], unneeded, AT)[0],
  );
  const nothing = { action: { byName: 'none', byAddress: 'none' }, actBy: null };
  expect(came).toMatchObject({ ...nothing, reason: 'new', firstOfFamily: 'ipv4' });
  expect(went).toMatchObject({ ...nothing, reason: 'retired' });
});

describe('the first address of a family', () => {
  const v6 = (text: string) => edge(null, held(HOST, text));

  it('is marked once for a host that had none in use', () => {
    const edges = [v6('2600:1::2'), v6('2600:1::1'), edge(null, life.current)];
    const uses = { ...never, hadInUse: (host: string, family: string) => host === HOST && family === 'ipv4' };
    expect(addressDifferences(edges, uses, AT).map(({ address, firstOfFamily }) => [address, firstOfFamily])).toEqual([
      ['20.0.0.1/32', null],
      ['2600:1::1/128', 'ipv6'],
      ['2600:1::2/128', null],
    ]);
  });

  it('is marked for each family and host by itself', () => {
    const edges = [edge(null, life.current), v6('2600:1::1'), edge(null, named(life.current, 'get.example.com'))];
    expect(addressDifferences(edges, never, AT).map(({ firstOfFamily }) => firstOfFamily)).toEqual([
      'ipv4',
      'ipv6',
      'ipv4',
    ]);
  });

  it('is marked when it comes into use, not when it is announced', () => {
    expect(addressDifferences([edge(null, life.announced)], never, AT)[0]?.firstOfFamily).toBeNull();
    expect(addressDifferences([edge(life.announced, life.current)], never, AT)[0]?.firstOfFamily).toBe('ipv4');
  });
});

describe('the differences of addresses', () => {
  it('stand by host, then in address order', () => {
    const edges = [
      edge(null, held('b.example', '20.0.0.9')),
      edge(null, held('b.example', '20.0.0.10')),
      edge(held('a.example', '2600:1::1'), null),
      edge(null, held('a.example', '20.0.0.10')),
    ];
    expect(addressDifferences(edges, always, AT).map(({ host, address }) => [host, address])).toEqual([
      ['a.example', cidr('20.0.0.10')],
      ['a.example', cidr('2600:1::1')],
      ['b.example', cidr('20.0.0.9')],
      ['b.example', cidr('20.0.0.10')],
    ]);
  });

  it('are told in whole seconds, and never in fewer than none', () => {
    const lead = (firstSeenAt: string) =>
      addressDifferences([edge({ ...life.announced, firstSeenAt }, life.current)], always, AT)[0]?.leadTimeSeconds;
    expect(lead('2026-04-30T23:59:58.001Z')).toBe(1);
    expect(lead(LATER)).toBe(0);
  });
});

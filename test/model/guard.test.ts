import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/model/adopt.js';
import { addressList, type AddressList, type HeldAddress } from '../../src/model/address.js';
import { DEFAULT_LIMITS, type Catalog } from '../../src/model/catalog.js';
import { familyOf } from '../../src/model/cidr.js';
import { judge } from '../../src/model/guard/guard.js';
import { NO_PAST } from '../../src/model/guard/offer.js';
import { catalog, held, listed, listOf, publishedLists, shippedContent } from './fixture.js';

const served: readonly HeldAddress[] = [
  held('api.example.com', '20.0.0.1'),
  held('api.example.com', '2600:1::1'),
  held('general', '20.0.4.0/24'),
  held('get.example.com', '20.0.0.2'),
];
const same = {
  'api.example.com': ['20.0.0.1', '2600:1::1'],
  general: ['20.0.4.0/24'],
  'get.example.com': ['20.0.0.2'],
};

/** What is decided of a list that would replace the one being served. */
const offer = (list: AddressList, before: readonly HeldAddress[] = served) =>
  judge(before, list, catalog, DEFAULT_LIMITS);
const offerFirst = (list: AddressList, expected: Catalog = catalog) => judge([], list, expected, DEFAULT_LIMITS);

describe('a list that replaces another', () => {
  it('is accepted when it is the same', () => {
    expect(offer(listOf(same))).toMatchObject({ verdict: 'accept' });
  });

  it.each([
    ['an address more', { ...same, 'get.example.com': ['20.0.0.2', '20.0.0.3'] }],
    ['a host more', { ...same, 'new.example.com': ['20.0.0.3'] }],
    ['a host more that has no addresses', { ...same, 'new.example.com': [] }],
    ['a first address of a family', { ...same, 'get.example.com': ['20.0.0.2', '2600:1::2'] }],
    ['one host with other addresses of the same family', { ...same, 'get.example.com': ['20.0.0.3'] }],
    ['a block that is just narrow enough', { ...same, 'new.example.com': ['20.0.5.0/24', '2600:1:1::/48'] }],
  ])('is accepted with %s', (_, hosts) => {
    expect(offer(listOf(hosts))).toMatchObject({ verdict: 'accept' });
  });

  it('is held when a host is gone', () => {
    const { 'get.example.com': _, ...rest } = same;
    expect(offer(listOf(rest))).toEqual({
      verdict: 'hold',
      reason: 'host-gone',
      detail: 'get.example.com has addresses now and is not in the list.',
    });
  });

  it('is held when a host is emptied', () => {
    expect(offer(listOf({ ...same, 'get.example.com': [] }))).toEqual({
      verdict: 'hold',
      reason: 'host-emptied',
      detail: 'get.example.com has addresses now and would have none.',
    });
  });

  it.each([
    ['IPv6', ['20.0.0.1', '20.0.0.3'], 'ipv6'],
    ['IPv4', ['2600:1::1', '2600:1::2'], 'ipv4'],
  ])('is held when a host loses all its %s', (_, texts, family) => {
    expect(offer(listOf({ ...same, 'api.example.com': texts }))).toEqual({
      verdict: 'hold',
      reason: 'family-lost',
      detail: `api.example.com would lose all its ${family} addresses.`,
    });
  });

  it.each([
    [
      'goes',
      () => listOf({ 'api.example.com': same['api.example.com'], 'get.example.com': ['20.0.0.2'] }),
      'host-gone',
    ],
    ['is emptied', () => listOf({ ...same, general: [] }), 'host-emptied'],
    [
      'is only announced',
      () =>
        addressList(Object.keys(same), [
          ...listOf({ ...same, general: [] }).addresses,
          listed('general', '20.0.4.0/24', { status: 'announced' }),
        ]),
      'host-emptied',
    ],
  ])('is held when the current range of general %s', (_, list, reason) => {
    expect(offer(list())).toMatchObject({ verdict: 'hold', reason });
  });

  it('is held when every host is gone', () => {
    expect(offer(listOf({}))).toMatchObject({ verdict: 'hold', reason: 'host-gone' });
  });

  it('is held when an address only stays announced', () => {
    const announced = addressList(Object.keys(same), [
      ...listOf({ ...same, 'get.example.com': [] }).addresses,
      listed('get.example.com', '20.0.0.2', { status: 'announced', effectiveFrom: '2027-01-01T00:00:00Z' }),
    ]);
    expect(offer(announced)).toMatchObject({ verdict: 'hold', reason: 'host-emptied' });
  });

  it.each(['announced', 'retiring', 'retired'] as const)('may lose a host whose addresses are all %s', (status) => {
    const before = [...served, held('old.example.com', '20.0.0.7', { status })];
    expect(offer(listOf(same), before)).toMatchObject({ verdict: 'accept' });
  });

  it('may lose a family that is only retiring', () => {
    const before = [...served, held('get.example.com', '2600:1::2', { status: 'retiring' })];
    expect(offer(listOf(same), before)).toMatchObject({ verdict: 'accept' });
  });

  it('may miss a host that the catalog says is published, if it had no addresses before', () => {
    const before = served.filter(({ host }) => host !== 'get.example.com');
    const { 'get.example.com': _, ...rest } = same;
    expect(offer(listOf(rest), before)).toMatchObject({ verdict: 'accept' });
  });
});

describe('a wide block', () => {
  it.each([
    ['20.1.0.0/23', '24'],
    ['20.1.0.0/20', '24'],
    ['2600:2::/47', '48'],
    ['2600:2::/32', '48'],
  ])('%s is held, since it is wider than /%s', (text, usual) => {
    expect(offer(listOf({ ...same, 'new.example.com': [text] }))).toEqual({
      verdict: 'hold',
      reason: 'wide-range',
      detail: `${text} of new.example.com is wider than /${usual}, the widest block taken without asking.`,
    });
  });

  it('is held when it is only announced', () => {
    const list = addressList(Object.keys(same), [
      ...listOf(same).addresses,
      listed('general', '20.1.0.0/20', { status: 'announced' }),
    ]);
    expect(offer(list)).toMatchObject({ verdict: 'hold', reason: 'wide-range' });
  });

  it('is held in a first list', () => {
    const list = listOf({ ...same, general: ['20.1.0.0/20'] });
    expect(offerFirst(list)).toMatchObject({ verdict: 'hold', reason: 'wide-range' });
  });

  it('is not asked about again once it is served', () => {
    const before = [...served, held('new.example.com', '20.1.0.0/20')];
    expect(offer(listOf({ ...same, 'new.example.com': ['20.1.0.0/20'] }), before)).toMatchObject({ verdict: 'accept' });
  });

  it('that grows is asked about anew', () => {
    const before = [...served, held('new.example.com', '20.1.0.0/21')];
    const list = listOf({ ...same, 'new.example.com': ['20.1.0.0/20'] });
    expect(offer(list, before)).toMatchObject({ verdict: 'hold', reason: 'wide-range' });
  });
});

describe('a list that can never be served', () => {
  it.each(['20.0.0.0/19', '20.0.0.0/8', '0.0.0.0/0', '2600::/31', '2000::/3', '::/0'])(
    'has a block wider than any that is allowed: %s',
    (text) => {
      const verdict = offer(listOf({ ...same, 'new.example.com': [text] }));
      expect(verdict).toMatchObject({ verdict: 'reject', reason: 'too-wide' });
      expect(verdict).toHaveProperty('detail', expect.stringContaining(`${text} of new.example.com`));
    },
  );

  it.each([
    ['10.0.0.1/32', '10.0.0.0/8', 'Private-Use'],
    ['127.0.0.1/32', '127.0.0.0/8', 'Loopback'],
    ['169.254.169.254/32', '169.254.0.0/16', 'Link Local'],
    ['203.0.113.0/24', '203.0.113.0/24', 'Documentation (TEST-NET-3)'],
    ['192.168.0.0/20', '192.168.0.0/16', 'Private-Use'],
    ['203.0.112.0/20', '203.0.113.0/24', 'Documentation (TEST-NET-3)'],
    ['::1/128', '::1/128', 'Loopback Address'],
    ['::ffff:20.0.0.1/128', '::ffff:0.0.0.0/96', 'IPv4-mapped Address'],
    ['fd00::1/128', 'fc00::/7', 'Unique-Local'],
  ])('has a special-purpose address: %s in %s', (text, block, name) => {
    expect(offer(listOf({ ...same, 'new.example.com': [text] }))).toEqual({
      verdict: 'reject',
      reason: 'special-purpose',
      detail: `${text} of new.example.com lies in ${block}, which is set aside for "${name}".`,
      at: { host: 'new.example.com', cidr: text },
    });
  });

  it('has a special-purpose address that is only announced', () => {
    const list = addressList([], [listed('general', '10.0.0.0/24', { status: 'announced' })]);
    expect(offer(list)).toMatchObject({ verdict: 'reject', reason: 'special-purpose' });
  });

  const limits = { ...DEFAULT_LIMITS, hosts: 3, addresses: 4 };

  it('has too many hosts', () => {
    const list = listOf({ ...same, 'new.example.com': [] });
    expect(judge(served, list, catalog, limits)).toEqual({
      verdict: 'reject',
      reason: 'limit',
      detail: 'The list has 4 hosts; the limit is 3.',
      at: null,
    });
  });

  it('has too many addresses', () => {
    const list = listOf({ ...same, 'get.example.com': ['20.0.0.2', '20.0.0.3'] });
    expect(judge(served, list, catalog, limits)).toEqual({
      verdict: 'reject',
      reason: 'limit',
      detail: 'The list has 5 addresses; the limit is 4.',
      at: null,
    });
  });

  it('is not one that has just as many as are allowed', () => {
    expect(judge(served, listOf(same), catalog, limits)).toMatchObject({ verdict: 'accept' });
  });

  it('is judged by the width that its catalog declares', () => {
    const narrow = { ...DEFAULT_LIMITS, widestIpv4: 32, widestIpv6: 128 };
    const wide = { ...DEFAULT_LIMITS, widestIpv4: 8, widestIpv6: 16 };
    const list = listOf({ ...same, 'new.example.com': ['20.0.0.0/12'] });
    expect(judge(served, listOf(same), catalog, narrow)).toMatchObject({ verdict: 'reject', reason: 'too-wide' });
    expect(judge(served, list, catalog, wide)).toMatchObject({ verdict: 'hold', reason: 'wide-range' });
  });

  it('is taken without asking down to the width that its catalog declares', () => {
    const limits = { ...DEFAULT_LIMITS, unaskedIpv4: 22, unaskedIpv6: 40 };
    const offered = (text: string) => judge(served, listOf({ ...same, 'new.example.com': [text] }), catalog, limits);
    expect(['20.0.0.0/22', '2600:2::/40'].map(offered)).toMatchObject([{ verdict: 'accept' }, { verdict: 'accept' }]);
    expect(['20.0.0.0/21', '2600:2::/39'].map(offered)).toMatchObject([
      { verdict: 'hold', reason: 'wide-range', detail: expect.stringContaining('wider than /22') },
      { verdict: 'hold', reason: 'wide-range', detail: expect.stringContaining('wider than /40') },
    ]);
  });

  it('is rejected rather than held', () => {
    expect(offer(listOf({ 'api.example.com': ['10.0.0.1'] }))).toMatchObject({ verdict: 'reject' });
  });
});

describe('a first list', () => {
  it('is accepted when it has addresses for every host that is published', () => {
    expect(offerFirst(listOf(same))).toMatchObject({ verdict: 'accept' });
  });

  it('is held when such a host is not in it, or has no addresses', () => {
    expect(offerFirst(listOf({ 'api.example.com': ['20.0.0.1'] }))).toEqual({
      verdict: 'hold',
      reason: 'host-missing',
      detail: 'The first list has no addresses for get.example.com, which the catalog says are published.',
    });
    expect(offerFirst(listOf({ 'api.example.com': [], 'get.example.com': [] }))).toMatchObject({
      verdict: 'hold',
      reason: 'host-missing',
      detail: expect.stringContaining('api.example.com, get.example.com'),
    });
  });

  it('is held when such a host is only announced', () => {
    const list = addressList(
      ['api.example.com', 'get.example.com'],
      [listed('api.example.com', '20.0.0.1'), listed('get.example.com', '20.0.0.2', { status: 'announced' })],
    );
    expect(offerFirst(list)).toMatchObject({ verdict: 'hold', reason: 'host-missing' });
  });

  it('needs nothing for hosts that are not published', () => {
    const none = { ...catalog, endpoints: catalog.endpoints.filter(({ published }) => !published) };
    expect(offerFirst(listOf({ 'new.example.com': ['20.0.0.1'] }), none)).toMatchObject({ verdict: 'accept' });
  });
});

const lists = publishedLists();
const { catalog: shipped } = await shippedContent();
const steps = lists.slice(1).map(({ file, list }, i) => ({ from: lists[i]!.file, file, before: lists[i]!.list, list }));
const judged = (before: AddressList | undefined, list: AddressList) =>
  judge(before === undefined ? [] : adopt([], before, '2026-01-01T00:00:00Z', 0), list, shipped, DEFAULT_LIMITS);

const DAY_MS = 86_400_000;
/** Of a file as 2023-04-06T172229Z.json. */
const timeOf = (file: string) => Date.parse(file.replace(/^.*(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\dZ).*$/, '$1$2:$3:$4'));

describe('the lists that were really published', () => {
  it('are 22, and so 21 steps', () => {
    expect([lists.length, steps.length]).toEqual([22, 21]);
  });

  it.each(lists)('$file is accepted as the first', ({ list }) => {
    expect(judged(undefined, list)).toMatchObject({ verdict: 'accept' });
  });

  it.each(steps)('$from to $file is accepted', ({ before, list }) => {
    expect(judged(before, list)).toMatchObject({ verdict: 'accept' });
  });

  it.each(steps)(
    '$from to $file is accepted at its own time, beside what was served a day and a week before',
    (step) => {
      const at = timeOf(step.file);
      const servedAt = (instant: number) => {
        const last = lists.findLast(({ file }) => timeOf(file) <= instant);
        return last === undefined ? null : adopt([], last.list, '2026-01-01T00:00:00Z', 0);
      };
      const before = adopt([], step.before, '2026-01-01T00:00:00Z', 0);
      const past = { ...NO_PAST, dayAgo: servedAt(at - DAY_MS), weekAgo: servedAt(at - 7 * DAY_MS) };
      expect(judge(before, step.list, shipped, DEFAULT_LIMITS, past)).toMatchObject({ verdict: 'accept' });
    },
  );

  it.each(lists)('$file is not replaced by an empty list, nor by one with a host or family less', ({ list }) => {
    const without = (drop: (host: string, family: string) => boolean) => ({
      hosts: list.hosts,
      addresses: list.addresses.filter(({ host, cidr }) => !drop(host, familyOf(cidr))),
    });
    expect(judged(list, addressList([], []))).toMatchObject({ verdict: 'hold', reason: 'host-gone' });
    expect(
      judged(
        list,
        without(() => true),
      ),
    ).toMatchObject({ verdict: 'hold', reason: 'host-emptied' });
    const current = list.addresses.filter(({ status }) => status === 'current');
    for (const host of new Set(current.map((address) => address.host))) {
      const emptied = without((name) => name === host);
      const gone = { ...emptied, hosts: list.hosts.filter((name) => name !== host) };
      expect(judged(list, emptied)).toMatchObject({ verdict: 'hold', reason: 'host-emptied' });
      expect(judged(list, gone)).toMatchObject({ verdict: 'hold', reason: 'host-gone' });
    }
    for (const { host, cidr } of current.filter((address) => familyOf(address.cidr) === 'ipv6')) {
      const lost = without((name, family) => name === host && family === familyOf(cidr));
      expect(judged(list, lost)).toMatchObject({ verdict: 'hold', reason: 'family-lost' });
    }
  });
});

describe('a list that replaces one without addresses', () => {
  it('is judged as a first one: what is published has to be there', () => {
    expect(judge([], listOf({ 'new.example.com': ['20.0.0.1'] }), catalog, DEFAULT_LIMITS)).toMatchObject({
      verdict: 'hold',
      reason: 'host-missing',
    });
  });
});

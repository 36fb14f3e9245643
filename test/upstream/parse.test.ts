import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressList } from '../../src/model/address.js';
import { UnreadableList } from '../../src/upstream/decode.js';
import { parseList } from '../../src/upstream/parse.js';
import { NEWEST, VERSIONS, announced, listed, versionBytes } from './lists.js';

const API = 'api.replicated.com';
const DATA = 'data.replicated.com';
const GET = 'get.replicated.com';
const K8S = 'k8s.kurl.sh';
const KURL = 'kurl.sh';
const PROXY = 'proxy.replicated.com';
const PROXY_AUTH = 'proxy-auth.replicated.com';
const REGISTRY = 'registry.replicated.com';
const REGISTRY_DATA = 'registry-data.replicated.com';
const APP = 'replicated.app';
const GENERAL = 'general';
const JUNE = '2016-06-15T00:00:00Z';

function parse(text: string): AddressList {
  return parseList(Buffer.from(text));
}

/** Why a body is refused, as `reason pointer`. */
function refusal(body: string | Uint8Array): string {
  try {
    parseList(Buffer.from(body));
  } catch (error) {
    if (error instanceof UnreadableList)
      return error.pointer === '' ? error.reason : `${error.reason} ${error.pointer}`;
    throw error;
  }
  return 'none';
}

describe('the true versions of the list', () => {
  it('are 22', () => {
    expect(VERSIONS).toHaveLength(22);
  });

  it.each([
    ['2016-05-17T230240Z.json', 4, 14],
    ['2016-05-17T231443Z.json', 4, 14],
    ['2016-05-17T233451Z.json', 4, 14],
    ['2016-08-05T174253Z.json', 3, 12],
    ['2016-10-06T211925Z.json', 3, 6],
    ['2016-12-01T230022Z.json', 3, 6],
    ['2017-06-21T172518Z.json', 3, 6],
    ['2017-06-22T005800Z.json', 3, 8],
    ['2017-06-22T010110Z.json', 3, 8],
    ['2017-12-27T173220Z.json', 3, 9],
    ['2018-02-06T215319Z.json', 4, 9],
    ['2018-07-13T155114Z.json', 4, 15],
    ['2020-03-07T224011Z.json', 5, 15],
    ['2020-06-04T152958Z.json', 7, 19],
    ['2020-08-13T221734Z.json', 8, 20],
    ['2020-10-29T165622Z.json', 8, 32],
    ['2020-11-16T193232Z.json', 9, 34],
    ['2021-01-13T195357Z.json', 9, 27],
    ['2021-01-15T185407Z.json', 9, 29],
    ['2021-10-28T070256Z.json', 9, 31],
    ['2021-10-28T181751Z.json', 9, 29],
    ['2023-04-06T172229Z.json', 10, 33],
  ])('%s has %i hosts and %i addresses of hosts', (name, hosts, addresses) => {
    const list = parseList(versionBytes(name));
    expect([list.hosts.length, list.addresses.length]).toEqual([hosts, addresses]);
  });

  it.each<[name: string, shape: string, list: AddressList]>([
    [
      '2016-05-17T230240Z.json',
      'undated additions and removals, and no address in use as an empty object',
      {
        hosts: [API, DATA, GET, REGISTRY],
        addresses: [
          announced(API, '23.21.187.26/32', null),
          announced(API, '50.16.213.40/32', null),
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          announced(DATA, '54.86.176.181/32', null),
          announced(DATA, '54.173.15.255/32', null),
          announced(GET, '50.19.80.237/32', null),
          announced(GET, '50.19.91.210/32', null),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.165.10.106/32'),
          announced(REGISTRY, '52.1.139.137/32', null),
          listed(REGISTRY, '52.7.167.120/32'),
          listed(REGISTRY, '52.201.232.167/32'),
          announced(REGISTRY, '184.72.254.51/32', null),
        ],
      },
    ],
    [
      '2016-05-17T231443Z.json',
      'dated additions and removals',
      {
        hosts: [API, DATA, GET, REGISTRY],
        addresses: [
          announced(API, '23.21.187.26/32', JUNE),
          announced(API, '50.16.213.40/32', JUNE),
          listed(API, '54.174.248.164/32', { announcedRemovalAt: JUNE }),
          listed(API, '54.236.191.206/32', { announcedRemovalAt: JUNE }),
          announced(DATA, '54.86.176.181/32', JUNE),
          announced(DATA, '54.173.15.255/32', JUNE),
          announced(GET, '50.19.80.237/32', JUNE),
          announced(GET, '50.19.91.210/32', JUNE),
          listed(GET, '52.91.83.38/32', { announcedRemovalAt: JUNE }),
          listed(GET, '54.165.10.106/32', { announcedRemovalAt: JUNE }),
          announced(REGISTRY, '52.1.139.137/32', JUNE),
          listed(REGISTRY, '52.7.167.120/32', { announcedRemovalAt: JUNE }),
          listed(REGISTRY, '52.201.232.167/32', { announcedRemovalAt: JUNE }),
          announced(REGISTRY, '184.72.254.51/32', JUNE),
        ],
      },
    ],
    [
      '2016-05-17T233451Z.json',
      'lists by date, which remove nothing',
      {
        hosts: [API, DATA, GET, REGISTRY],
        addresses: [
          announced(API, '23.21.187.26/32', JUNE),
          announced(API, '50.16.213.40/32', JUNE),
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          announced(DATA, '54.86.176.181/32', JUNE),
          announced(DATA, '54.173.15.255/32', JUNE),
          announced(GET, '50.19.80.237/32', JUNE),
          announced(GET, '50.19.91.210/32', JUNE),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.165.10.106/32'),
          announced(REGISTRY, '52.1.139.137/32', JUNE),
          listed(REGISTRY, '52.7.167.120/32'),
          listed(REGISTRY, '52.201.232.167/32'),
          announced(REGISTRY, '184.72.254.51/32', JUNE),
        ],
      },
    ],
    [
      '2016-08-05T174253Z.json',
      'a date that is past and promotes nothing',
      {
        hosts: [API, GET, REGISTRY],
        addresses: [
          announced(API, '23.21.187.26/32', JUNE),
          announced(API, '50.16.213.40/32', JUNE),
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          announced(GET, '50.19.80.237/32', JUNE),
          announced(GET, '50.19.91.210/32', JUNE),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.165.10.106/32'),
          announced(REGISTRY, '52.1.139.137/32', JUNE),
          listed(REGISTRY, '52.7.167.120/32'),
          listed(REGISTRY, '52.201.232.167/32'),
          announced(REGISTRY, '184.72.254.51/32', JUNE),
        ],
      },
    ],
    [
      '2016-10-06T211925Z.json',
      'nothing but addresses in use',
      {
        hosts: [API, GET, REGISTRY],
        addresses: [
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.165.10.106/32'),
          listed(REGISTRY, '52.7.167.120/32'),
          listed(REGISTRY, '52.201.232.167/32'),
        ],
      },
    ],
    [
      '2018-02-06T215319Z.json',
      'a host without addresses',
      {
        hosts: [API, GET, REGISTRY_DATA, REGISTRY],
        addresses: [
          listed(API, '54.172.64.205/32'),
          listed(API, '54.173.15.255/32'),
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.86.176.181/32'),
          listed(GET, '54.165.10.106/32'),
          listed(REGISTRY, '54.175.57.8/32'),
          listed(REGISTRY, '54.226.216.146/32'),
        ],
      },
    ],
    [
      '2020-10-29T165622Z.json',
      'a range for any host, on no known date',
      {
        hosts: [API, GENERAL, GET, K8S, PROXY, REGISTRY_DATA, REGISTRY, APP],
        addresses: [
          listed(API, '18.211.10.161/32'),
          listed(API, '54.172.64.205/32'),
          listed(API, '54.173.15.255/32'),
          listed(API, '54.174.248.164/32'),
          listed(API, '54.236.191.206/32'),
          listed(API, '107.23.48.227/32'),
          listed(API, '162.159.137.43/32'),
          listed(API, '162.159.138.43/32'),
          announced(GENERAL, '141.193.148.0/24', null),
          listed(GET, '34.194.217.225/32'),
          listed(GET, '34.200.116.158/32'),
          listed(GET, '52.91.83.38/32'),
          listed(GET, '54.86.176.181/32'),
          listed(GET, '54.165.10.106/32'),
          listed(GET, '162.159.137.43/32'),
          listed(GET, '162.159.138.43/32'),
          listed(K8S, '50.19.197.213/32'),
          listed(K8S, '54.236.144.143/32'),
          listed(K8S, '162.159.135.41/32'),
          listed(K8S, '162.159.136.41/32'),
          listed(PROXY, '18.207.75.177/32'),
          listed(PROXY, '34.234.23.38/32'),
          listed(PROXY, '162.159.137.43/32'),
          listed(PROXY, '162.159.138.43/32'),
          listed(REGISTRY, '54.175.57.8/32'),
          listed(REGISTRY, '54.226.216.146/32'),
          listed(REGISTRY, '162.159.137.43/32'),
          listed(REGISTRY, '162.159.138.43/32'),
          listed(APP, '52.71.188.72/32'),
          listed(APP, '54.237.62.84/32'),
          listed(APP, '162.159.133.41/32'),
          listed(APP, '162.159.134.41/32'),
        ],
      },
    ],
    [
      '2023-04-06T172229Z.json',
      'both families',
      {
        hosts: [API, GENERAL, GET, K8S, KURL, PROXY_AUTH, PROXY, REGISTRY_DATA, REGISTRY, APP],
        addresses: [
          listed(API, '162.159.137.43/32'),
          listed(API, '162.159.138.43/32'),
          listed(API, '2606:4700:7::a29f:892b/128'),
          listed(API, '2606:4700:7::a29f:8a2b/128'),
          announced(GENERAL, '141.193.148.0/24', null),
          listed(GET, '34.194.217.225/32'),
          listed(GET, '34.200.116.158/32'),
          listed(GET, '162.159.137.43/32'),
          listed(GET, '162.159.138.43/32'),
          listed(GET, '2606:4700:7::a29f:892b/128'),
          listed(GET, '2606:4700:7::a29f:8a2b/128'),
          listed(K8S, '50.19.197.213/32'),
          listed(K8S, '54.236.144.143/32'),
          listed(K8S, '162.159.135.41/32'),
          listed(K8S, '162.159.136.41/32'),
          listed(KURL, '162.159.135.41/32'),
          listed(KURL, '162.159.136.41/32'),
          listed(PROXY_AUTH, '162.159.137.43/32'),
          listed(PROXY_AUTH, '162.159.138.43/32'),
          listed(PROXY_AUTH, '2606:4700:7::a29f:892b/128'),
          listed(PROXY_AUTH, '2606:4700:7::a29f:8a2b/128'),
          listed(PROXY, '162.159.137.43/32'),
          listed(PROXY, '162.159.138.43/32'),
          listed(PROXY, '2606:4700:7::a29f:892b/128'),
          listed(PROXY, '2606:4700:7::a29f:8a2b/128'),
          listed(REGISTRY, '162.159.137.43/32'),
          listed(REGISTRY, '162.159.138.43/32'),
          listed(REGISTRY, '2606:4700:7::a29f:892b/128'),
          listed(REGISTRY, '2606:4700:7::a29f:8a2b/128'),
          listed(APP, '162.159.133.41/32'),
          listed(APP, '162.159.134.41/32'),
          listed(APP, '2606:4700:7::a29f:8529/128'),
          listed(APP, '2606:4700:7::a29f:8629/128'),
        ],
      },
    ],
  ])('%s has %s', (name, _shape, list) => {
    expect(parseList(versionBytes(name))).toEqual(list);
  });

  it('differ by nothing where only white space changed', () => {
    const text = versionBytes(NEWEST).toString('utf8');
    expect(parse(JSON.stringify(JSON.parse(text), null, '\t\r\n '))).toEqual(parse(text));
  });

  it('give the same list in any order, indented or not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VERSIONS),
        fc.infiniteStream(fc.nat()),
        fc.constantFrom(undefined, 1, 4, '\t'),
        (name, random, indent) => {
          const bytes = versionBytes(name);
          const other = JSON.stringify(shuffled(JSON.parse(bytes.toString('utf8')), random), null, indent);
          expect(parse(other)).toEqual(parseList(bytes));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are read from any view of their bytes', () => {
    const bytes = versionBytes(NEWEST);
    const around = Buffer.concat([Buffer.from('{"x":'), bytes, Buffer.from('}')]);
    expect(parseList(around.subarray(5, 5 + bytes.length))).toEqual(parseList(bytes));
  });
});

/** The same JSON value with every object and array in another order. */
function shuffled(value: unknown, random: Iterator<number>): unknown {
  const inOtherOrder = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: Number(random.next().value) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  if (Array.isArray(value)) return inOtherOrder(value.map((item: unknown) => shuffled(item, random)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    inOtherOrder(Object.entries(value).map(([name, member]): [string, unknown] => [name, shuffled(member, random)])),
  );
}

describe('a list that was cut', () => {
  it.each(VERSIONS)('is refused wherever %s is cut before its end', (name) => {
    const bytes = versionBytes(name);
    const end = bytes.toString('latin1').trimEnd().length;
    const read = Array.from({ length: end }, (_, length) => length).filter(
      (length) => refusal(bytes.subarray(0, length)) === 'none',
    );
    expect(read).toEqual([]);
    expect(refusal(bytes.subarray(0, end))).toBe('none');
  });
});

describe('an address', () => {
  it.each([
    ['162.159.137.43', '162.159.137.43/32'],
    ['162.159.137.43/32', '162.159.137.43/32'],
    ['141.193.148.0/24', '141.193.148.0/24'],
    ['8.0.0.0/5', '8.0.0.0/5'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['2606:4700:7::a29f:892b', '2606:4700:7::a29f:892b/128'],
    ['2606:4700:0007:0000:0000:0000:A29F:892B', '2606:4700:7::a29f:892b/128'],
    ['2606:4700:7:0:0:0:162.159.137.43', '2606:4700:7::a29f:892b/128'],
    ['2606:4700::/32', '2606:4700::/32'],
    ['2606:4700:0:0:1:0:0:1', '2606:4700::1:0:0:1/128'],
    ['2606:4700:0:1:1:1:1:1', '2606:4700:0:1:1:1:1:1/128'],
  ])('written %s is %s', (text, cidr) => {
    expect(parse(JSON.stringify({ [API]: { current: [text] } })).addresses).toEqual([listed(API, cidr)]);
  });

  it.each([
    '010.0.0.1',
    '8.8.8.08',
    '127.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/',
    '1.2.3.4/032',
    '1.2.3.4/32/32',
    '1.2.3.4/255.255.255.255',
    '1.2.3.4/24',
    '162.159.137.43/31',
    '2606:4700::1/64',
    '2606:4700::/129',
    '2606:4700::/1x',
    '2606:4700',
    '2606:4700:::1',
    '2606::4700::1',
    '2606:47000::1',
    ':2606:4700::',
    ' 162.159.137.43',
    '162.159.137.43 ',
    '162.159.137.43\n',
    '162. 159.137.43',
    '162.159.137.43\u0000',
    '162.159.137.43\u00a0',
    '162.159.137.43\u200b',
    '１６２.159.137.43',
    '١٦٢.159.137.43',
    '162。159。137。43',
    '162.159.137.43:443',
    '[2606:4700:7::a29f:892b]',
    '[2606:4700:7::a29f:892b]:443',
    'fe80::1%eth0',
    '2606:4700:7::a29f:892b%0',
    'http://162.159.137.43',
    'api.replicated.com',
    'localhost',
    '*',
    'any',
    '1.2.3.4-1.2.3.9',
    '1.2.3.*',
    '',
  ])('is refused as %j', (text) => {
    expect(refusal(JSON.stringify({ [API]: { current: ['162.159.138.43', text] } }))).toBe(
      `bad-address /${API}/current/1`,
    );
  });

  it.each([
    ['a dated list', { '2016-06-15': ['x'] }, `/${API}/2016-06-15/0`],
    ['future', { future: ['1.1.1.1', 'x'] }, `/${API}/future/1`],
    ['upcoming additions', { upcoming: { add: ['x'] } }, `/${API}/upcoming/add/0`],
    ['upcoming removals', { upcoming: { rm: ['x'] } }, `/${API}/upcoming/rm/0`],
    ['dated additions', { upcoming: [{}, { '2016-06-15': { add: ['x'] } }] }, `/${API}/upcoming/1/2016-06-15/add/0`],
    ['dated removals', { upcoming: [{ '2016-06-15': { rm: ['x'] } }] }, `/${API}/upcoming/0/2016-06-15/rm/0`],
  ])('is refused at its place in %s', (_where, host, pointer) => {
    expect(refusal(JSON.stringify({ [API]: host }))).toBe(`bad-address ${pointer}`);
  });

  it('with host bits is told which block was meant, and that block is not assumed', () => {
    expect(() => parse('{"api.replicated.com":{"current":["162.159.137.43/24"]}}')).toThrow(
      '/api.replicated.com/current/0: "162.159.137.43/24" is no IP address or CIDR block (its block is 162.159.137.0/24).',
    );
  });

  it('is refused with any leading zero in an octet', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(octet, octet, octet, octet),
        fc.nat(3),
        fc.integer({ min: 1, max: 3 }),
        (octets, at, zeros) => {
          const plain = octets.join('.');
          const padded = octets.map((value, i) => (i === at ? `${'0'.repeat(zeros)}${value}` : `${value}`)).join('.');
          const body = (text: string) => JSON.stringify({ [API]: { current: [text] } });
          expect(parse(body(plain)).addresses).toEqual([listed(API, `${plain}/32`)]);
          expect(refusal(body(padded))).toBe(`bad-address /${API}/current/0`);
        },
      ),
    );
  });
});

describe('a host', () => {
  it.each(['api.replicated.com', 'general', 'replicated.app', 'xn--80ak6aa92e.com', 'a', '1.a', 'a'.repeat(63)])(
    'may be called %s',
    (host) => {
      expect(parse(JSON.stringify({ [host]: {} }))).toEqual({ hosts: [host], addresses: [] });
    },
  );

  it.each([
    ['', '/'],
    ['API.replicated.com', '/API.replicated.com'],
    ['api.replicated.com.', '/api.replicated.com.'],
    ['.api.replicated.com', '/.api.replicated.com'],
    ['api..replicated.com', '/api..replicated.com'],
    ['*.replicated.com', '/*.replicated.com'],
    ['\u0430pi.replicated.com', '/\u0430pi.replicated.com'],
    ['api.replicated.com ', '/api.replicated.com '],
    ['api.replicated.com\u0000', '/api.replicated.com\u0000'],
    ['api.replicated.com\u200b', '/api.replicated.com\u200b'],
    ['api_v1.replicated.com', '/api_v1.replicated.com'],
    ['-api.replicated.com', '/-api.replicated.com'],
    ['api.replicated.com:443', '/api.replicated.com:443'],
    ['https://api.replicated.com', '/https:~1~1api.replicated.com'],
    ['~api', '/~0api'],
    ['162.159.137.43', '/162.159.137.43'],
    ['2606:4700:7::a29f:892b', '/2606:4700:7::a29f:892b'],
    ['General', '/General'],
    [`${'a'.repeat(64)}.com`, `/${'a'.repeat(64)}.com`],
    [`${'a.'.repeat(126)}ab`, `/${'a.'.repeat(126)}ab`],
  ])('may not be called %j', (host, pointer) => {
    expect(refusal(JSON.stringify({ [API]: {}, [host]: {} }))).toBe(`bad-host ${pointer}`);
  });

  it.each([
    ['no addresses', {}],
    ['no addresses in use', { current: [] }],
    ['an empty object in place of them', { current: {} }],
    ['nothing to come', { current: [], future: [], upcoming: [] }],
    ['nothing to add or remove', { current: [], upcoming: {} }],
    ['nothing to add or remove on a day', { upcoming: [{ '2016-06-15': {} }, {}] }],
    ['an empty dated list', { '2016-06-15': [] }],
  ])('with %s is in the list and has none', (_what, host) => {
    expect(parse(JSON.stringify({ [API]: host }))).toEqual({ hosts: [API], addresses: [] });
  });

  it('has an address once, in use before to come, by date before by none, the earlier date first', () => {
    const host = {
      current: ['1.0.0.1', '1.0.0.1/32'],
      '2016-06-15': ['1.0.0.1', '1.0.0.2'],
      '2016-06-14': ['1.0.0.2'],
      future: ['1.0.0.1', '1.0.0.2', '1.0.0.3', '1.0.0.3'],
    };
    expect(parse(JSON.stringify({ [API]: host })).addresses).toEqual([
      listed(API, '1.0.0.1/32'),
      announced(API, '1.0.0.2/32', '2016-06-14T00:00:00Z'),
      announced(API, '1.0.0.3/32', null),
    ]);
  });

  it('keeps an address that is to be removed, with the earlier of two days', () => {
    const host = {
      current: ['1.0.0.1', '1.0.0.2'],
      upcoming: [{ '2016-07-01': { rm: ['1.0.0.1/32'] } }, { '2016-06-15': { rm: ['1.0.0.1'] } }],
    };
    expect(parse(JSON.stringify({ [API]: host })).addresses).toEqual([
      listed(API, '1.0.0.1/32', { announcedRemovalAt: JUNE }),
      listed(API, '1.0.0.2/32'),
    ]);
  });

  it('does not get an address from being told to remove it', () => {
    const host = { current: ['1.0.0.1'], upcoming: [{ '2016-06-15': { rm: ['1.0.0.9'] } }] };
    expect(parse(JSON.stringify({ [API]: host })).addresses).toEqual([listed(API, '1.0.0.1/32')]);
  });

  it("is not touched by another host's removals", () => {
    const list = {
      [API]: { current: ['1.0.0.1'] },
      [GET]: { current: ['1.0.0.1'], upcoming: [{ '2016-06-15': { rm: ['1.0.0.1'] } }] },
    };
    expect(parse(JSON.stringify(list)).addresses).toEqual([
      listed(API, '1.0.0.1/32'),
      listed(GET, '1.0.0.1/32', { announcedRemovalAt: JUNE }),
    ]);
  });
});

describe('a date', () => {
  it.each(['2016-02-29', '2016-12-31', '2100-01-01'])('%s is a day', (date) => {
    expect(parse(JSON.stringify({ [API]: { [date]: ['1.0.0.1'] } })).addresses).toEqual([
      announced(API, '1.0.0.1/32', `${date}T00:00:00Z`),
    ]);
  });

  it.each(['2016-02-30', '2015-02-29', '2016-04-31', '2016-13-01', '2016-00-10', '2016-01-00', '2016-01-32'])(
    '%s is no day, wherever it stands',
    (date) => {
      expect(refusal(JSON.stringify({ [API]: { [date]: ['1.0.0.1'] } }))).toBe(`bad-date /${API}/${date}`);
      expect(refusal(JSON.stringify({ [API]: { upcoming: [{ [date]: { add: ['1.0.0.1'] } }] } }))).toBe(
        `bad-date /${API}/upcoming/0/${date}`,
      );
    },
  );

  it('that is no day is refused though nothing comes or goes on it', () => {
    expect(refusal(JSON.stringify({ [API]: { upcoming: [{ '2016-02-30': {} }] } }))).toBe(
      `bad-date /${API}/upcoming/0/2016-02-30`,
    );
    expect(refusal(JSON.stringify({ [API]: { '2016-02-30': [] } }))).toBe(`bad-date /${API}/2016-02-30`);
  });
});

describe('a shape that was never published', () => {
  it.each<[what: string, list: unknown, pointer: string]>([
    ['an unknown member of a host', { [API]: { currrent: [] } }, `/${API}/currrent`],
    ['a date in another style', { [API]: { '2016-6-15': [] } }, `/${API}/2016-6-15`],
    ['a date with a time', { [API]: { '2016-06-15T00:00:00Z': [] } }, `/${API}/2016-06-15T00:00:00Z`],
    ['a date in other digits', { [API]: { '２０１６-06-15': [] } }, `/${API}/２０１６-06-15`],
    ['a member with a slash', { [API]: { 'a/b~c': [] } }, `/${API}/a~1b~0c`],
    ['a host that is null', { [API]: null }, `/${API}`],
    ['a host that is a list', { [API]: ['1.0.0.1'] }, `/${API}`],
    ['a host that is text', { [API]: '1.0.0.1' }, `/${API}`],
    ['a list of addresses that is null', { [API]: { current: null } }, `/${API}/current`],
    ['a list of addresses that is text', { [API]: { current: '1.0.0.1' } }, `/${API}/current`],
    ['a list of addresses that is a number', { [API]: { current: 0 } }, `/${API}/current`],
    ['an object of addresses', { [API]: { current: { 0: '1.0.0.1' } } }, `/${API}/current`],
    ['a nested list', { [API]: { current: [['1.0.0.1']] } }, `/${API}/current/0`],
    ['an address that is a number', { [API]: { current: ['1.0.0.1', 16777217] } }, `/${API}/current/1`],
    ['an address that is null', { [API]: { current: [null] } }, `/${API}/current/0`],
    ['an address that is an object', { [API]: { current: [{ ip: '1.0.0.1' }] } }, `/${API}/current/0`],
    ['an address that is a page', { [API]: { current: ['1'.repeat(256)] } }, `/${API}/current/0`],
    ['a future that is an object', { [API]: { future: {} } }, `/${API}/future`],
    ['a dated list that is an object', { [API]: { '2016-06-15': {} } }, `/${API}/2016-06-15`],
    ['an upcoming that is null', { [API]: { upcoming: null } }, `/${API}/upcoming`],
    ['an upcoming list of addresses', { [API]: { upcoming: ['1.0.0.1'] } }, `/${API}/upcoming/0`],
    ['an unknown upcoming change', { [API]: { upcoming: { remove: [] } } }, `/${API}/upcoming/remove`],
    ['an undated entry in upcoming', { [API]: { upcoming: [{ add: [] }] } }, `/${API}/upcoming/0/add`],
    [
      'an unknown dated change',
      { [API]: { upcoming: [{ '2016-06-15': { del: [] } }] } },
      `/${API}/upcoming/0/2016-06-15/del`,
    ],
  ])('is refused: %s', (_what, list, pointer) => {
    expect(refusal(JSON.stringify(list))).toBe(`bad-shape ${pointer}`);
  });
});

describe('a body that is no list', () => {
  const good = '{"api.replicated.com":{"current":["1.0.0.1"]}}';
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');

  it.each<[what: string, body: string | Uint8Array, reason: string]>([
    ['nothing', '', 'not-json'],
    ['white space', ' \n', 'not-json'],
    ['a page', '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>', 'not-json'],
    ['a page after a line', '\n<html></html>', 'not-json'],
    ['a sentence', '404: Not Found', 'not-json'],
    ['null', 'null', 'not-json'],
    ['true', 'true', 'not-json'],
    ['a number', '7', 'not-json'],
    ['text', '"{}"', 'not-json'],
    ['a list of lists', `[${good}]`, 'not-json'],
    ['two byte order marks', `\ufeff\ufeff${good}`, 'not-json'],
    ['a byte order mark in the middle', `{\ufeff${good.slice(1)}`, 'not-json'],
    ['latin-1', Buffer.from('{"caf\u00e9.com":{}}', 'latin1'), 'not-utf-8'],
    ['a lone continuation byte', Buffer.concat([Buffer.from(good), Buffer.of(0x80)]), 'not-utf-8'],
    ['an overlong brace', Buffer.concat([Buffer.of(0xc1, 0xbb), Buffer.from(good.slice(1))]), 'not-utf-8'],
    ['a surrogate in UTF-8', Buffer.from('7b22eda08022 3a7b7d7d'.replace(' ', ''), 'hex'), 'not-utf-8'],
    ['UTF-16 with its mark', Buffer.concat([Buffer.of(0xff, 0xfe), utf16(good)]), 'not-utf-8'],
    ['UTF-16 without its mark', utf16(good), 'not-json'],
    ['UTF-16 big-endian', utf16(good).swap16(), 'not-json'],
    ['a NUL before it', `\u0000${good}`, 'not-json'],
    ['a NUL after it', `${good}\u0000`, 'not-json'],
    ['a NUL in a name', good.replace('api', 'a\u0000i'), 'not-json'],
    ['a line break in a name', good.replace('api', 'a\ni'), 'not-json'],
    ['something after it', `${good}x`, 'not-json'],
    ['a brace after it', `${good}}`, 'not-json'],
    ['two documents', `${good}\n${good}`, 'not-json'],
    ['two documents in a row', `${good},${good}`, 'not-json'],
    ['a comment before it', `/* list */${good}`, 'not-json'],
    ['a comment in it', good.replace('[', '[ // first\n'), 'not-json'],
    ['a comment after it', `${good} # end`, 'not-json'],
    ['a comma too many', good.replace(']', ',]'), 'not-json'],
    ['a comma after the last member', '{"api.replicated.com":{},}', 'not-json'],
    ['a missing comma', '{"a.com":{} "b.com":{}}', 'not-json'],
    ['single quotes', good.replaceAll('"', "'"), 'not-json'],
    ['names without quotes', '{current:{}}', 'not-json'],
    ['NaN', '{"api.replicated.com":NaN}', 'not-json'],
    ['Infinity', '{"api.replicated.com":{"current":[Infinity]}}', 'not-json'],
    ['undefined', '{"api.replicated.com":undefined}', 'not-json'],
    ['a bad escape', '{"api.replicated.com":{"current":["\\x31"]}}', 'not-json'],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'not-utf-8'],
  ])('is refused: %s', (_what, body, reason) => {
    expect(refusal(body)).toBe(reason);
  });

  it('is a list with one byte order mark, and with white space around it', () => {
    const list = { hosts: [API], addresses: [listed(API, '1.0.0.1/32')] };
    expect(parse(`\ufeff${good}`)).toEqual(list);
    expect(parse(`\r\n\t ${good}\r\n\t `)).toEqual(list);
  });

  it('shows how it begins, with nothing in it that could break a line of the log', () => {
    const page = `<html>\r\n\u001b[2J${'x'.repeat(200)}`;
    const [message] = [page].map((body) => {
      try {
        return parse(body).hosts.join();
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe(`The body is no JSON object. It begins with "<html>\\r\\n\\u001b[2J${'x'.repeat(68)}".`);
  });

  it.each([
    ['a host', '{"api.replicated.com":{"current":["1.0.0.1"]},"api.replicated.com":{"current":[]}}', `/${API}`],
    ['a host, spelled otherwise', '{"api.replicated.com":{},"\\u0061pi.replicated.com":{}}', `/${API}`],
    ['a list', '{"api.replicated.com":{"current":["1.0.0.1"],"current":[]}}', `/${API}/current`],
    [
      'a list, spelled otherwise',
      '{"api.replicated.com":{"current":["1.0.0.1"],"curren\\u0074":[]}}',
      `/${API}/current`,
    ],
    ['a date', '{"api.replicated.com":{"2016-06-15":[],"2016-06-15":[]}}', `/${API}/2016-06-15`],
    ['a change', '{"api.replicated.com":{"upcoming":{"add":[],"rm":[],"add":[]}}}', `/${API}/upcoming/add`],
    [
      'a dated change',
      '{"api.replicated.com":{"upcoming":[{},{"2016-06-15":{"rm":[],"rm":[]}}]}}',
      `/${API}/upcoming/1/2016-06-15/rm`,
    ],
    ['an empty name', '{"":{},"":{}}', '/'],
  ])('is refused where %s is there twice', (_what, body, pointer) => {
    expect(refusal(body)).toBe(`duplicate-key ${pointer}`);
  });

  it('is refused with any host of the newest list there twice', () => {
    const text = versionBytes(NEWEST).toString('utf8').trimEnd();
    for (const host of parse(text).hosts) {
      expect(refusal(text.replace(/\}$/, `,"${host}":{"current":[]}}`))).toBe(`duplicate-key /${host}`);
    }
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is refused with %s for a host, a member or a change, and leaves nothing behind',
    (name) => {
      expect(refusal(`{"${name}":{"current":["1.0.0.1"]}}`)).toBe(`forbidden-key /${name}`);
      expect(refusal(`{"api.replicated.com":{"${name}":{"current":[]}}}`)).toBe(`forbidden-key /${API}/${name}`);
      expect(refusal(`{"api.replicated.com":{"upcoming":{"${name}":[]}}}`)).toBe(
        `forbidden-key /${API}/upcoming/${name}`,
      );
      expect(refusal(`{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":{}}`)).toBe(`forbidden-key /${name}`);
      expect(Reflect.has({}, 'current')).toBe(false);
    },
  );

  it.each([
    ['one level too deep', `{"a.com":{"upcoming":[{"2016-06-15":{"add":[[]]}}]}}`],
    ['ten thousand lists deep', `{"a.com":{"current":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`],
    ['half a million objects deep', '{"a":'.repeat(500_000)],
  ])('is refused %s', (_what, body) => {
    expect(refusal(body)).toBe('too-deep');
  });

  it('is a list as deep as any was', () => {
    expect(parse('{"a.com":{"upcoming":[{"2016-06-15":{"add":[]}}]}}').hosts).toEqual(['a.com']);
  });

  it('is never taken for a list when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        fc.pre(!/^[\t\n\r ]*$/.test(Buffer.from(bytes).toString('latin1')));
        expect(refusal(bytes)).not.toBe('none');
        expect(refusal(Buffer.concat([Buffer.from('{'), bytes, Buffer.from('}')]))).not.toBe('none');
      }),
    );
  });

  it('is refused, whatever JSON it is, unless it is hosts with members of the known names', () => {
    const isObject = (value: unknown): value is object =>
      typeof value === 'object' && value !== null && !Array.isArray(value);
    const known = /^(?:current|future|upcoming|\d{4}-\d{2}-\d{2})$/;
    const couldBeList = (value: unknown) =>
      isObject(value) &&
      Object.values(value).every((host) => isObject(host) && Object.keys(host).every((name) => known.test(name)));
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(refusal(text) !== 'none' || couldBeList(JSON.parse(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import { mergeRanges } from '../../src/model/aggregate.js';
import { compareBlocks, blockOf, formatBlock, rangeOf } from '../../src/model/cidr.js';
import { addressRowsOf } from '../../src/model/address-rows.js';
import { findHost, hostsOf, knownHosts, portsOf } from '../../src/model/listing.js';
import { parseSelection, type SelectionInput } from '../../src/model/selection.js';
import { openRevision } from '../../src/model/snapshot.js';
import { nearBlock } from './arbitrary.js';
import { catalog, held, revision, shippedContent, snapshotOf } from './fixture.js';

const snapshot = snapshotOf();
const shipped = openRevision(revision, await shippedContent());
const online = { task: ['install', 'upgrade'], mode: ['online'] };
const every = ['current', 'announced', 'retiring', 'retired'];

const parse = (input: SelectionInput, of = catalog) => parseSelection(input, of, null).selection;
const hosts = (input: SelectionInput) => hostsOf(snapshot, parse(input));
const host = (name: string, input: SelectionInput = {}) => findHost(snapshot, name, parse(input));
const rows = (input: SelectionInput, held?: readonly HeldAddress[], aggregated = false) =>
  addressRowsOf(held === undefined ? snapshot : snapshotOf({ addresses: held }), parse(input), aggregated);

describe('the hosts of a selection', () => {
  it('stand in the order of its rows, an endpoint before its companions', () => {
    expect(hosts(online).map(({ name, kind, companionOf }) => [name, kind, companionOf])).toEqual([
      ['api.example.com', 'host', null],
      ['get.example.com', 'host', null],
      ['registry.example.org', 'host', null],
      ['blobs.example.org', 'host', 'registry.example.org'],
      ['*.layers.example.org', 'wildcard', 'registry.example.org'],
      ['auth.hub.example', 'host', null],
      ['images.hub.example', 'host', null],
      ['*.cdn.example.net', 'wildcard', null],
    ]);
  });

  it('are those of its rows only', () => {
    expect(hosts({ host: ['hub'] }).map(({ name }) => name)).toEqual(['auth.hub.example', 'images.hub.example']);
    expect(hosts({ zone: ['admin-network'] })).toEqual([]);
  });

  it('have the requirements of the selection, in its order', () => {
    const [api] = hosts({ host: ['api.example.com'], need: ['required'] });
    expect(api?.requirements).toEqual(['acme/install/online/api.example.com', 'acme/upgrade/online/api.example.com']);
  });

  it('have the addresses of the selection, and those of general where theirs are published', () => {
    const [get] = hosts({ host: ['get.example.com'], status: every });
    expect(get?.addresses.map(({ cidr, host }) => `${cidr} ${host}`)).toEqual([
      '20.0.0.1/32 get.example.com',
      '20.0.0.2/32 get.example.com',
      '20.0.0.3/32 get.example.com',
      '20.0.4.0/24 general',
    ]);
    const [api] = hosts({ host: ['api.example.com'], status: every });
    expect(api?.addresses.map(({ cidr, host }) => `${cidr} ${host}`)).toEqual([
      '20.0.0.1/32 api.example.com',
      '20.0.0.9/32 api.example.com',
      '20.0.4.0/24 general',
      '2600:1::1/128 api.example.com',
    ]);
    const [registry] = hosts({ host: ['registry.example.org'], status: every });
    expect(registry?.addresses).toEqual([]);
  });

  it.each<[string, SelectionInput, string]>([
    ['api.example.com', {}, 'full'],
    ['api.example.com', { family: ['ipv6'] }, 'full'],
    ['get.example.com', { family: ['ipv6'] }, 'none'],
    ['get.example.com', { status: ['announced'] }, 'full'],
    ['api.example.com', { status: ['announced'] }, 'none'],
    ['blobs.example.org', {}, 'none'],
  ])('%s under %j is covered %s', (name, input, expected) => {
    expect(host(name, input)?.addressCoverage).toBe(expected);
  });

  it('that are wildcards are covered in part at most', () => {
    const opened = snapshotOf({ addresses: [held('*.cdn.example.net', '20.0.0.1')] });
    expect(findHost(opened, '*.cdn.example.net', parse({}))).toMatchObject({
      kind: 'wildcard',
      addressCoverage: 'partial',
    });
  });
});

describe('one host', () => {
  it('is the same alone as in the list', () => {
    for (const one of hosts(online)) expect(host(one.name, online)).toEqual(one);
  });

  it('that no catalog names has its addresses and no requirements', () => {
    expect(host('other.example.com')).toMatchObject({
      name: 'other.example.com',
      kind: 'host',
      companionOf: null,
      addresses: [{ cidr: '20.0.0.1/32' }, { cidr: '20.0.1.0/25' }],
      addressCoverage: 'full',
      requirements: [],
    });
  });

  it('of the list may have no addresses', () => {
    expect(host('empty.example.com')).toMatchObject({ addresses: [], addressCoverage: 'none', requirements: [] });
  });

  it('that the selection leaves out has no requirements', () => {
    expect(host('auth.hub.example', { task: ['install'] })?.requirements).toEqual([]);
  });

  it.each(['unknown.example.com', 'general', 'hub', 'mirrors', 'admin-network', 'Api.example.com', ''])(
    'is no host: %j',
    (name) => {
      expect(host(name)).toBeUndefined();
    },
  );

  it('of two endpoints has the addresses of general where those of either are published', () => {
    const [api, ...others] = catalog.endpoints;
    const companions = [{ hosts: ['blobs.example.org'], document: null, why: '' }];
    const opened = snapshotOf({ catalog: { ...catalog, endpoints: [{ ...api!, companions }, ...others] } });
    const found = findHost(opened, 'blobs.example.org', parse({ status: every }));
    expect(found?.addresses.map(({ host }) => host)).toEqual(['general']);
  });

  it('that is an endpoint of its own is no companion, though another names it so', () => {
    const [api, ...others] = catalog.endpoints;
    const companions = [{ hosts: ['get.example.com'], document: null, why: '' }];
    const opened = snapshotOf({ catalog: { ...catalog, endpoints: [{ ...api!, companions }, ...others] } });
    expect(findHost(opened, 'get.example.com', parse({}))?.companionOf).toBeNull();
  });
});

describe('the addresses of a selection', () => {
  it('are one row each, in address order, with every host and requirement behind them', () => {
    expect(rows({ ...online, status: every })).toMatchObject([
      {
        cidr: '20.0.0.1/32',
        family: 'ipv4',
        hosts: ['api.example.com', 'get.example.com'],
        sharedWith: [],
        status: 'current',
        firstSeenAt: '2024-06-01T00:00:00Z',
        requirements: [
          'acme/install/online/api.example.com',
          'acme/install/online/get.example.com',
          'acme/upgrade/online/api.example.com',
        ],
      },
      { cidr: '20.0.0.2/32', hosts: ['get.example.com'], status: 'retiring', retireAt: '2026-01-19T00:00:00Z' },
      { cidr: '20.0.0.3/32', hosts: ['get.example.com'], status: 'announced', effectiveFrom: null },
      { cidr: '20.0.0.9/32', hosts: ['api.example.com'], status: 'retired' },
      { cidr: '20.0.4.0/24', hosts: ['general'], status: 'announced', effectiveFrom: '2026-06-01T00:00:00Z' },
      { cidr: '2600:1::1/128', family: 'ipv6', hosts: ['api.example.com'], firstSeenAt: '2025-06-01T00:00:00Z' },
    ]);
  });

  it('name as sharers the hosts that the selection leaves out', () => {
    expect(rows({ host: ['api.example.com'], family: ['ipv4'] })).toMatchObject([
      { cidr: '20.0.0.1/32', hosts: ['api.example.com'], sharedWith: ['get.example.com'] },
    ]);
  });

  it('leave out hosts that no catalog names', () => {
    expect(rows({ status: every }).map(({ cidr }) => cidr)).not.toContain('20.0.1.0/25');
  });

  const life = {
    retiring: { status: 'retiring', retireAt: '2026-02-01T00:00:00Z' },
    longer: { status: 'retiring', retireAt: '2026-03-01T00:00:00Z' },
    announced: { status: 'announced', effectiveFrom: '2026-06-01T00:00:00Z' },
    retired: { status: 'retired', retireAt: '2020-01-01T00:00:00Z' },
    current: { status: 'current' },
  } as const;

  it.each([
    ['current', 'retiring', life.current],
    ['retiring', 'announced', life.retiring],
    ['announced', 'retired', life.announced],
    ['retiring', 'longer', life.longer],
    ['retired', 'current', life.current],
  ] as const)('of hosts in different states, %s and %s, stay open longest', (a, b, expected) => {
    const twice = (one: keyof typeof life, other: keyof typeof life) =>
      rows({ status: every }, [
        held('api.example.com', '20.0.0.1', life[one]),
        held('get.example.com', '20.0.0.1', life[other]),
      ]);
    expect(twice(a, b)).toMatchObject([expected]);
    expect(twice(b, a)).toMatchObject([expected]);
  });
});

describe('aggregated addresses', () => {
  it('join siblings and drop covered ones, with everything behind them', () => {
    const before = [
      held('api.example.com', '20.0.0.0', { firstSeenAt: '2023-01-01T00:00:00Z' }),
      held('get.example.com', '20.0.0.1', { status: 'retiring' }),
      held('api.example.com', '20.0.8.0/24'),
      held('get.example.com', '20.0.8.7'),
      held('api.example.com', '20.0.0.3'),
    ];
    const joined = rows(online, before, true);
    expect(joined.map(({ cidr, hosts, status }) => [cidr, hosts, status])).toEqual([
      ['20.0.0.0/31', ['api.example.com', 'get.example.com'], 'current'],
      ['20.0.0.3/32', ['api.example.com'], 'current'],
      ['20.0.8.0/24', ['api.example.com', 'get.example.com'], 'current'],
    ]);
    expect(joined[0]).toMatchObject({
      firstSeenAt: '2023-01-01T00:00:00Z',
      requirements: [
        'acme/install/online/api.example.com',
        'acme/install/online/get.example.com',
        'acme/upgrade/online/api.example.com',
      ],
    });
  });

  it('name the hosts behind them, and those that share them, in order', () => {
    const before = [
      held('registry.example.org', '20.0.0.0'),
      held('get.example.com', '20.0.0.0'),
      held('blobs.example.org', '20.0.0.1'),
      held('api.example.com', '20.0.0.1'),
    ];
    expect(rows({ host: ['registry.example.org'] }, before, true)).toMatchObject([
      {
        cidr: '20.0.0.0/31',
        hosts: ['blobs.example.org', 'registry.example.org'],
        sharedWith: ['api.example.com', 'get.example.com'],
      },
    ]);
  });

  it('hold exactly the same addresses, hosts and requirements', () => {
    const random = fc.uniqueArray(fc.tuple(nearBlock, fc.constantFrom('api.example.com', 'get.example.com')), {
      selector: ([block, host]) => `${formatBlock(block)} ${host}`,
      maxLength: 15,
    });
    const behind = (list: ReturnType<typeof rows>) => ({
      ranges: mergeRanges(list.map(({ cidr }) => rangeOf(blockOf(cidr)))),
      hosts: new Set(list.flatMap((row) => row.hosts)),
      requirements: new Set(list.flatMap((row) => row.requirements)),
    });
    fc.assert(
      fc.property(random, (pairs) => {
        const before = pairs.map(([block, host]) => held(host, formatBlock(block)));
        const [plain, joined] = [rows(online, before), rows(online, before, true)];
        expect(behind(joined)).toEqual(behind(plain));
        expect(joined.length).toBeLessThanOrEqual(plain.length);
        for (const list of [plain, joined]) {
          const blocks = list.map(({ cidr }) => blockOf(cidr));
          expect(blocks.toSorted(compareBlocks)).toEqual(blocks);
        }
      }),
    );
  });
});

describe('the addresses that ship', () => {
  const of = (input: SelectionInput) => addressRowsOf(shipped, parse(input, shipped.catalog), false);

  it('for an online upgrade are four, of two hosts', () => {
    expect(
      of({ task: ['upgrade'], mode: ['online'] }).map(({ cidr, hosts, sharedWith }) => [cidr, hosts, sharedWith]),
    ).toEqual(
      ['162.159.137.43/32', '162.159.138.43/32', '2606:4700:7::a29f:892b/128', '2606:4700:7::a29f:8a2b/128'].map(
        (cidr) => [cidr, ['api.replicated.com', 'registry.replicated.com'], ['get.replicated.com']],
      ),
    );
  });

  it('for airgap, where it is required, are none', () => {
    expect(of({ mode: ['airgap'], need: ['required', 'conditional'] })).toEqual([]);
  });
});

describe('the ports of a selection', () => {
  const ports = (input: SelectionInput) =>
    portsOf(snapshot, parse(input)).map(
      ({ protocol, from, to, basis, zone, direction }) => `${protocol} ${from}-${to} ${basis} ${zone} ${direction}`,
    );

  it('are one entry a range, zone and direction, in the order of its rows', () => {
    expect(ports(online)).toEqual([
      'tcp 8800-8800 stated admin-network bidirectional',
      'tcp 443-443 assumed internet outbound',
      'tcp 443-443 stated internet outbound',
      'tcp 80-80 assumed internet outbound',
      'tcp 5000-5010 stated internet outbound',
      'udp 5005-5020 stated internet outbound',
      'udp 443-443 stated internet outbound',
    ]);
  });

  it('are stated or assumed as their requirements say, never both', () => {
    expect(ports({ host: ['api.example.com'] })).toEqual(['tcp 443-443 assumed internet outbound']);
    expect(ports({ host: ['api.example.com', 'get.example.com'], port: ['443'] })).toEqual([
      'tcp 443-443 assumed internet outbound',
      'tcp 443-443 stated internet outbound',
    ]);
  });

  it('have the requirements that need them, in the order of rows', () => {
    const [port] = portsOf(snapshot, parse({ ...online, port: ['443'], protocol: ['tcp'] }));
    expect(port?.requirements).toEqual([
      'acme/install/online/api.example.com',
      'acme/install/online/registry.example.org',
      'acme/upgrade/online/api.example.com',
      'acme/upgrade/online/registry.example.org',
      'acme/upgrade/online/mirrors',
    ]);
  });

  it('tell zones and directions apart', () => {
    const moved = catalog.rows.map((row) =>
      row.name === 'console'
        ? { ...row, ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'stated' } as const] }
        : row,
    );
    const opened = snapshotOf({ catalog: { ...catalog, rows: moved } });
    expect(
      portsOf(opened, parse({ ...online, protocol: ['tcp'], port: ['443'] })).map(({ zone, direction }) => [
        zone,
        direction,
      ]),
    ).toEqual([
      ['admin-network', 'bidirectional'],
      ['internet', 'outbound'],
      ['internet', 'outbound'],
    ]);
  });

  it('that ship are four', () => {
    expect(portsOf(shipped, parse({}, shipped.catalog)).map(({ from, to, zone }) => `${from}-${to} ${zone}`)).toEqual([
      '8800-8800 admin-network',
      '9870-9880 cluster-network',
      '443-443 internet',
      '443-443 internet',
    ]);
  });
});

describe('the known hosts', () => {
  it("are the catalog's, then those that only upstream lists, each once and without general", () => {
    expect(knownHosts(snapshot)).toEqual([
      'api.example.com',
      'get.example.com',
      'registry.example.org',
      'blobs.example.org',
      '*.layers.example.org',
      'auth.hub.example',
      'images.hub.example',
      '*.cdn.example.net',
      'empty.example.com',
      'other.example.com',
    ]);
  });
});

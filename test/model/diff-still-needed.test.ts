import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInUse } from '../../src/model/address.js';
import type { Catalog, CatalogEndpoint, PortRange, Row } from '../../src/model/catalog.js';
import type { Difference } from '../../src/model/change.js';
import { diff } from '../../src/model/diff.js';
import { namesOf, requirementsOf, type Requirement } from '../../src/model/requirement.js';
import type { Content } from '../../src/model/revision.js';
import { twoContents } from './arbitrary-content.js';
import { catalog, held, shippedContent } from './fixture.js';

const AT = '2026-05-01T00:00:00.000Z';
const port = (from: number, to = from, protocol: PortRange['protocol'] = 'tcp'): PortRange => ({
  protocol,
  from,
  to,
  basis: 'stated',
});

/** An endpoint with two names, needed by two rules, and one with a name of its own; each name has an address. */
const hub: CatalogEndpoint = {
  ...catalog.endpoints.find(({ name }) => name === 'hub')!,
  hosts: ['a.hub.example', 'b.hub.example'],
};
const cdn: CatalogEndpoint = { ...hub, name: 'cdn', hosts: ['cdn.example'] };
const rule = (name: string, change: Partial<Row> = {}): Row => ({
  ...catalog.rows.find(({ name }) => name === 'hub')!,
  name,
  endpoint: 'hub',
  tasks: ['upgrade'],
  need: [{ mode: 'online', need: 'required' }],
  ports: [port(443)],
  ...change,
});
const ofCdn = (change: Partial<Row> = {}) => rule('cdn', { endpoint: 'cdn', ...change });
const ofZone = (name: string, change: Partial<Row> = {}) =>
  rule(name, { endpoint: null, zone: 'admin-network', direction: 'bidirectional', initiator: 'either', ...change });
const addresses = [
  held('a.hub.example', '20.0.0.1'),
  held('b.hub.example', '20.0.0.2', { status: 'retiring' }),
  held('cdn.example', '20.0.0.3'),
  held('general', '20.0.4.0/24'),
];
const unneeded = { need: [{ mode: 'online', need: 'not-required' }] } as const;
const later = { dated: { from: '2026-06-01T00:00:00Z', until: null, announcement: null } };

interface Made {
  readonly endpoints?: readonly CatalogEndpoint[];
  readonly addresses?: Content['addresses'];
}

function content(rows: readonly Row[], made: Made = {}): Content {
  const all: Catalog = { ...catalog, endpoints: made.endpoints ?? [hub, cdn], rows };
  return { catalog: all, listedHosts: [], addresses: made.addresses ?? addresses };
}

/** What there is to do, a word for names and one for addresses. */
function asked({ action }: Difference): string {
  return `${action.byName}/${action.byAddress}`;
}

/** What there is to do about the rule named `one`. */
function askedOfOne(before: Content, after: Content): string[] {
  const all = diff(before, after, AT).filter(({ requirement }) => requirement?.endsWith('/one'));
  return all.map((one) => `${one.subject} ${one.reason}: ${asked(one)}`);
}

describe('a requirement that goes', () => {
  it.each<[string, readonly Row[], string]>([
    ['is to be closed where nothing else needs its endpoint', [], 'close/close'],
    ['stays open where another needs the same', [rule('other')], 'none/none'],
    ['stays open where another task needs the same', [rule('other', { tasks: ['run'] })], 'none/none'],
    ['stays open where another needs more', [rule('other', { ports: [port(400, 500)] })], 'none/none'],
    ['stays open where another goes both ways', [rule('other', { direction: 'bidirectional' })], 'none/none'],
    ['stays open where another opens it from either side', [rule('other', { initiator: 'far-side' })], 'none/none'],
    ['is to be closed where another has no port of it', [rule('other', { ports: [port(8443)] })], 'close/close'],
    [
      'is to be closed where another protocol has its port',
      [rule('other', { ports: [port(443, 443, 'udp')] })],
      'close/close',
    ],
    ['is to be closed where another goes the other way', [rule('other', { direction: 'inbound' })], 'close/close'],
    ['is to be closed where another does not need it', [rule('other', unneeded)], 'close/close'],
    ['is to be closed where another only will need it', [rule('other', later)], 'close/close'],
    ['is to be closed where another endpoint stays', [ofCdn()], 'close/close'],
  ])('%s', (_, rows, expected) => {
    expect(askedOfOne(content([rule('one'), ...rows]), content(rows))).toEqual([`requirement retired: ${expected}`]);
    expect(askedOfOne(content([rule('one'), ...rows]), content([rule('one', unneeded), ...rows]))).toEqual([
      `requirement narrowed: ${expected}`,
    ]);
    expect(askedOfOne(content([rule('one'), ...rows]), content([rule('one', later), ...rows]))).toEqual([
      `requirement retired: ${expected}`,
    ]);
  });

  const sharing = { ...cdn, hosts: hub.hosts };
  const sharingOne = { ...cdn, hosts: ['a.hub.example', 'cdn.example'] };
  it.each<[string, Made, string]>([
    ['and every name of which another endpoint has stays open', { endpoints: [hub, sharing] }, 'none/none'],
    ['and some names of which another endpoint has is to be closed', { endpoints: [hub, sharingOne] }, 'close/close'],
    [
      'is to be closed by name alone where its last address is of a name that another endpoint has',
      { endpoints: [hub, sharingOne], addresses: addresses.filter(({ host }) => host !== 'b.hub.example') },
      'close/none',
    ],
    ['is to be closed by name alone where it has no address', { addresses: [] }, 'close/none'],
    [
      'is to be closed by name alone where its addresses are only announced',
      { addresses: [held('a.hub.example', '20.0.0.1', { status: 'announced' })] },
      'close/none',
    ],
    [
      'is to be closed by name alone where another that is needed has its address',
      { addresses: [held('a.hub.example', '20.0.0.1'), held('cdn.example', '20.0.0.1')] },
      'close/none',
    ],
    [
      'is to be closed by addresses that may serve any host',
      { endpoints: [{ ...hub, published: true }, cdn], addresses: [held('general', '20.0.4.0/24')] },
      'close/close',
    ],
    [
      'is to be closed by name alone where another needs those that may serve any host',
      {
        endpoints: [
          { ...hub, published: true },
          { ...cdn, published: true },
        ],
        addresses: [held('general', '20.0.4.0/24')],
      },
      'close/none',
    ],
    [
      'and has no name is to be closed by the name of whom it stands for',
      { endpoints: [{ ...hub, hosts: [] }, cdn] },
      'close/none',
    ],
  ])('%s', (_, made, expected) => {
    expect(askedOfOne(content([rule('one'), ofCdn()], made), content([ofCdn()], made))).toEqual([
      `requirement retired: ${expected}`,
    ]);
  });

  it.each<[string, readonly Row[], string]>([
    ["of the customer's own network is to be closed by both", [], 'close/close'],
    ["of the customer's own network stays open where another rule needs it", [ofZone('other')], 'none/none'],
    ["of the customer's own network does not stay open for an endpoint of its name", [ofCdn()], 'close/close'],
  ])('%s', (_, rows, expected) => {
    const made = { endpoints: [hub, cdn, { ...cdn, name: 'admin-network' }], addresses: [] };
    const around = [...rows, rule('last', { endpoint: 'admin-network' })];
    expect(askedOfOne(content([ofZone('one'), ...around], made), content(around, made))).toEqual([
      `requirement retired: ${expected}`,
    ]);
  });
});

describe('a requirement that is narrowed', () => {
  const wide = rule('one', { direction: 'bidirectional', initiator: 'either' });
  it.each<[string, Partial<Row>, readonly Row[], string]>([
    ['to one way is to be closed the other way', { direction: 'outbound' }, [], 'close/close'],
    ['to one way leaves open what is needed the other way', { direction: 'outbound' }, [wide], 'none/none'],
    [
      'to one way is to be closed where another needs just that way',
      { direction: 'outbound' },
      [rule('other')],
      'close/close',
    ],
    ['to one side that opens it is to be closed', { initiator: 'installed-host' }, [], 'close/close'],
    [
      'to one side that opens it leaves open what another opens',
      { initiator: 'installed-host' },
      [{ ...wide, initiator: 'far-side' }],
      'none/none',
    ],
    [
      'to one way and one side is to be closed where another needs only the way',
      { direction: 'outbound', initiator: 'installed-host' },
      [{ ...wide, initiator: 'installed-host' }],
      'close/close',
    ],
  ])('%s', (_, change, others, expected) => {
    const rows = others.map((row) => ({ ...row, name: 'other' }));
    expect(askedOfOne(content([wide, ...rows]), content([{ ...wide, ...change }, ...rows]))).toEqual([
      `requirement narrowed: ${expected}`,
    ]);
  });

  it('is to be closed by name alone where it has no address', () => {
    const none = { addresses: [] };
    expect(askedOfOne(content([wide], none), content([{ ...wide, direction: 'outbound' }], none))).toEqual([
      'requirement narrowed: close/none',
    ]);
  });
});

describe('a range of ports that goes', () => {
  it.each<[string, readonly PortRange[], readonly PortRange[], readonly Row[], readonly string[]]>([
    ['is to be closed', [port(443), port(80)], [port(443)], [], ['narrowed: close/close']],
    [
      'stays open where another needs a port of it',
      [port(443), port(80, 90)],
      [port(443)],
      [rule('other', { ports: [port(85)] })],
      ['narrowed: none/none'],
    ],
    [
      'stays open where the requirement itself has a port of it in another range',
      [port(443), port(440, 445)],
      [port(443)],
      [],
      ['narrowed: none/none'],
    ],
    [
      'stays open where a wider one takes its place',
      [port(443)],
      [port(443, 445)],
      [],
      ['widened: open/open', 'narrowed: none/none'],
    ],
    [
      'stays open where it is split',
      [port(443, 445)],
      [port(443, 444), port(445)],
      [],
      ['widened: open/open', 'widened: open/open', 'narrowed: none/none'],
    ],
    [
      'is to be closed where a narrower one takes its place',
      [port(443, 445)],
      [port(443)],
      [],
      ['widened: open/open', 'narrowed: close/close'],
    ],
  ])('%s', (_, had, has, others, expected) => {
    const made = (ports: readonly PortRange[]) => content([rule('one', { ports }), ...others]);
    expect(askedOfOne(made(had), made(has))).toEqual(expected.map((line) => `port ${line}`));
  });

  it('is to be closed where the requirement is needed no longer', () => {
    const before = content([rule('one', { ports: [port(443), port(440, 445)] })]);
    expect(askedOfOne(before, content([rule('one', unneeded)]))).toEqual([
      'requirement narrowed: close/close',
      'port narrowed: close/close',
    ]);
  });
});

describe('a requirement that comes', () => {
  const soon = '2026-06-01T00:00:00Z';
  const host = (name: string, from: string | null, until: string | null = null) => ({
    host: name,
    from,
    until,
    announcement: null,
  });
  it.each<[string, CatalogEndpoint, string]>([
    ['is to be opened by both where it has addresses in use', hub, 'open/open'],
    ['is to be opened by name where it has none', { ...hub, hosts: ['c.hub.example'] }, 'open/none'],
    ['is to be opened by addresses that may serve any host', { ...hub, hosts: [], published: true }, 'open/open'],
    [
      'is to be opened by addresses of a name that comes with it',
      { ...hub, hosts: [], dated: [host('a.hub.example', soon)] },
      'open/open',
    ],
    [
      'is not yet to be opened by addresses of a name that comes later, or has gone',
      {
        ...hub,
        hosts: ['b.hub.example'],
        dated: [host('a.hub.example', '2026-07-01T00:00:00Z'), host('b.hub.example', null, soon)],
      },
      'open/none',
    ],
  ])('%s', (_, endpoint, expected) => {
    const made = { endpoints: [endpoint, cdn] };
    expect(askedOfOne(content([ofCdn()], made), content([ofCdn(), rule('one', later)], made))).toEqual([
      `requirement announced: ${expected}`,
    ]);
  });
});

describe('in the catalog that ships', () => {
  const lines = async (change: (row: Row) => Row[]) => {
    const before = await shippedContent();
    const after = { ...before, catalog: { ...before.catalog, rows: before.catalog.rows.flatMap(change) } };
    const of = (one: Difference) => `${one.requirement?.split('/').slice(1).join(' ')}: ${asked(one)}`;
    return diff(before, after, AT)
      .filter(({ subject, requirement }) => subject === 'requirement' && requirement?.includes('/online/'))
      .map(of);
  };

  it('a task that needs a host no longer leaves it open for those that do', async () => {
    const told = await lines((row) =>
      row.endpoint === 'api.replicated.com' && row.tasks.includes('upgrade')
        ? [{ ...row, tasks: row.tasks.filter((task) => task !== 'upgrade') }]
        : [row],
    );
    expect(told).toEqual(['upgrade online api.replicated.com: none/none']);
  });

  it('what nobody knows the addresses of is not to be closed by address', async () => {
    const gone = ['docker-hub', 'third-party-registries'];
    const told = await lines((row) => (gone.includes(row.endpoint ?? '') ? [] : [row]));
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/ (docker-hub|third-party-registries): close\/none$/);
  });
});

describe('what is told to be closed', () => {
  const inEffect = ({ catalog }: Content) => requirementsOf(catalog).filter(({ need }) => need !== 'not-required');
  const isBothWays = (one: string, other: string) => one === other || [one, other].includes('bidirectional');
  const overlaps = (some: readonly PortRange[], others: readonly PortRange[]) =>
    some.length === 0 ||
    others.length === 0 ||
    some.some((a) => others.some((b) => a.protocol === b.protocol && a.from <= b.to && b.from <= a.to));
  /** Whether another asks for some of the same: by the same endpoint or zone. */
  const alike = (one: Requirement, ports: readonly PortRange[]) => (other: Requirement) =>
    other.ref !== one.ref &&
    other.endpoint.name === one.endpoint.name &&
    (other.endpoint.kind === 'zone') === (one.endpoint.kind === 'zone') &&
    isBothWays(other.direction, one.direction) &&
    overlaps(other.ports, ports);
  const blocksOf = (content: Content, requirements: readonly Requirement[]) => {
    const published = new Set(content.catalog.endpoints.filter((one) => one.published).map(({ name }) => name));
    const names = requirements.flatMap(({ endpoint }) => [
      ...namesOf(endpoint),
      ...(published.has(endpoint.name) ? ['general'] : []),
    ]);
    return content.addresses.filter((one) => isInUse(one) && names.includes(one.host)).map(({ cidr }) => cidr);
  };

  it('nothing else needs any longer', () => {
    fc.assert(
      fc.property(twoContents, ([before, after]) => {
        const had = new Map(requirementsOf(before.catalog).map((one) => [one.ref, one]));
        const closed = diff(before, after, AT).flatMap((one) => {
          const was = had.get(one.requirement ?? '');
          return was === undefined || one.action.byName !== 'close' ? [] : [{ ...one, was }];
        });
        const stillAsked = closed.flatMap(({ subject, current, previous, was }) => {
          const isGone = current === null || (current as { need?: string }).need === 'not-required';
          const ports = subject === 'port' ? [previous as unknown as PortRange] : was.ports;
          return isGone ? inEffect(after).filter(alike(was, ports)) : [];
        });
        expect(stillAsked).toEqual([]);
        const withoutBlock = closed.filter(({ action, was }) => {
          const others = inEffect(after).filter(({ endpoint }) => endpoint.name !== was.endpoint.name);
          const kept = blocksOf(after, others);
          const isFree = blocksOf(before, [was]).some((block) => !kept.includes(block));
          return was.endpoint.kind !== 'zone' && (action.byAddress === 'close') !== isFree;
        });
        expect(withoutBlock).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog, Need } from '../../src/model/catalog.js';
import { MOST_VALUES, namingOf, unknownValue } from '../../src/model/naming.js';
import { select, trimAddresses } from '../../src/model/select.js';
import {
  SELECTION_PARAMETERS,
  hostNames,
  parseSelection,
  type Selection,
  type SelectionInput,
  USUAL_STATUSES,
} from '../../src/model/selection.js';
import { openRevision } from '../../src/model/snapshot.js';
import { catalog, held, revision, shippedContent, snapshotOf } from './fixture.js';

const snapshot = snapshotOf();
const shipped = openRevision(revision, await shippedContent());

function parse(input: SelectionInput, of: Catalog = catalog, defaultNeed: readonly Need[] | null = null): Selection {
  const { selection, faults } = parseSelection(input, of, defaultNeed);
  expect(faults).toEqual([]);
  return selection;
}
const faultsOf = (input: SelectionInput) => parseSelection(input, catalog, null).faults;
const selected = (input: SelectionInput) => select(snapshot, parse(input));
const refs = (input: SelectionInput) => selected(input).map(({ ref }) => ref.slice('acme/'.length));

describe('a selection', () => {
  it('of nothing in particular is of everything, with the addresses that firewalls keep open', () => {
    expect(parse({})).toEqual({
      product: 'acme',
      task: null,
      mode: null,
      need: null,
      host: null,
      zone: null,
      direction: null,
      protocol: null,
      port: null,
      family: null,
      status: ['current', 'retiring'],
    });
  });

  it('has every parameter that there is a name for', () => {
    expect(Object.keys(parse({})).toSorted()).toEqual(SELECTION_PARAMETERS.toSorted());
  });

  it.each<[SelectionInput, Partial<Selection>]>([
    [{ product: ['acme'] }, { product: 'acme' }],
    [{ product: ['acme-classic'] }, { product: 'acme' }],
    [{ task: ['upgrade'] }, { task: ['upgrade'] }],
    [{ task: ['run', 'install'] }, { task: ['install', 'run'] }],
    [{ task: ['upgrade', 'update', 'upgrade'] }, { task: ['upgrade'] }],
    [{ task: ['all'] }, { task: null }],
    [{ mode: ['offline'] }, { mode: ['airgap'] }],
    [{ mode: ['airgap', 'online'] }, { mode: ['online', 'airgap'] }],
    [{ need: ['not-required', 'required'] }, { need: ['required', 'not-required'] }],
    [{ host: ['images.hub.example'] }, { host: ['images.hub.example'] }],
    [{ host: ['download.example.com'] }, { host: ['get.example.com'] }],
    [{ host: ['console-network'] }, { host: ['admin-network'] }],
    [{ zone: ['console-network'] }, { zone: ['admin-network'] }],
    [{ direction: ['bidirectional', 'outbound'] }, { direction: ['outbound', 'bidirectional'] }],
    [{ protocol: ['udp', 'tcp'] }, { protocol: ['tcp', 'udp'] }],
    [{ port: ['8800', '443', '443', '65535', '1'] }, { port: [1, 443, 8800, 65_535] }],
    [{ family: ['ipv6'] }, { family: ['ipv6'] }],
    [{ status: ['retired', 'current'] }, { status: ['current', 'retired'] }],
  ])('asked as %j reads %j', (input, expected) => {
    expect(parse(input)).toEqual({ ...parse({}), ...expected });
  });

  it('means the needs it is told where it names none, and its own where it does', () => {
    expect(parse({}, catalog, ['required']).need).toEqual(['required']);
    expect(parse({ need: ['conditional'] }, catalog, ['required']).need).toEqual(['conditional']);
  });

  it('tells the old names that were used', () => {
    const { aliases } = parseSelection({ task: ['update', 'run'], mode: ['offline'] }, catalog, null);
    expect(aliases).toEqual([
      { name: 'update', deprecated: '2025-01-01T00:00:00Z', sunset: '2027-01-01T00:00:00Z' },
      { name: 'offline', deprecated: null, sunset: null },
    ]);
    expect(parseSelection({ task: ['upgrade'] }, catalog, null).aliases).toEqual([]);
  });

  it('is the same whatever the order of its values, and however often each is said', () => {
    const { catalog } = shipped;
    const input = fc.record(
      {
        task: some(...catalog.tasks.map(({ name }) => name), 'app-upgrade'),
        mode: some('online', 'airgap'),
        need: some('required', 'conditional', 'not-required'),
        host: some(...hostNames(catalog)),
        zone: some('internet', 'admin-network', 'cluster-network'),
        direction: some('outbound', 'inbound', 'bidirectional'),
        protocol: some('tcp', 'udp'),
        port: some('443', '8800', '9870', '9875', '22'),
        family: some('ipv4', 'ipv6'),
        status: some('current', 'announced', 'retiring', 'retired'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(input, fc.nat(), (asked, seed) => {
        const other = Object.fromEntries(
          Object.entries(asked).map(([name, values]) => {
            const turn = seed % values.length;
            return [name, [...values.slice(turn), ...values.slice(0, turn)].toReversed().concat(values[0]!)];
          }),
        );
        expect(parse(other, catalog)).toEqual(parse(asked, catalog));
      }),
    );
  });
});

describe('a value that is not allowed', () => {
  const tasks = ['install', 'upgrade', 'run'];
  const hosts = [
    'api.example.com',
    'get.example.com',
    'registry.example.org',
    'blobs.example.org',
    '*.layers.example.org',
    'hub',
    'auth.hub.example',
    'images.hub.example',
    '*.cdn.example.net',
    'mirrors',
    'admin-network',
  ];

  it.each<[SelectionInput, readonly string[], string | null]>([
    [{ product: ['acne'] }, ['acme'], 'acme'],
    [{ task: ['ugprade'] }, tasks, 'upgrade'],
    [{ task: ['UPGRADE'] }, tasks, 'upgrade'],
    [{ task: ['updat'] }, tasks, 'upgrade'],
    [{ task: ['delete'] }, tasks, null],
    [{ task: ['upgrade '] }, tasks, 'upgrade'],
    [{ mode: ['onlin'] }, ['online', 'airgap'], 'online'],
    [{ mode: ['offlin'] }, ['online', 'airgap'], 'airgap'],
    [{ need: ['require'] }, ['required', 'conditional', 'not-required'], 'required'],
    [{ host: ['api.exmaple.com'] }, hosts, 'api.example.com'],
    [{ host: ['API.example.com'] }, hosts, 'api.example.com'],
    [{ host: ['internet'] }, hosts, null],
    [{ zone: ['intranet'] }, ['internet', 'admin-network'], 'internet'],
    [{ direction: ['inbuond'] }, ['outbound', 'inbound', 'bidirectional'], 'inbound'],
    [{ protocol: ['TCP'] }, ['tcp', 'udp'], 'tcp'],
    [{ protocol: ['icmp'] }, ['tcp', 'udp'], null],
    [{ family: ['ip6'] }, ['ipv4', 'ipv6'], 'ipv6'],
    [{ status: ['retring'] }, ['current', 'announced', 'retiring', 'retired'], 'retiring'],
  ])('in %j is a fault that says what is, and what was meant', (input, allowed, didYouMean) => {
    const [[parameter, [value]]] = Object.entries(input) as [[string, [string]]];
    const hint = didYouMean === null ? `Allowed: ${allowed.join(', ')}.` : `Did you mean "${didYouMean}"?`;
    expect(faultsOf(input)).toEqual([
      {
        code: 'unknown-value',
        parameter,
        value,
        message: `"${value}" is not a value of the parameter "${parameter}". ${hint}`,
        allowed,
        didYouMean,
      },
    ]);
  });

  it.each(SELECTION_PARAMETERS)('is the empty one: %s', (parameter) => {
    const faults = faultsOf({ [parameter]: [''] });
    expect(faults).toMatchObject([{ code: 'empty-value', parameter, value: '', didYouMean: null }]);
    expect(faults[0]!.allowed).not.toEqual([]);
  });

  it('is a fault of its own, beside others', () => {
    const faults = faultsOf({ task: ['x1', 'install', 'x2'], mode: ['x3'], port: ['0'], status: [''] });
    expect(faults.map(({ parameter, value }) => [parameter, value])).toEqual([
      ['task', 'x1'],
      ['task', 'x2'],
      ['mode', 'x3'],
      ['port', '0'],
      ['status', ''],
    ]);
  });

  it.each([
    '0',
    '65536',
    '99999',
    '100000',
    '01',
    '0443',
    '1e3',
    ' 80',
    '80 ',
    '+80',
    '-80',
    '80.0',
    '0x50',
    '８０',
    '80-90',
    'https',
  ])('is no port: %j', (value) => {
    expect(faultsOf({ port: [value] })).toEqual([
      {
        code: 'malformed-value',
        parameter: 'port',
        value,
        message: `"${value}" is not a value of the parameter "port". It takes whole numbers from 1 to 65535.`,
        allowed: ['1…65535'],
        didYouMean: null,
      },
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('may be a word that objects know: %s', (value) => {
    expect(faultsOf({ task: [value] })).toMatchObject([{ code: 'unknown-value', value, didYouMean: null }]);
  });

  it('lists what is allowed where nothing is close, and nothing where there is nothing', () => {
    expect(unknownValue('facet', 'xyz', [])).toEqual({
      code: 'unknown-value',
      parameter: 'facet',
      value: 'xyz',
      message: '"xyz" is not a value of the parameter "facet". Allowed: .',
      allowed: [],
      didYouMean: null,
    });
  });

  it.each(['task', 'mode', 'host', 'port', 'family'] as const)('takes no empty list for %s', (parameter) => {
    expect(faultsOf({ [parameter]: [] })).toMatchObject([{ code: 'empty-value', parameter }]);
  });

  it.each(['task', 'host', 'port'] as const)('reads no more than so many values of %s', (parameter) => {
    const many = Array.from({ length: MOST_VALUES + 1 }, (_, i) => String(i + 1));
    expect(faultsOf({ [parameter]: many })).toMatchObject([{ code: 'malformed-value', parameter, allowed: [] }]);
    expect(faultsOf({ port: many.slice(1) })).toEqual([]);
  });

  it('close to an old name is told the new one', () => {
    const naming = namingOf([{ name: 'new', aliases: [{ name: 'classical', deprecated: null, sunset: null }] }]);
    expect(unknownValue('task', 'clasical', ['new'], naming).didYouMean).toBe('new');
  });
});

describe('selected rows', () => {
  it('are all where nothing is asked', () => {
    expect(refs({})).toEqual(snapshot.requirements.map(({ ref }) => ref.slice('acme/'.length)));
  });

  it.each<[SelectionInput, string[]]>([
    [{ task: ['run'] }, ['run/online/console', 'run/airgap/console']],
    [{ task: ['install'], mode: ['airgap'], need: ['required'] }, ['install/airgap/console']],
    [{ need: ['conditional'] }, ['upgrade/online/hub']],
    [
      { zone: ['admin-network'], mode: ['online'] },
      ['install/online/console', 'upgrade/online/console', 'run/online/console'],
    ],
    [{ direction: ['bidirectional'], task: ['run'] }, ['run/online/console', 'run/airgap/console']],
    [{ direction: ['inbound'] }, []],
    [{ host: ['hub'] }, ['upgrade/online/hub', 'upgrade/airgap/hub']],
    [{ host: ['auth.hub.example'] }, ['upgrade/online/hub', 'upgrade/airgap/hub']],
    [
      { host: ['blobs.example.org'], task: ['install'] },
      ['install/online/registry.example.org', 'install/airgap/registry.example.org'],
    ],
    [
      { host: ['*.cdn.example.net', 'mirrors'], mode: ['online'] },
      ['upgrade/online/*.cdn.example.net', 'upgrade/online/mirrors'],
    ],
    [{ host: ['download.example.com'], mode: ['online'] }, ['install/online/get.example.com']],
    [{ host: ['admin-network'], task: ['run'] }, ['run/online/console', 'run/airgap/console']],
    [{ host: ['hub'], task: ['install'] }, []],
    [{ port: ['80'], mode: ['online'] }, ['install/online/get.example.com']],
    [{ port: ['22'] }, []],
    [
      { protocol: ['udp'], task: ['upgrade'], mode: ['online'] },
      ['upgrade/online/registry.example.org', 'upgrade/online/*.cdn.example.net'],
    ],
    [{ protocol: ['udp'], port: ['443'] }, ['upgrade/online/*.cdn.example.net']],
  ])('for %j are %j', (input, expected) => {
    expect(refs(input)).toEqual(expected);
  });

  it('keep only the ports that match, and these uncut', () => {
    const ports = (input: SelectionInput) =>
      selected({ host: ['registry.example.org'], task: ['install'], mode: ['online'], ...input }).map((one) =>
        one.ports.map(({ protocol, from, to }) => `${protocol} ${from}-${to}`),
      );
    expect(ports({})).toEqual([['tcp 443-443', 'tcp 5000-5010', 'udp 5005-5020']]);
    expect(ports({ port: ['5007'] })).toEqual([['tcp 5000-5010', 'udp 5005-5020']]);
    expect(ports({ port: ['5000'] })).toEqual([['tcp 5000-5010']]);
    expect(ports({ port: ['5020'] })).toEqual([['udp 5005-5020']]);
    expect(ports({ port: ['5021'] })).toEqual([]);
    expect(ports({ port: ['4999'] })).toEqual([]);
    expect(ports({ protocol: ['udp'] })).toEqual([['udp 5005-5020']]);
    expect(ports({ protocol: ['udp'], port: ['443'] })).toEqual([]);
    expect(ports({ protocol: ['tcp'], port: ['443', '5007'] })).toEqual([['tcp 443-443', 'tcp 5000-5010']]);
  });

  it('without ports are kept unless ports are asked for', () => {
    const rows = catalog.rows.map((row) => ({ ...row, ports: [] }));
    const opened = snapshotOf({ catalog: { ...catalog, rows } });
    const count = (input: SelectionInput) => select(opened, parse(input)).length;
    expect([count({}), count({ port: ['443'] }), count({ protocol: ['tcp'] })]).toEqual([21, 0, 0]);
  });

  it('lose addresses by family and status, but are never lost for that', () => {
    const shown = (input: SelectionInput) =>
      selected({ host: ['api.example.com'], task: ['install'], mode: ['online'], ...input }).map(({ addresses }) =>
        addresses.map(({ cidr }) => cidr),
      );
    expect(shown({})).toEqual([['20.0.0.1/32', '2600:1::1/128']]);
    expect(shown({ family: ['ipv6'] })).toEqual([['2600:1::1/128']]);
    expect(shown({ status: ['retired'] })).toEqual([['20.0.0.9/32']]);
    expect(shown({ status: ['announced'] })).toEqual([['20.0.4.0/24']]);
    expect(shown({ status: ['retiring'] })).toEqual([[]]);
    expect(shown({ status: ['current', 'announced', 'retiring', 'retired'] })).toEqual([
      ['20.0.0.1/32', '20.0.0.9/32', '20.0.4.0/24', '2600:1::1/128'],
    ]);
    expect(refs({ family: ['ipv6'], status: ['retired'] })).toEqual(refs({}));
  });

  it('show retiring addresses unless asked not to', () => {
    const [get] = selected({ host: ['get.example.com'], mode: ['online'] });
    expect(get?.addresses.map(({ cidr, status }) => `${cidr} ${status}`)).toEqual([
      '20.0.0.1/32 current',
      '20.0.0.2/32 retiring',
    ]);
  });

  it('have their coverage worked out after trimming', () => {
    const coverage = (input: SelectionInput) =>
      selected({
        task: ['install'],
        mode: ['online'],
        host: ['api.example.com', 'get.example.com', 'admin-network'],
        ...input,
      }).map((one) => one.addressCoverage);
    expect(coverage({})).toEqual(['not-applicable', 'full', 'full']);
    expect(coverage({ family: ['ipv6'] })).toEqual(['not-applicable', 'full', 'none']);
    expect(coverage({ status: ['retiring'] })).toEqual(['not-applicable', 'none', 'full']);
    expect(coverage({ status: ['announced'], family: ['ipv6'] })).toEqual(['not-applicable', 'none', 'none']);
  });

  it('of a service are covered in part where a family leaves out one of its names', () => {
    const opened = snapshotOf({
      addresses: [
        held('auth.hub.example', '20.0.0.1'),
        held('auth.hub.example', '2600::1'),
        held('images.hub.example', '20.0.0.2'),
      ],
    });
    const coverage = (input: SelectionInput) =>
      select(opened, parse({ host: ['hub'], mode: ['online'], ...input })).map((one) => one.addressCoverage);
    expect([coverage({}), coverage({ family: ['ipv6'] })]).toEqual([['full'], ['partial']]);
  });

  it('are copies: what is selected from stays whole', () => {
    const before = structuredClone(snapshot.requirements);
    selected({ family: ['ipv6'], port: ['443'], status: ['retired'] });
    expect(snapshot.requirements).toEqual(before);
  });

  it('of addresses only keep family and status', () => {
    const both = [held('a.example', '20.0.0.1'), held('a.example', '2600::1', { status: 'retired' })];
    const shown = both.map((one) => ({
      ...one,
      family: one.cidr.includes(':') ? ('ipv6' as const) : ('ipv4' as const),
      sharedWith: [],
    }));
    expect(trimAddresses(shown, { family: null, status: ['retired'] })).toEqual([shown[1]]);
    expect(trimAddresses(shown, { family: ['ipv4'], status: ['current', 'retired'] })).toEqual([shown[0]]);
    expect(trimAddresses(shown, { family: [], status: ['current', 'retired'] })).toEqual([]);
    for (const status of [['current', 'retiring'], USUAL_STATUSES] as const)
      expect(trimAddresses(shown, { family: null, status })).toEqual([shown[0]]);
  });
});

describe('the names that host takes', () => {
  it('are endpoints, their hosts and companions, and zones that have rules, each once', () => {
    expect(hostNames(catalog)).toEqual([
      'api.example.com',
      'get.example.com',
      'registry.example.org',
      'blobs.example.org',
      '*.layers.example.org',
      'hub',
      'auth.hub.example',
      'images.hub.example',
      '*.cdn.example.net',
      'mirrors',
      'admin-network',
    ]);
  });
});

describe('over the catalog that ships', () => {
  const { catalog } = shipped;
  const dimensions = {
    task: catalog.tasks.map(({ name }) => name),
    mode: ['online', 'airgap'],
    need: ['required', 'conditional', 'not-required'],
    host: hostNames(catalog),
    zone: ['internet', 'admin-network', 'cluster-network'],
    direction: ['outbound', 'inbound', 'bidirectional'],
    protocol: ['tcp', 'udp'],
    port: ['22', '443', '8800', '9869', '9870', '9880', '9881'],
    family: ['ipv4', 'ipv6'],
    status: ['current', 'announced', 'retiring', 'retired'],
  } as const;
  type Dimension = keyof typeof dimensions;
  const choose = (input: SelectionInput) => select(shipped, parse(input, catalog));
  /** An answer as a set of its parts: each row with each of its ports and addresses. */
  const partsOf = (input: SelectionInput) =>
    new Set(
      choose(input).flatMap(({ ref, ports, addresses }) => [
        ref,
        ...ports.map(({ protocol, from, to }) => `${ref} ${protocol} ${from}-${to}`),
        ...addresses.map(({ cidr, host }) => `${ref} ${cidr} ${host}`),
      ]),
    );
  const everyStatus = { status: dimensions.status };
  const dimension = fc.constantFrom(...(Object.keys(dimensions) as Dimension[]));
  const values = dimension.chain((name) => some(...dimensions[name]).map((chosen) => ({ name, chosen })));

  it.each([
    [{ task: ['upgrade'], mode: ['online'] }, 7, ['required']],
    [{ task: ['app-upgrade'], mode: ['airgap'] }, 7, ['not-required', 'required']],
    [{ task: ['run'] }, 4, ['required']],
    [{ host: ['cdn03.quay.io'], need: ['required'] }, 3, ['required']],
    [{ port: ['9875'] }, 12, ['required']],
    [{ zone: ['internet'], mode: ['airgap'], need: ['required', 'conditional'] }, 0, []],
    [{ zone: ['internet'], direction: ['inbound', 'bidirectional'] }, 0, []],
  ] as [SelectionInput, number, string[]][])('%j has %i rows', (input, count, needs) => {
    const rows = choose(input);
    expect(rows).toHaveLength(count);
    expect([...new Set(rows.map(({ need }) => need))].sort()).toEqual(needs);
  });

  it('OR inside a parameter is the union of the single answers', () => {
    fc.assert(
      fc.property(values, ({ name, chosen }) => {
        const single = chosen.map((value) => partsOf({ ...everyStatus, [name]: [value] }));
        expect(partsOf({ ...everyStatus, [name]: chosen })).toEqual(single.reduce((all, one) => all.union(one)));
      }),
    );
  });

  it('AND between parameters is the intersection of their answers', () => {
    // One port entry must meet both protocol and port; every row here has one, so rows intersect for these too.
    fc.assert(
      fc.property(values, values, (a, b) => {
        fc.pre(a.name !== b.name);
        const both = partsOf({ ...everyStatus, [a.name]: a.chosen, [b.name]: b.chosen });
        const [one, other] = [a, b].map(({ name, chosen }) => partsOf({ ...everyStatus, [name]: chosen }));
        expect(both).toEqual(one!.intersection(other!));
      }),
    );
  });

  it('rows keep their order, whatever is asked', () => {
    const order = new Map(shipped.requirements.map(({ ref }, i) => [ref, i]));
    fc.assert(
      fc.property(values, values, (a, b) => {
        const places = choose({ [a.name]: a.chosen, [b.name]: b.chosen }).map(({ ref }) => order.get(ref)!);
        expect(places).toEqual(places.toSorted((x, y) => x - y));
      }),
    );
  });
});

function some(...values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...values], { minLength: 1 });
}

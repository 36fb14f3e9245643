import { describe, expect, it } from 'vitest';
import { SMALL_ROW, loaded } from './own.js';

/** The one row of the small catalog, with other members. */
function row(members: Readonly<Record<string, unknown>> = {}, others: Readonly<Record<string, unknown>> = {}) {
  return loaded({ ...others, requirements: [{ ...SMALL_ROW, ...members }] }).rows[0]!;
}

describe('a catalog that says no more than it must', () => {
  it('has every member, null or empty where nothing is said', () => {
    expect(loaded()).toEqual({
      product: 'own',
      title: 'Own',
      aliases: [],
      upstream: null,
      documents: [],
      notes: [],
      promises: [],
      modes: [{ name: 'online', title: 'Online', description: null, aliases: [] }],
      tasks: [
        { name: 'install', title: 'Installation', description: null, document: null, section: null, aliases: [] },
      ],
      zones: [{ name: 'internet', title: 'The internet', description: null, external: true, aliases: [] }],
      endpoints: [
        {
          name: 'a.com',
          kind: 'host',
          title: 'a.com',
          hosts: ['a.com'],
          companions: [],
          published: false,
          operator: null,
          fill: null,
          document: null,
          aliases: [],
        },
      ],
      rows: [
        {
          name: 'a.com',
          endpoint: 'a.com',
          zone: 'internet',
          tasks: ['install'],
          need: [{ mode: 'online', need: 'required' }],
          direction: 'outbound',
          initiator: 'installed-host',
          ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'stated' }],
          description: 'A.',
          ifBlocked: null,
          data: null,
          topology: null,
          document: null,
          section: null,
        },
      ],
    });
  });
});

describe('who opens the connection', () => {
  it.each([
    ['outbound', 'installed-host'],
    ['inbound', 'far-side'],
    ['bidirectional', 'either'],
  ])('of an %s row is the %s, where it is not said', (direction, initiator) => {
    expect(row({ direction }).initiator).toBe(initiator);
  });

  it.each(['installed-host', 'far-side', 'either'])('is the %s where it is said', (initiator) => {
    expect(row({ direction: 'bidirectional', initiator }).initiator).toBe(initiator);
  });
});

describe('a port', () => {
  it('is stated unless it is said to be assumed', () => {
    expect(row({ ports: [{ tcp: 443 }, { tcp: 444, basis: 'stated' }, { tcp: 445, basis: 'assumed' }] }).ports).toEqual(
      [
        { protocol: 'tcp', from: 443, to: 443, basis: 'stated' },
        { protocol: 'tcp', from: 444, to: 444, basis: 'stated' },
        { protocol: 'tcp', from: 445, to: 445, basis: 'assumed' },
      ],
    );
  });

  it('may be a range, of either protocol or of both', () => {
    expect(row({ ports: [{ tcp: '1-65535' }, { udp: 53, tcp: '53-53', basis: 'assumed' }] }).ports).toEqual([
      { protocol: 'tcp', from: 1, to: 65_535, basis: 'stated' },
      { protocol: 'tcp', from: 53, to: 53, basis: 'assumed' },
      { protocol: 'udp', from: 53, to: 53, basis: 'assumed' },
    ]);
  });
});

describe('a row', () => {
  const two = {
    modes: { online: { title: 'Online' }, airgap: { title: 'Airgap' } },
    tasks: { install: { title: 'Installation' }, upgrade: { title: 'Upgrade' }, run: { title: 'Running' } },
    zones: { internet: { title: 'The internet' }, lan: { title: 'The network', external: false } },
  };

  it('needs the same in every mode by one word', () => {
    expect(row({ need: 'conditional' }, two).need).toEqual([
      { mode: 'online', need: 'conditional' },
      { mode: 'airgap', need: 'conditional' },
    ]);
  });

  it('has its needs in the order of the modes, and none in a mode that it leaves out', () => {
    expect(row({ need: { airgap: 'not-required', online: 'required' } }, two).need).toEqual([
      { mode: 'online', need: 'required' },
      { mode: 'airgap', need: 'not-required' },
    ]);
    expect(row({ need: { airgap: 'required' } }, two).need).toEqual([{ mode: 'airgap', need: 'required' }]);
  });

  it('has its tasks in the order of the catalog', () => {
    expect(row({ tasks: ['run', 'install'] }, two).tasks).toEqual(['install', 'run']);
    expect(row({ tasks: 'all' }, two).tasks).toEqual(['install', 'upgrade', 'run']);
  });

  it('with a zone is known by its own name', () => {
    const { endpoint: _endpoint, ...rest } = SMALL_ROW;
    const { rows } = loaded({ ...two, requirements: [{ ...rest, zone: 'lan', name: 'console' }] });
    expect(rows[0]).toMatchObject({ name: 'console', endpoint: null, zone: 'lan' });
  });

  it('has its variant at the end of its name', () => {
    const requirements = [SMALL_ROW, { ...SMALL_ROW, variant: 'large-files' }];
    expect(loaded({ requirements }).rows.map(({ name }) => name)).toEqual(['a.com', 'a.com-large-files']);
  });

  it('keeps what is said of it, without the white space around it', () => {
    const documents = { manual: { title: 'Manual' } };
    const said = {
      description: '  Two\nlines.\n',
      ifBlocked: 'Nothing works.',
      data: { sends: 'The license.' },
      topology: { 'multi-host': 'between hosts' },
      document: 'manual',
      section: 'Ports',
    };
    expect(row(said, { documents })).toMatchObject({
      description: 'Two\nlines.',
      ifBlocked: 'Nothing works.',
      data: { sends: 'The license.', receives: null },
      topology: { singleHost: null, multiHost: 'between hosts' },
      document: 'manual',
      section: 'Ports',
    });
  });
});

describe('an endpoint', () => {
  it.each([
    ['a host', 'b.com', { kind: 'host' }, ['b.com']],
    ['a wildcard', '*.b.com', { kind: 'wildcard' }, ['*.b.com']],
    ['a service', 'b', { kind: 'service', hosts: ['c.com', '*.b.com'] }, ['c.com', '*.b.com']],
    ['a placeholder', 'b', { kind: 'placeholder', fill: 'your registries' }, []],
  ])('that is %s stands for its names', (_what, name, endpoint, hosts) => {
    const { endpoints } = loaded({ endpoints: { 'a.com': { kind: 'host' }, [name]: endpoint } });
    expect(endpoints[1]).toMatchObject({ name, title: name, hosts });
  });

  it('has its own title, operator and document where they are said', () => {
    const endpoints = {
      'a.com': { kind: 'host', title: 'A', operator: 'A Ltd', document: 'manual', addresses: 'published' },
    };
    const catalog = loaded({ endpoints, documents: { manual: { title: 'Manual' } }, upstream: {} });
    expect(catalog.endpoints[0]).toMatchObject({ title: 'A', operator: 'A Ltd', document: 'manual', published: true });
  });

  it('has companions apart, with or without a document', () => {
    const companions = [{ hosts: ['cdn.a.com', '*.cdn.a.com'], why: 'images' }];
    const { endpoints } = loaded({ endpoints: { 'a.com': { kind: 'host', companions } } });
    expect(endpoints[0]).toMatchObject({
      hosts: ['a.com'],
      companions: [{ hosts: ['cdn.a.com', '*.cdn.a.com'], document: null, why: 'images' }],
    });
  });
});

describe('what else is said', () => {
  it('of upstream: the limits that differ from the defaults', () => {
    expect(loaded({ upstream: {} }).upstream).toEqual({
      url: null,
      seed: null,
      limits: { bytes: 1_048_576, hosts: 500, addresses: 5_000, widestIpv4: 20, widestIpv6: 32 },
    });
    const upstream = {
      url: 'https://a.com/list.json',
      seed: 'a.history.jsonl',
      limits: { bytes: 2_048, widestIpv4: 24 },
    };
    expect(loaded({ upstream }).upstream).toEqual({
      url: 'https://a.com/list.json',
      seed: 'a.history.jsonl',
      limits: { bytes: 2_048, hosts: 500, addresses: 5_000, widestIpv4: 24, widestIpv6: 32 },
    });
  });

  it('of documents: dates as days', () => {
    const documents = {
      manual: { title: 'Manual', url: 'https://a.com/', published: '2016-02-29' },
      other: { title: 'Other' },
    };
    expect(loaded({ documents }).documents).toEqual([
      { name: 'manual', title: 'Manual', url: 'https://a.com/', published: '2016-02-29', modified: null },
      { name: 'other', title: 'Other', url: null, published: null, modified: null },
    ]);
  });

  it('in notes: of the first document unless another is named', () => {
    const documents = { manual: { title: 'Manual' }, other: { title: 'Other' } };
    const notes = [{ text: ' One.\n' }, { text: 'Two.', document: 'other', section: 'Ports' }];
    expect(loaded({ documents, notes }).notes).toEqual([
      { document: 'manual', section: null, text: 'One.' },
      { document: 'other', section: 'Ports', text: 'Two.' },
    ]);
  });

  it('in promises: one word is a list of one, and what is not said is open', () => {
    const promises = [
      { text: 'Nothing comes in.\n', never: { zone: 'internet', direction: ['inbound', 'bidirectional'] } },
      { text: 'No task needs it.', never: { task: 'install', mode: ['online'], need: 'conditional' } },
    ];
    expect(loaded({ promises }).promises).toEqual([
      {
        text: 'Nothing comes in.',
        never: { task: null, mode: null, need: null, zone: ['internet'], direction: ['inbound', 'bidirectional'] },
      },
      {
        text: 'No task needs it.',
        never: { task: ['install'], mode: ['online'], need: ['conditional'], zone: null, direction: null },
      },
    ]);
  });

  it('in aliases: a name, and from when to when it is old, as instants', () => {
    const aliases = ['old', { name: 'older', deprecated: '2026-01-01', sunset: '2027-01-01' }, { name: 'oldest' }];
    const tasks = { install: { title: 'Installation', aliases } };
    const expected = [
      { name: 'old', deprecated: null, sunset: null },
      { name: 'older', deprecated: '2026-01-01T00:00:00Z', sunset: '2027-01-01T00:00:00Z' },
      { name: 'oldest', deprecated: null, sunset: null },
    ];
    const catalog = loaded({ aliases, tasks });
    expect(catalog.aliases).toEqual(expected);
    expect(catalog.tasks[0]?.aliases).toEqual(expected);
  });

  it('keeps the order of tasks, modes, zones, endpoints and rows', () => {
    const titled = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { title: name }]));
    const names = ['z', 'a', 'm'];
    const catalog = loaded({
      modes: titled(names),
      tasks: titled(names),
      zones: titled(['internet', ...names]),
      endpoints: Object.fromEntries(names.map((name) => [`${name}.com`, { kind: 'host' }])),
      requirements: names.map((name) => ({ ...SMALL_ROW, endpoint: `${name}.com` })),
    });
    expect(catalog.modes.map(({ name }) => name)).toEqual(names);
    expect(catalog.tasks.map(({ name }) => name)).toEqual(names);
    expect(catalog.zones.map(({ name }) => name)).toEqual(['internet', ...names]);
    expect(catalog.endpoints.map(({ name }) => name)).toEqual(['z.com', 'a.com', 'm.com']);
    expect(catalog.rows.map(({ name }) => name)).toEqual(['z.com', 'a.com', 'm.com']);
  });
});

describe('names', () => {
  it('of modes, tasks and zones may be the same, and their aliases too', () => {
    const both = { both: { title: 'Both', aliases: ['old'] } };
    const catalog = loaded({ modes: both, tasks: both, zones: { internet: { title: 'The internet' }, ...both } });
    expect(catalog.modes[0]?.name).toBe('both');
    expect(catalog.tasks[0]?.name).toBe('both');
  });
});

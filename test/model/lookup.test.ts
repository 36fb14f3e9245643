import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, formatAddress, formatBlock, overlaps, rangeOf } from '../../src/model/cidr.js';
import { parseLookup } from '../../src/model/lookup-query.js';
import type { Lookup } from '../../src/model/lookup-answer.js';
import { lookUp } from '../../src/model/lookup.js';
import type { HeldAddress } from '../../src/model/address.js';
import type { Catalog, Need } from '../../src/model/catalog.js';
import { noPast, openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { nearBlock } from './arbitrary.js';
import { catalog, held, revision, shippedContent, snapshotOf } from './fixture.js';

const snapshot = snapshotOf();
const shipped = openRevision(revision, await shippedContent());

function ask(text: string, of: Snapshot = snapshot): Lookup {
  const query = parseLookup(text);
  if (!('kind' in query)) throw new TypeError(query.message);
  return lookUp(of, query);
}
const verdict = (text: string, of?: Snapshot) => ask(text, of).verdict;

describe('an address that is looked up', () => {
  it('is required where a requirement needs a current address', () => {
    expect(ask('20.0.0.1')).toEqual({
      query: '20.0.0.1',
      verdict: 'required',
      match: 'full',
      hosts: [
        { name: 'api.example.com', inCatalog: true, from: '2026-01-01T00:00:00Z', to: null },
        { name: 'get.example.com', inCatalog: true, from: '2024-06-01T00:00:00Z', to: null },
        { name: 'other.example.com', inCatalog: false, from: '2026-01-01T00:00:00Z', to: null },
      ],
      requirements: [
        'acme/install/online/api.example.com',
        'acme/install/online/get.example.com',
        'acme/install/airgap/api.example.com',
        'acme/install/airgap/get.example.com',
        'acme/upgrade/online/api.example.com',
        'acme/upgrade/airgap/api.example.com',
      ],
      cannotExclude: ['registry.example.org', 'hub', '*.cdn.example.net', 'mirrors'],
      nearest: null,
    });
  });

  it.each([
    ['20.0.0.2', 'retiring', 'get.example.com', '2025-12-20T00:00:00Z'],
    ['20.0.0.3', 'announced', 'get.example.com', null],
    ['20.0.4.200', 'announced', 'general', null],
    ['20.0.0.9', 'retired', 'api.example.com', '2025-11-01T00:00:00Z'],
    ['20.0.1.5', 'listed', 'other.example.com', null],
  ])('%s is %s, of %s', (text, expected, name, to) => {
    expect(ask(text)).toMatchObject({ verdict: expected, match: 'full', hosts: [{ name, to }], nearest: null });
  });

  it('is unknown where nothing has it, and the closest in its neighbourhood is told', () => {
    expect(ask('20.0.0.200')).toMatchObject({
      verdict: 'unknown',
      match: 'none',
      hosts: [],
      requirements: [],
      nearest: '20.0.0.9/32',
    });
    expect(ask('20.0.0.4').nearest).toBe('20.0.0.3/32');
    expect(ask('20.0.0.8').nearest).toBe('20.0.0.9/32');
    expect(ask('20.0.0.0').nearest).toBe('20.0.0.1/32');
    expect(ask('20.0.1.255').nearest).toBe('20.0.1.0/25');
    expect(ask('2600:1::2').nearest).toBe('2600:1::1/128');
    expect(ask('20.0.9.1').nearest).toBeNull();
    expect(ask('2600:2::1').nearest).toBeNull();
  });

  it('has no requirements where it is retired, or of a host that no catalog names', () => {
    expect(ask('20.0.0.9').requirements).toEqual([]);
    expect(ask('20.0.1.5')).toMatchObject({ requirements: [], hosts: [{ inCatalog: false }] });
  });

  it('has the requirements of its host where it is retiring or announced', () => {
    const get = ['acme/install/online/get.example.com', 'acme/install/airgap/get.example.com'];
    expect(ask('20.0.0.2').requirements).toEqual(get);
    expect(ask('20.0.0.3').requirements).toEqual(get);
  });

  it('of general is required, under every endpoint with published addresses, once it is current', () => {
    const opened = snapshotOf({ addresses: [held('general', '20.0.4.0/24')] });
    expect(ask('20.0.4.9', opened)).toMatchObject({
      verdict: 'required',
      hosts: [{ name: 'general', inCatalog: false }],
      requirements: [
        'acme/install/online/api.example.com',
        'acme/install/online/get.example.com',
        'acme/install/airgap/api.example.com',
        'acme/install/airgap/get.example.com',
        'acme/upgrade/online/api.example.com',
        'acme/upgrade/airgap/api.example.com',
      ],
    });
  });

  it('is required where one host has it now, whatever it is to another', () => {
    const opened = snapshotOf({
      addresses: [held('api.example.com', '20.0.0.1', { status: 'retired' }), held('get.example.com', '20.0.0.1')],
    });
    expect(verdict('20.0.0.1', opened)).toBe('required');
  });

  it.each([
    ['retiring', 'announced', 'retiring'],
    ['announced', 'retired', 'announced'],
    ['retired', 'retiring', 'retiring'],
  ] as const)('that is %s for one host and %s for another is %s', (a, b, expected) => {
    const opened = snapshotOf({
      addresses: [
        held('api.example.com', '20.0.0.1', { status: a }),
        held('get.example.com', '20.0.0.1', { status: b }),
      ],
    });
    expect(verdict('20.0.0.1', opened)).toBe(expected);
  });

  it.each([
    ['required', true],
    ['conditional', true],
    ['not-required', false],
  ] as const)('is required where all that is known of it is %s: %s', (need, expected) => {
    const rows = catalog.rows.map((row) => ({ ...row, need: row.need.map(({ mode }) => ({ mode, need })) }));
    const opened = snapshotOf({ catalog: { ...catalog, rows } });
    expect(verdict('20.0.0.1', opened) === 'required').toBe(expected);
    expect(verdict('api.example.com', opened) === 'required').toBe(expected);
  });

  it('that only an unnamed host still has is listed, though one of the catalog had it once', () => {
    const opened = snapshotOf({
      addresses: [held('api.example.com', '20.0.0.1', { status: 'retired' }), held('other.example.com', '20.0.0.1')],
    });
    expect(verdict('20.0.0.1', opened)).toBe('listed');
  });

  it('may belong to every endpoint of which not all addresses are known', () => {
    const opened = snapshotOf({
      addresses: [held('api.example.com', '20.0.0.1'), held('get.example.com', '20.0.0.2', { status: 'retired' })],
    });
    expect(ask('1.1.1.1', opened).cannotExclude).toEqual([
      'get.example.com',
      'registry.example.org',
      'hub',
      '*.cdn.example.net',
      'mirrors',
    ]);
  });
});

it('an address cannot be kept apart from an endpoint whose addresses are only announced', () => {
  const of = (status: HeldAddress['status']) =>
    ask('1.1.1.1', snapshotOf({ addresses: [held('api.example.com', '20.0.0.1', { status })] })).cannotExclude;
  expect(of('announced')).toContain('api.example.com');
  expect(of('retired')).toContain('api.example.com');
  expect(of('retiring')).not.toContain('api.example.com');
});

describe('a block or range that is looked up', () => {
  it.each([
    ['20.0.4.0/25', 'full'],
    ['20.0.4.0/24', 'full'],
    ['20.0.4.0/23', 'partial'],
    ['20.0.4.250-20.0.5.1', 'partial'],
    ['20.0.0.1-20.0.0.3', 'full'],
    ['20.0.0.2/31', 'full'],
    ['20.0.0.1-20.0.0.4', 'partial'],
    ['20.0.0.4-20.0.0.8', 'none'],
    ['0.0.0.0/0', 'partial'],
    ['2600:1::/32', 'partial'],
    ['2600:2::/32', 'none'],
  ])('%s is known %s', (text, match) => {
    expect(ask(text).match).toBe(match);
  });

  it('is required where any of its addresses is', () => {
    expect(verdict('20.0.0.0/30')).toBe('required');
    expect(verdict('20.0.0.2-20.0.0.9')).toBe('retiring');
    expect(verdict('20.0.0.3-20.0.1.0')).toBe('announced');
    const opened = snapshotOf({
      addresses: [held('get.example.com', '20.0.0.1'), held('get.example.com', '20.0.0.2', { status: 'retiring' })],
    });
    expect(verdict('20.0.0.1-20.0.0.2', opened)).toBe('required');
  });

  it('is answered under its canonical text', () => {
    expect(ask('2600:0001:0::/32').query).toBe('2600:1::/32');
    expect(ask('2600:1:0::0-2600:1::ff').query).toBe('2600:1::-2600:1::ff');
  });

  it('is known just where it meets an address that is held', () => {
    fc.assert(
      fc.property(fc.array(nearBlock, { maxLength: 6 }), nearBlock, (blocks, asked) => {
        const opened = snapshotOf({ addresses: blocks.map((block) => held('api.example.com', formatBlock(block))) });
        const meets = blocks.some((block) => overlaps(rangeOf(block), rangeOf(asked)));
        expect(ask(formatBlock(asked), opened)).toMatchObject({ verdict: meets ? 'required' : 'unknown' });
      }),
    );
  });

  it('has one answer, however it is written', () => {
    fc.assert(
      fc.property(nearBlock, (block) => {
        const { family, first, last } = rangeOf(block);
        const asRange = ask(`${formatAddress(family, first)}-${formatAddress(family, last)}`);
        expect({ ...ask(formatBlock(block)), query: '' }).toEqual({ ...asRange, query: '' });
      }),
    );
  });
});

describe('a name that is looked up', () => {
  it('is required where a requirement needs it', () => {
    expect(ask('Api.Example.com.')).toEqual({
      query: 'api.example.com',
      verdict: 'required',
      match: 'full',
      hosts: [{ name: 'api.example.com', inCatalog: true, from: '2025-06-01T00:00:00Z', to: null }],
      requirements: [
        'acme/install/online/api.example.com',
        'acme/install/airgap/api.example.com',
        'acme/upgrade/online/api.example.com',
        'acme/upgrade/airgap/api.example.com',
      ],
      cannotExclude: ['mirrors'],
      nearest: null,
    });
  });

  it.each([
    ['blobs.example.org', 'a companion', 'registry.example.org'],
    ['x.layers.example.org', 'under a wildcard among the companions', 'registry.example.org'],
    ['a.b.cdn.example.net', 'under a wildcard', '*.cdn.example.net'],
    ['*.cdn.example.net', 'the wildcard itself', '*.cdn.example.net'],
    ['images.hub.example', 'of a service, needed on a condition', 'hub'],
  ])('%s is required: it is %s', (text, _, endpoint) => {
    const answer = ask(text);
    expect(answer).toMatchObject({ verdict: 'required', match: 'full', hosts: [{ name: text, inCatalog: true }] });
    expect(new Set(answer.requirements.map((ref) => ref.split('/')[3]))).toEqual(new Set([endpoint]));
  });

  it.each(['other.example.com', 'empty.example.com'])(
    '%s is listed: upstream has it and no catalog names it',
    (text) => {
      expect(ask(text)).toMatchObject({
        verdict: 'listed',
        match: 'full',
        hosts: [{ name: text, inCatalog: false, to: null }],
        requirements: [],
        nearest: null,
      });
    },
  );

  it('was seen since its first address was, or at no known time', () => {
    const from = (text: string) => ask(text).hosts.map((host) => host.from);
    expect(from('other.example.com')).toEqual(['2026-01-01T00:00:00Z']);
    expect(from('empty.example.com')).toEqual([null]);
    expect(from('images.hub.example')).toEqual([null]);
  });

  it.each([
    ['api.exmaple.com', 'api.example.com'],
    ['othr.example.com', 'other.example.com'],
    ['cdn.example.net', '*.cdn.example.net'],
    ['nothing-like-it.test', null],
    ['general', null],
  ])('%s is unknown, and %s is the closest', (text, nearest) => {
    expect(ask(text)).toEqual({
      query: text,
      verdict: 'unknown',
      match: 'none',
      hosts: [],
      requirements: [],
      cannotExclude: ['mirrors'],
      nearest,
    });
  });
});

const LATER = { from: '2027-01-01T00:00:00Z', until: null, announcement: null };

/** The catalog with an endpoint's rows dated, needed otherwise, or with a host dated. */
function changed(
  name: string,
  { need, rowsLater = false, hostLater }: { need?: Need; rowsLater?: boolean; hostLater?: string },
): Catalog {
  return {
    ...catalog,
    rows: catalog.rows.map((row) => ({
      ...row,
      ...(row.endpoint === name && need !== undefined ? { need: [{ mode: 'online', need }] } : {}),
      ...(row.endpoint === name && rowsLater ? { dated: LATER } : {}),
    })),
    endpoints: catalog.endpoints.map((endpoint) =>
      endpoint.name === name && hostLater !== undefined
        ? {
            ...endpoint,
            hosts: endpoint.hosts.filter((host) => host !== hostLater),
            dated: [{ host: hostLater, ...LATER }],
          }
        : endpoint,
    ),
  };
}

describe('a name that is to come', () => {
  it.each([
    ['new.hub.example', 'a host dated for later', changed('hub', { hostLater: 'new.hub.example' }), 'announced'],
    ['x.new.hub.example', 'under such a wildcard', changed('hub', { hostLater: '*.new.hub.example' }), 'announced'],
    [
      'hub',
      'an endpoint of which another host is to come',
      changed('hub', { hostLater: 'new.hub.example' }),
      'required',
    ],
    ['auth.hub.example', 'beside one that is to come', changed('hub', { hostLater: 'new.hub.example' }), 'required'],
    ['hub', 'an endpoint whose only row is to come', changed('hub', { rowsLater: true }), 'announced'],
    ['auth.hub.example', 'a host of that', changed('hub', { rowsLater: true }), 'announced'],
    ['download.example.com', 'an alias of that', changed('get.example.com', { rowsLater: true }), 'announced'],
    ['get.example.com', 'a listed host of that', changed('get.example.com', { rowsLater: true }), 'announced'],
    ['hub', 'to come and not needed', changed('hub', { rowsLater: true, need: 'not-required' }), 'listed'],
    [
      'new.hub.example',
      'a host to come of what nothing needs',
      changed('hub', { hostLater: 'new.hub.example', need: 'not-required' }),
      'listed',
    ],
    [
      'get.example.com',
      'to come at one endpoint, and needed of another',
      changed('api.example.com', { hostLater: 'get.example.com' }),
      'required',
    ],
  ] as const)('%s, %s', (text, _, dated, expected) => {
    const answer = ask(text, snapshotOf({ catalog: dated }));
    expect(answer).toMatchObject({ verdict: expected, match: 'full', nearest: null });
    expect(answer.hosts.length).toBeGreaterThan(0);
    expect(answer.hosts.every(({ inCatalog, to }) => inCatalog && to === null)).toBe(true);
  });

  it('is the closest to one that is misspelt', () => {
    const opened = snapshotOf({ catalog: changed('hub', { hostLater: 'new.hub.example' }) });
    expect(ask('nwe.hub.example', opened)).toMatchObject({ verdict: 'unknown', nearest: 'new.hub.example' });
  });
});

/** What is held, and what was and is no longer. */
function after(past: readonly HeldAddress[], addresses: readonly HeldAddress[], listed: readonly string[]): Snapshot {
  return openRevision(
    revision,
    { catalog, listedHosts: listed, addresses },
    {
      ...noPast(revision),
      retired: () => past,
      retiredIn: (range) => past.filter(({ cidr }) => overlaps(rangeOf(blockOf(cidr)), range)),
      retiredOf: (host) => past.filter((address) => address.host === host),
    },
  );
}

describe('a name with a past', () => {
  const left = { status: 'retiring', removedAt: '2026-01-01T00:00:00Z', retireAt: '2026-01-31T00:00:00Z' } as const;
  const retired = (host: string, text: string, firstSeenAt: string, removedAt: string) =>
    held(host, text, { status: 'retired', firstSeenAt, removedAt, retireAt: removedAt });
  const past = ['gone.example.com', 'api.example.com', 'other.example.com'].flatMap((host) => [
    retired(host, '20.0.0.7', '2020-01-01T00:00:00Z', '2022-01-01T00:00:00Z'),
    retired(host, '20.0.0.8', '2021-01-01T00:00:00Z', '2024-01-01T00:00:00Z'),
  ]);
  const from = '2020-01-01T00:00:00Z';

  it.each([
    ['gone.example.com', 'is retired', [], [], 'retired', from, '2024-01-01T00:00:00Z', false],
    ['other.example.com', 'is listed still', [], ['other.example.com'], 'listed', from, null, false],
    ['api.example.com', 'is required of the catalog, whatever it has', [], [], 'required', from, null, true],
    [
      'gone.example.com',
      'is retiring while its last address is',
      [held('gone.example.com', '20.0.0.9', left)],
      [],
      'retiring',
      from,
      left.removedAt,
      false,
    ],
    [
      'api.example.com',
      'is required though its last address is retiring',
      [held('api.example.com', '20.0.0.9', left)],
      [],
      'required',
      from,
      null,
      true,
    ],
    [
      'other.example.com',
      'is listed while one of its addresses stays',
      [held('other.example.com', '20.0.0.9', left), held('other.example.com', '20.0.0.10')],
      ['other.example.com'],
      'listed',
      from,
      null,
      false,
    ],
  ] as const)('%s %s', (name, _, addresses, listed, verdict, since, to, inCatalog) => {
    expect(ask(name, after(past, addresses, listed))).toMatchObject({
      verdict,
      match: 'full',
      hosts: [{ name, inCatalog, from: since, to }],
      nearest: null,
    });
  });

  it('is unknown where it had none, and so is general', () => {
    const opened = after([...past, retired('general', '20.0.5.0/24', from, from)], [], []);
    expect(ask('never.example.com', opened)).toMatchObject({ verdict: 'unknown', match: 'none', hosts: [] });
    expect(ask('general', opened)).toMatchObject({ verdict: 'unknown', match: 'none', hosts: [] });
  });
});

describe('in the revision that ships', () => {
  it.each([
    ['162.159.137.43', 'required'],
    ['2606:4700:7::a29f:892b', 'required'],
    ['34.194.217.225', 'required'],
    ['141.193.148.7', 'announced'],
    ['162.159.135.41', 'listed'],
    ['54.174.248.164', 'unknown'],
    ['get.replicated.com', 'required'],
    ['cdn05.quay.io', 'required'],
    ['auth.docker.io', 'required'],
    ['kurl.sh', 'listed'],
    ['registry-data.replicated.com', 'listed'],
    ['example.com', 'unknown'],
  ])('%s is %s', (text, expected) => {
    expect(verdict(text, shipped)).toBe(expected);
  });

  it('an address cannot be kept apart from endpoints whose addresses nobody publishes', () => {
    expect(ask('1.1.1.1', shipped).cannotExclude).toEqual(['quay.io', 'docker-hub', 'third-party-registries']);
  });

  it('every address that is held is known', () => {
    for (const { cidr } of shipped.addresses) {
      expect(verdict(cidr, shipped)).not.toBe('unknown');
    }
  });
});

describe('a block with several addresses of one host', () => {
  it('names the host once, since when it had the first', () => {
    const { hosts } = ask('162.159.136.0/22', shipped);
    expect(hosts.map(({ name }) => name)).toEqual([
      'api.replicated.com',
      'get.replicated.com',
      'k8s.kurl.sh',
      'kurl.sh',
      'proxy-auth.replicated.com',
      'proxy.replicated.com',
      'registry.replicated.com',
    ]);
    expect(hosts[0]).toEqual({ name: 'api.replicated.com', inCatalog: true, from: '2020-10-29T16:56:22Z', to: null });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, formatBlock, overlaps, rangeOf } from '../../src/model/cidr.js';
import { parseLookup } from '../../src/model/lookup-query.js';
import type { Lookup } from '../../src/model/lookup-answer.js';
import { lookUp } from '../../src/model/lookup.js';
import { openRevision, type Snapshot } from '../../src/model/snapshot.js';
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

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequirementListShape, RequirementShape } from '../../src/answer/shapes/requirement.js';
import { startService, type RunningService } from './service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const list = async (query: string): Promise<RequirementListShape> => {
  const { body } = await service.ask.get(`/requirements?${query}`).expect(200);
  return body as RequirementListShape;
};
const needs = ({ requirements }: RequirementListShape) =>
  requirements.map(({ ref, need }) => [ref.split('/')[3], need]);

describe('the requirements of an upgrade', () => {
  it('online are the five rows and the two port rules, all required', async () => {
    expect(needs(await list('task=upgrade&mode=online'))).toEqual([
      ['management-console', 'required'],
      ['cluster-communication', 'required'],
      ['api.replicated.com', 'required'],
      ['registry.replicated.com', 'required'],
      ['quay.io', 'required'],
      ['docker-hub', 'required'],
      ['third-party-registries', 'required'],
    ]);
  });

  it('airgapped are the same, with only the port rules required', async () => {
    expect(needs(await list('task=upgrade&mode=airgap'))).toEqual([
      ['management-console', 'required'],
      ['cluster-communication', 'required'],
      ['api.replicated.com', 'not-required'],
      ['registry.replicated.com', 'not-required'],
      ['quay.io', 'not-required'],
      ['docker-hub', 'not-required'],
      ['third-party-registries', 'not-required'],
    ]);
  });

  it('say honestly which endpoints have no addresses', async () => {
    const answer = await list('task=upgrade&mode=online');
    expect(answer.coverage).toEqual({
      endpoints: 5,
      addressable: 2,
      notAddressable: ['quay.io', 'docker-hub', 'third-party-registries'],
    });
    expect(answer.requirements.map(({ addresses, addressCoverage }) => [addresses.length, addressCoverage])).toEqual([
      [0, 'not-applicable'],
      [0, 'not-applicable'],
      [4, 'full'],
      [4, 'full'],
      [0, 'none'],
      [0, 'none'],
      [0, 'none'],
    ]);
  });
});

it('a task that needs nothing of the internet has the port rules alone', async () => {
  expect(needs(await list('task=run&mode=online'))).toEqual([
    ['management-console', 'required'],
    ['cluster-communication', 'required'],
  ]);
});

describe('one requirement', () => {
  it('is whole, member by member', async () => {
    const { body } = await service.ask.get('/requirements/replicated/upgrade/online/api.replicated.com').expect(200);
    const { addresses, ...rest } = body as RequirementShape;
    expect(rest).toEqual({
      ref: 'replicated/upgrade/online/api.replicated.com',
      product: 'replicated',
      task: 'upgrade',
      mode: 'online',
      need: 'required',
      condition: null,
      direction: 'outbound',
      initiator: 'installed-host',
      zone: 'internet',
      endpoint: {
        kind: 'host',
        name: 'api.replicated.com',
        title: 'api.replicated.com',
        hosts: ['api.replicated.com'],
        companions: [],
        operator: null,
      },
      ports: [{ protocol: 'tcp', from: 443, to: 443, basis: 'assumed' }],
      addressCoverage: 'full',
      description: 'This endpoint services the license sync check and is used to pull down yaml for app upgrades.',
      ifBlocked: null,
      data: null,
      topology: null,
      facets: {},
      source: { document: 'Firewalls', section: 'Application Installation and Upgrade' },
    });
    expect(addresses.map(({ cidr }) => cidr)).toEqual([
      '162.159.137.43/32',
      '162.159.138.43/32',
      '2606:4700:7::a29f:892b/128',
      '2606:4700:7::a29f:8a2b/128',
    ]);
    expect(addresses[0]).toEqual({
      cidr: '162.159.137.43/32',
      family: 'ipv4',
      host: 'api.replicated.com',
      sharedWith: ['get.replicated.com', 'registry.replicated.com'],
      status: 'current',
      source: 'published',
      firstSeenAt: '2020-10-29T16:56:22Z',
      effectiveFrom: null,
      announcedRemovalAt: null,
      removedAt: null,
      retireAt: null,
    });
  });

  it('answers by an old name, and says that it is old', async () => {
    const old = await service.ask.get('/requirements/replicated/app-upgrade/online/quay.io').expect(200);
    const { body } = await service.ask.get('/requirements/replicated/upgrade/online/quay.io').expect(200);
    expect(old.body).toEqual(body);
    expect(old.headers['deprecation']).toMatch(/^@\d+$/);
    const listed = await service.ask.get('/requirements?task=app-upgrade').expect(200);
    expect(listed.headers['deprecation']).toMatch(/^@\d+$/);
    expect((listed.body as RequirementListShape).selection.task).toEqual(['upgrade']);
  });

  it('that does not exist is 404, with the nearest that does', async () => {
    const { body } = await service.ask.get('/requirements/replicated/upgrade/online/api.replicated.co').expect(404);
    expect(body).toMatchObject({ type: '/problems/unknown-requirement', status: 404 });
    expect((body as { detail: string }).detail).toContain('"replicated/upgrade/online/api.replicated.com"');
  });
});

describe('announced ranges that may serve any host', () => {
  it('appear under every endpoint with published addresses, once they are asked for', async () => {
    const { requirements } = await list('task=upgrade&mode=online&status=announced');
    const announced = requirements.map(({ endpoint, addresses }) => [
      endpoint.name,
      addresses.map(({ cidr, host }) => [cidr, host]),
    ]);
    expect(announced).toEqual([
      ['admin-network', []],
      ['cluster-network', []],
      ['api.replicated.com', [['141.193.148.0/24', 'general']]],
      ['registry.replicated.com', [['141.193.148.0/24', 'general']]],
      ['quay.io', []],
      ['docker-hub', []],
      ['third-party-registries', []],
    ]);
  });

  it('are in no answer that does not ask for them', async () => {
    for (const path of ['/requirements', '/addresses', '/hosts']) {
      const { text } = await service.ask.get(path).expect(200);
      expect(text).not.toContain('141.193.148');
    }
  });
});

describe('what the catalog does not name', () => {
  it('can be looked up, and is in no list', async () => {
    const { body } = await service.ask.get('/hosts/proxy.replicated.com').expect(200);
    expect(body).toMatchObject({ name: 'proxy.replicated.com', requirements: [], addressCoverage: 'full' });
    const { body: empty } = await service.ask.get('/hosts/registry-data.replicated.com').expect(200);
    expect(empty).toMatchObject({ addresses: [], addressCoverage: 'none', requirements: [] });
    for (const path of ['/requirements', '/addresses', '/hosts', '/catalog']) {
      const { text } = await service.ask.get(path).expect(200);
      expect(text).not.toContain('proxy.replicated.com');
    }
  });
});

describe('addresses', () => {
  it('are those of required rows, one row an address, with all its hosts', async () => {
    const { body } = await service.ask.get('/addresses?mode=online').expect(200);
    const rows = (body as { addresses: { cidr: string; hosts: string[]; status: string }[] }).addresses;
    expect(rows.map(({ cidr, hosts, status }) => [cidr, hosts, status])).toEqual([
      ['34.194.217.225/32', ['get.replicated.com'], 'current'],
      ['34.200.116.158/32', ['get.replicated.com'], 'current'],
      ['162.159.137.43/32', ['api.replicated.com', 'get.replicated.com', 'registry.replicated.com'], 'current'],
      ['162.159.138.43/32', ['api.replicated.com', 'get.replicated.com', 'registry.replicated.com'], 'current'],
      [
        '2606:4700:7::a29f:892b/128',
        ['api.replicated.com', 'get.replicated.com', 'registry.replicated.com'],
        'current',
      ],
      [
        '2606:4700:7::a29f:8a2b/128',
        ['api.replicated.com', 'get.replicated.com', 'registry.replicated.com'],
        'current',
      ],
    ]);
  });

  it('of airgapped installations are none', async () => {
    const { body } = await service.ask.get('/addresses?mode=airgap').expect(200);
    expect((body as { addresses: unknown[] }).addresses).toEqual([]);
  });
});

it('ports are listed once for each range, zone and direction', async () => {
  const { body } = await service.ask.get('/ports?task=upgrade,check-updates&mode=online').expect(200);
  const { ports } = body as { ports: Record<string, unknown>[] };
  expect(ports.map(({ requirements, needs: _needs, ...port }) => [port, (requirements as string[]).length])).toEqual([
    [{ protocol: 'tcp', from: 8800, to: 8800, basis: 'stated', zone: 'admin-network', direction: 'bidirectional' }, 2],
    [
      { protocol: 'tcp', from: 9870, to: 9880, basis: 'stated', zone: 'cluster-network', direction: 'bidirectional' },
      2,
    ],
    [{ protocol: 'tcp', from: 443, to: 443, basis: 'assumed', zone: 'internet', direction: 'outbound' }, 5],
    [{ protocol: 'tcp', from: 443, to: 443, basis: 'stated', zone: 'internet', direction: 'outbound' }, 1],
  ]);
});

it('a port and a host say whether they are needed at all', async () => {
  const needsOf = async (path: string, noun: string) => {
    const { body } = await service.ask.get(path).expect(200);
    const rows = (body as Record<string, { zone?: string; needs: string[] }[]>)[noun]!;
    return rows.map(({ zone = 'internet', needs }) => [zone, ...needs].join(' '));
  };
  expect(await needsOf('/ports?task=upgrade&mode=airgap', 'ports')).toEqual([
    'admin-network required',
    'cluster-network required',
    'internet not-required',
  ]);
  expect(new Set(await needsOf('/hosts?task=upgrade&mode=airgap', 'hosts'))).toEqual(
    new Set(['internet not-required']),
  );
  expect(await needsOf('/ports?task=upgrade', 'ports')).toContain('internet required not-required');
});

it('an allow list says what it cannot serve', async () => {
  const { body } = await service.ask.get('/addresses?task=upgrade&mode=online').expect(200);
  expect((body as { coverage: object }).coverage).toEqual({
    endpoints: 5,
    addressable: 2,
    notAddressable: ['quay.io', 'docker-hub', 'third-party-registries'],
  });
});

it('the catalog has the tasks and modes in order, and promises that hold', async () => {
  const { body } = await service.ask.get('/catalog').expect(200);
  const catalog = body as { tasks: { name: string }[]; modes: { name: string }[]; promises: { holds: boolean }[] };
  expect(catalog.tasks.map(({ name }) => name)).toEqual([
    'install',
    'app-install',
    'upgrade',
    'check-updates',
    'license-sync',
    'run',
  ]);
  expect(catalog.modes.map(({ name }) => name)).toEqual(['online', 'airgap']);
  expect(catalog.promises.map(({ holds }) => holds)).toEqual([true, true]);
});

describe('lookup', () => {
  const verdictOf = async (q: string) => {
    const { body } = await service.ask.get('/lookup').query({ q }).expect(200);
    return body as Record<string, unknown>;
  };

  it.each([
    ['162.159.137.43', 'required'],
    ['2606:4700:0007:0000::A29F:892B', 'required'],
    ['141.193.148.200', 'announced'],
    ['162.159.133.41', 'listed'],
    ['8.8.8.8', 'unknown'],
    ['API.replicated.com.', 'required'],
    ['cdn03.quay.io', 'required'],
    ['kurl.sh', 'listed'],
    ['example.com', 'unknown'],
  ])('of %s says %s', async (q, verdict) => {
    expect(await verdictOf(q)).toMatchObject({ verdict });
  });

  it('says what cannot be excluded, and what is near', async () => {
    expect(await verdictOf('162.159.137.44')).toEqual({
      query: '162.159.137.44',
      verdict: 'unknown',
      match: 'none',
      hosts: [],
      requirements: [],
      cannotExclude: ['quay.io', 'docker-hub', 'third-party-registries'],
      nearest: '162.159.137.43/32',
    });
  });
});

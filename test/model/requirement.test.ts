import { describe, expect, it } from 'vitest';
import type { Companion, RowCriteria } from '../../src/model/catalog.js';
import {
  allows,
  coverageOf,
  coverageOfAll,
  meets,
  namesOf,
  refOf,
  requirementsOf,
  type Endpoint,
} from '../../src/model/requirement.js';
import { catalog, shippedContent, snapshotOf } from './fixture.js';

const requirements = requirementsOf(catalog);
const find = (ref: string) => requirements.find((requirement) => requirement.ref === ref);

const shipped = requirementsOf((await shippedContent()).catalog);

describe('the requirements of a catalog', () => {
  it('stand by task, then by mode, then by row, each in the order of the catalog', () => {
    expect(requirements.map(({ ref }) => ref)).toEqual([
      'acme/install/online/console',
      'acme/install/online/api.example.com',
      'acme/install/online/get.example.com',
      'acme/install/online/registry.example.org',
      'acme/install/airgap/console',
      'acme/install/airgap/api.example.com',
      'acme/install/airgap/get.example.com',
      'acme/install/airgap/registry.example.org',
      'acme/upgrade/online/console',
      'acme/upgrade/online/api.example.com',
      'acme/upgrade/online/registry.example.org',
      'acme/upgrade/online/hub',
      'acme/upgrade/online/*.cdn.example.net',
      'acme/upgrade/online/mirrors',
      'acme/upgrade/airgap/console',
      'acme/upgrade/airgap/api.example.com',
      'acme/upgrade/airgap/registry.example.org',
      'acme/upgrade/airgap/hub',
      'acme/upgrade/airgap/mirrors',
      'acme/run/online/console',
      'acme/run/airgap/console',
    ]);
  });

  it('say all that a row says', () => {
    expect(find('acme/install/online/get.example.com')).toEqual({
      ref: 'acme/install/online/get.example.com',
      product: 'acme',
      task: 'install',
      mode: 'online',
      need: 'required',
      condition: null,
      direction: 'outbound',
      initiator: 'installed-host',
      zone: 'internet',
      endpoint: {
        kind: 'host',
        name: 'get.example.com',
        title: 'get.example.com',
        hosts: ['get.example.com'],
        companions: [],
        operator: null,
      },
      ports: [
        { protocol: 'tcp', from: 443, to: 443, basis: 'stated' },
        { protocol: 'tcp', from: 80, to: 80, basis: 'assumed' },
      ],
      addresses: [],
      addressCoverage: 'none',
      description: 'get.example.com is needed.',
      ifBlocked: 'Nothing installs.',
      data: { sends: 'the licence', receives: 'the installer' },
      topology: null,
      facets: {},
      source: { document: "The vendor's page", section: 'Downloads' },
    });
  });

  it('have the zone for an endpoint where a rule has no other far side', () => {
    expect(find('acme/run/airgap/console')).toMatchObject({
      zone: 'admin-network',
      direction: 'bidirectional',
      initiator: 'either',
      endpoint: {
        kind: 'zone',
        name: 'admin-network',
        title: 'Where the administrators sit',
        hosts: [],
        companions: [],
        operator: null,
      },
      addressCoverage: 'not-applicable',
      topology: { singleHost: 'on the host', multiHost: 'on the first host' },
    });
  });

  it('take the source from the task where the row names none, and have none where neither does', () => {
    expect(find('acme/install/online/api.example.com')?.source).toEqual({
      document: 'The manual',
      section: 'Installing',
    });
    expect(find('acme/upgrade/online/api.example.com')?.source).toEqual({
      document: 'The manual',
      section: 'Upgrading',
    });
    expect(find('acme/run/online/console')?.source).toEqual({ document: null, section: null });
  });

  it('have the need that the row has in their mode, and are missing where it has none', () => {
    expect(find('acme/upgrade/online/hub')?.need).toBe('conditional');
    expect(find('acme/upgrade/airgap/hub')?.need).toBe('not-required');
    expect(find('acme/upgrade/airgap/*.cdn.example.net')).toBeUndefined();
  });

  it('have refs that no other has', () => {
    expect(new Set(requirements.map(({ ref }) => ref)).size).toBe(requirements.length);
    expect(new Set(shipped.map(({ ref }) => ref)).size).toBe(shipped.length);
  });

  it('are named by product, task, mode and row', () => {
    expect(refOf('replicated', 'upgrade', 'online', 'quay.io')).toBe('replicated/upgrade/online/quay.io');
  });
});

describe('the requirements that ship', () => {
  const of = (task: string, mode: string) => shipped.filter((one) => one.task === task && one.mode === mode);
  const named = (task: string, mode: string) => of(task, mode).map(({ ref, need }) => `${ref.split('/')[3]} ${need}`);

  it.each([
    ['install', ['get.replicated.com', 'registry.replicated.com', 'quay.io', 'docker-hub']],
    [
      'app-install',
      ['api.replicated.com', 'registry.replicated.com', 'quay.io', 'docker-hub', 'third-party-registries'],
    ],
    ['upgrade', ['api.replicated.com', 'registry.replicated.com', 'quay.io', 'docker-hub', 'third-party-registries']],
    ['check-updates', ['api.replicated.com']],
    ['license-sync', ['api.replicated.com']],
    ['run', []],
  ])('for %s are the two port rules in both modes, and online %j', (task, endpoints) => {
    const ports = ['management-console required', 'cluster-communication required'];
    expect(named(task, 'online')).toEqual([...ports, ...endpoints.map((name) => `${name} required`)]);
    expect(named(task, 'airgap')).toEqual([...ports, ...endpoints.map((name) => `${name} not-required`)]);
  });

  it('assume 443 but where the source states it', () => {
    const stated = shipped.filter(({ ports }) => ports.some(({ from, basis }) => from === 443 && basis === 'stated'));
    expect(new Set(stated.map(({ task }) => task))).toEqual(new Set(['check-updates', 'license-sync']));
  });

  it('quote the section that they come from', () => {
    const section = (ref: string) => shipped.find((one) => one.ref === ref)?.source;
    expect(section('replicated/upgrade/online/quay.io')).toEqual({
      document: 'Firewalls',
      section: 'Application Installation and Upgrade',
    });
    expect(section('replicated/run/airgap/management-console')).toEqual({
      document: 'Firewalls',
      section: 'Port Requirements',
    });
  });

  it('never open anything from the internet', () => {
    const internet = shipped.filter(({ zone }) => zone === 'internet');
    expect(new Set(internet.map(({ direction }) => direction))).toEqual(new Set(['outbound']));
  });
});

describe('criteria', () => {
  const open: RowCriteria = { task: null, mode: null, need: null, zone: null, direction: null };
  const requirement = find('acme/upgrade/online/hub')!;

  it.each<[string, Partial<RowCriteria>, boolean]>([
    ['that are open', {}, true],
    ['of its task', { task: ['install', 'upgrade'] }, true],
    ['of another task', { task: ['install'] }, false],
    ['of its mode', { mode: ['online'] }, true],
    ['of another mode', { mode: ['airgap'] }, false],
    ['of its need', { need: ['required', 'conditional'] }, true],
    ['of another need', { need: ['required'] }, false],
    ['of its zone', { zone: ['internet'] }, true],
    ['of another zone', { zone: ['admin-network'] }, false],
    ['of its direction', { direction: ['outbound'] }, true],
    ['of another direction', { direction: ['inbound', 'bidirectional'] }, false],
    ['that meet in all but one part', { task: ['upgrade'], mode: ['airgap'] }, false],
    ['with nothing in a list', { task: [] }, false],
  ])('%s are met or not', (_, criteria, expected) => {
    expect(meets(requirement, { ...open, ...criteria })).toBe(expected);
  });

  it('admit every value where they are open, and only their own where they are not', () => {
    expect([allows(null, 1), allows([1, 2], 2), allows([1, 2], 3), allows([], 1)]).toEqual([true, true, false, false]);
  });
});

describe('address coverage', () => {
  const companions: Companion[] = [{ hosts: ['c.example'], document: null, why: '' }];
  const endpoint = (rest: Partial<Endpoint>): Endpoint => ({
    kind: 'service',
    name: 'it',
    title: 'it',
    hosts: ['a.example', 'b.example'],
    companions: [],
    operator: null,
    ...rest,
  });
  const wildcard = endpoint({ kind: 'wildcard', hosts: ['*.example'] });

  it.each([
    ['full', 'every name has an address', endpoint({}), ['a.example', 'b.example']],
    ['partial', 'a name has none', endpoint({}), ['a.example', 'a.example']],
    ['none', 'no name has one', endpoint({}), []],
    ['none', 'only other hosts have addresses', endpoint({}), ['other.example']],
    ['none', 'only general has addresses, which may serve any host', endpoint({}), ['general']],
    ['partial', 'general has an address, but a name has none of its own', endpoint({}), ['a.example', 'general']],
    ['partial', 'a companion has none', endpoint({ companions }), ['a.example', 'b.example']],
    ['full', 'the companions have addresses too', endpoint({ companions }), ['a.example', 'b.example', 'c.example']],
    ['partial', 'only a companion has one', endpoint({ companions }), ['c.example']],
    ['partial', 'it is a wildcard, whatever is known of it', wildcard, ['*.example']],
    ['none', 'nothing is known of a wildcard', wildcard, []],
    ['none', 'it is a placeholder', endpoint({ kind: 'placeholder', hosts: [] }), []],
    ['not-applicable', 'it is a zone', endpoint({ kind: 'zone', hosts: [] }), []],
  ] as const)('is %s where %s', (expected, _, it, hosts) => {
    expect(
      coverageOf(
        it,
        hosts.map((host) => ({ host })),
      ),
    ).toBe(expected);
  });

  it('counts each endpoint of an answer once, and no zone', () => {
    expect(coverageOfAll(snapshotOf().requirements)).toEqual({
      endpoints: 6,
      addressable: 2,
      notAddressable: ['registry.example.org', 'hub', '*.cdn.example.net', 'mirrors'],
    });
  });

  it('of nothing is nothing', () => {
    expect(coverageOfAll([])).toEqual({ endpoints: 0, addressable: 0, notAddressable: [] });
  });

  it('names the hosts of an endpoint before its companions', () => {
    expect(namesOf(endpoint({ companions }))).toEqual(['a.example', 'b.example', 'c.example']);
  });
});

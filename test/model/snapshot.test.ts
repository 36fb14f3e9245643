import { describe, expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import { openRevision } from '../../src/model/snapshot.js';
import { addresses, catalog, held, listedHosts, revision, shippedContent, snapshotOf } from './fixture.js';

const snapshot = snapshotOf();
const requirement = (ref: string) => snapshot.requirements.find((one) => one.ref === ref)!;
const shown = (ref: string) => requirement(ref).addresses.map(({ cidr, host, status }) => `${cidr} ${host} ${status}`);
const shipped = openRevision(revision, await shippedContent());
const sharing = (host: string, cidr: string) =>
  snapshot.addressesByHost.get(host)?.find((address) => address.cidr === cidr)?.sharedWith;

describe('a revision that is opened', () => {
  it('keeps its record and its content', () => {
    const opened = openRevision(revision, { catalog, listedHosts, addresses });
    expect(opened).toMatchObject({ revision, catalog, listedHosts, addresses });
  });

  it('gives every requirement the addresses of its hosts, in address order', () => {
    expect(shown('acme/install/online/api.example.com')).toEqual([
      '20.0.0.1/32 api.example.com current',
      '20.0.0.9/32 api.example.com retired',
      '20.0.4.0/24 general announced',
      '2600:1::1/128 api.example.com current',
    ]);
  });

  it('shows addresses with their family and life', () => {
    expect(requirement('acme/install/online/get.example.com').addresses).toContainEqual({
      cidr: '20.0.0.2/32',
      family: 'ipv4',
      host: 'get.example.com',
      sharedWith: [],
      status: 'retiring',
      source: 'published',
      firstSeenAt: '2026-01-01T00:00:00Z',
      effectiveFrom: null,
      announcedRemovalAt: null,
      removedAt: '2025-12-20T00:00:00Z',
      retireAt: '2026-01-19T00:00:00Z',
    });
  });

  it('has the same bytes, in whatever order the members of its addresses came', () => {
    const backward = addresses.map(
      (one) => Object.fromEntries(Object.entries(one).toReversed()) as unknown as HeldAddress,
    );
    const opened = snapshotOf({ addresses: backward });
    expect(JSON.stringify(opened.requirements)).toBe(JSON.stringify(snapshot.requirements));
    expect(JSON.stringify([...opened.addressesByHost])).toBe(JSON.stringify([...snapshot.addressesByHost]));
  });

  it('puts general under endpoints with published addresses, and under no other', () => {
    const withGeneral = snapshot.requirements.filter(({ addresses }) =>
      addresses.some(({ host }) => host === 'general'),
    );
    expect(new Set(withGeneral.map(({ endpoint }) => endpoint.name))).toEqual(
      new Set(['api.example.com', 'get.example.com']),
    );
  });

  it('gives a zone and a placeholder no addresses', () => {
    expect([shown('acme/run/online/console'), shown('acme/upgrade/online/mirrors')]).toEqual([[], []]);
  });

  it('works out coverage', () => {
    const coverage = Object.fromEntries(
      snapshot.requirements.map(({ endpoint, addressCoverage }) => [endpoint.name, addressCoverage]),
    );
    expect(coverage).toEqual({
      'admin-network': 'not-applicable',
      'api.example.com': 'full',
      'get.example.com': 'full',
      'registry.example.org': 'none',
      hub: 'none',
      '*.cdn.example.net': 'none',
      mirrors: 'none',
    });
  });

  it('gives the addresses of companions to their endpoint', () => {
    const opened = snapshotOf({ addresses: [held('blobs.example.org', '20.0.0.5')] });
    const registry = opened.requirements.find(({ endpoint }) => endpoint.name === 'registry.example.org')!;
    expect(registry.addresses.map(({ host }) => host)).toEqual(['blobs.example.org']);
    expect(registry.addressCoverage).toBe('partial');
  });

  it('puts the addresses of a service in address order, whichever of its hosts has them', () => {
    const opened = snapshotOf({
      addresses: [held('auth.hub.example', '20.0.0.9'), held('images.hub.example', '20.0.0.1')],
    });
    const hub = opened.requirements.find(({ endpoint }) => endpoint.name === 'hub')!;
    expect(hub.addresses.map(({ cidr }) => cidr)).toEqual(['20.0.0.1/32', '20.0.0.9/32']);
    expect(hub.addressCoverage).toBe('full');
  });

  it('finds endpoints by every host and companion', () => {
    const names = (host: string) => snapshot.endpointsByHost.get(host)?.map(({ name }) => name);
    expect(names('images.hub.example')).toEqual(['hub']);
    expect(names('blobs.example.org')).toEqual(['registry.example.org']);
    expect(names('*.cdn.example.net')).toEqual(['*.cdn.example.net']);
    expect(names('other.example.com')).toBeUndefined();
  });

  it('finds every endpoint of a name that several have', () => {
    const [api, , registry] = catalog.endpoints;
    const both = { ...api!, companions: registry!.companions };
    const opened = snapshotOf({ catalog: { ...catalog, endpoints: catalog.endpoints.with(0, both) } });
    expect(opened.endpointsByHost.get('blobs.example.org')?.map(({ name }) => name)).toEqual([
      'api.example.com',
      'registry.example.org',
    ]);
  });

  it('keeps the addresses of hosts that no catalog names, in address order', () => {
    expect(snapshot.addressesByHost.get('other.example.com')?.map(({ cidr }) => cidr)).toEqual([
      '20.0.0.1/32',
      '20.0.1.0/25',
    ]);
  });
});

describe('an address shared by hosts', () => {
  it('names the others of the catalog, and none that it does not name', () => {
    expect(sharing('api.example.com', '20.0.0.1/32')).toEqual(['get.example.com']);
    expect(sharing('get.example.com', '20.0.0.1/32')).toEqual(['api.example.com']);
    expect(sharing('other.example.com', '20.0.0.1/32')).toEqual(['api.example.com', 'get.example.com']);
  });

  it('is not shared with a host that has retired it', () => {
    const retired = { status: 'retired' } as const;
    const opened = snapshotOf({
      addresses: [held('api.example.com', '20.0.0.1', retired), held('get.example.com', '20.0.0.1')],
    });
    expect(opened.addressesByHost.get('get.example.com')?.[0]?.sharedWith).toEqual([]);
    expect(opened.addressesByHost.get('api.example.com')?.[0]?.sharedWith).toEqual(['get.example.com']);
  });

  it('is still shared with a host that is retiring it, or for which it is announced', () => {
    const opened = snapshotOf({
      addresses: [
        held('registry.example.org', '20.0.0.1', { status: 'retiring' }),
        held('api.example.com', '20.0.0.1', { status: 'announced' }),
        held('get.example.com', '20.0.0.1'),
      ],
    });
    expect(opened.addressesByHost.get('get.example.com')?.[0]?.sharedWith).toEqual([
      'api.example.com',
      'registry.example.org',
    ]);
  });
});

describe('the revision that ships', () => {
  it('says of api.replicated.com what upstream last said', () => {
    const found = shipped.requirements.find(({ ref }) => ref === 'replicated/upgrade/online/api.replicated.com')!;
    expect(found.addressCoverage).toBe('full');
    expect(found.addresses.map(({ cidr, host, status }) => `${cidr} ${host} ${status}`)).toEqual([
      '141.193.148.0/24 general announced',
      '162.159.137.43/32 api.replicated.com current',
      '162.159.138.43/32 api.replicated.com current',
      '2606:4700:7::a29f:892b/128 api.replicated.com current',
      '2606:4700:7::a29f:8a2b/128 api.replicated.com current',
    ]);
    expect(found.addresses[1]).toMatchObject({
      sharedWith: ['get.replicated.com', 'registry.replicated.com'],
      firstSeenAt: '2020-10-29T16:56:22Z',
    });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AddressShape } from '../../src/answer/shapes/address.js';
import type { StatusShape } from '../../src/answer/shapes/status.js';
import type { Revision } from '../../src/model/revision.js';
import { fakeUpstream, list, type Answer, type FakeUpstream } from '../fake-upstream.js';
import { AT_START, NEWEST, startService, trueList, until, type RunningService } from './service.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const HOST = 'api.replicated.com';
const LEAVES = '162.159.137.43/32';
const newest = trueList(NEWEST);
/** The newest list without one of the addresses of the host. */
const without = (() => {
  const copy = JSON.parse(newest) as Record<string, { current: string[] }>;
  copy[HOST]!.current = copy[HOST]!.current.filter((text) => text !== LEAVES.replace('/32', ''));
  return JSON.stringify(copy);
})();

/** A catalog whose list is published, and one of whose endpoints ends in 2027. */
const OWN = `product: own
title: Own
upstream: { url: "https://own.example/list.json" }
notice: P30D
modes: { online: { title: Online } }
tasks: { install: { title: Installation } }
zones: { internet: { title: The internet } }
endpoints:
  get.own.example: { kind: host, addresses: published }
  old.own.example: { kind: host, until: "2027-02-01T00:00:00Z" }
requirements:
  - { endpoint: get.own.example, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: A. }
  - { endpoint: old.own.example, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: B. }
`;

const statusOf = async (service: RunningService) => (await service.ask.get('/status').expect(200)).body as StatusShape;
const refresh = async (service: RunningService) =>
  (await service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').expect(200)).body as unknown;
/** What made the revisions since the first start, oldest first. */
const causes = async (service: RunningService) =>
  ((await service.ask.get('/revisions').expect(200)).body as { revisions: Revision[] }).revisions
    .filter(({ revision }) => revision > AT_START)
    .map(({ cause }) => cause)
    .reverse();
/** The address that leaves, as it is served; `undefined` where it is not. */
const leaving = async (service: RunningService) => {
  const { body } = await service.ask.get(`/hosts/${HOST}`).expect(200);
  return (body as { addresses: AddressShape[] }).addresses.find(({ cidr }) => cidr === LEAVES);
};

async function upstreamOf(...answers: readonly Answer[]): Promise<FakeUpstream> {
  const upstream = await fakeUpstream(...answers);
  open.push(() => upstream.close());
  return upstream;
}

async function start(settings: Readonly<Record<string, string>>, now?: () => Date): Promise<RunningService> {
  const service = await startService({ ADMIN_TOKENS: 'ops:a-token', ...settings }, now);
  open.push(() => service.stop());
  await until('the first poll is over', async () => (await statusOf(service)).nextCheckAt !== null);
  return service;
}

describe('a changed list', () => {
  it('is watched, as /status and GraphQL say, and then published without anyone asking', async () => {
    const upstream = await upstreamOf(list(newest, '"one"'));
    const service = await start({ UPSTREAM_URL: upstream.url.href, REFRESH_SECONDS: '3600', SOAK_SECONDS: '2' });
    const { checkedAt } = await statusOf(service);
    const { text: before } = await service.ask.get(`/hosts/${HOST}`).expect(200);
    upstream.answer(list(without, '"two"'));
    expect(await refresh(service)).toMatchObject({ outcome: 'soaking', reason: null, revision: AT_START });
    expect(await refresh(service)).toMatchObject({ outcome: 'soaking' });

    const status = await statusOf(service);
    const { soaking } = status.upstream;
    expect(Date.parse(soaking!.until) - Date.parse(soaking!.since)).toBe(2000);
    expect(Math.abs(Date.parse(status.nextCheckAt!) - Date.parse(soaking!.until))).toBeLessThan(1000);
    expect(status).toMatchObject({ freshness: 'fresh', checkedAt });
    const query = '{ status { upstream { soaking { digest since until } } } }';
    const { body } = await service.ask.post('/graphql').send({ query }).expect(200);
    expect(body).toMatchObject({ data: { status: { upstream: { soaking } } } });
    expect((await service.ask.get(`/hosts/${HOST}`)).text).toBe(before);

    await until('it is published', async () => (await causes(service)).length === 1);
    expect(await leaving(service)).toMatchObject({ status: 'retiring' });
    expect((await statusOf(service)).upstream.soaking).toBeNull();
  });

  it('is watched even when only the list that ships was served before it', async () => {
    const upstream = await upstreamOf(list(without));
    const service = await start({ UPSTREAM_URL: upstream.url.href, REFRESH_SECONDS: '3600', SOAK_SECONDS: '600' });
    expect((await statusOf(service)).upstream.soaking).not.toBeNull();
    expect(await causes(service)).toEqual([]);
  });
});

describe("upstream's date", () => {
  it('that contradicts the clock is told of by /status and GraphQL', async () => {
    const wrong = '2025-01-01T00:00:00.000Z';
    const upstream = await upstreamOf((request, response) => {
      response.setHeader('date', new Date(wrong).toUTCString());
      list(newest)(request, response);
    });
    const service = await start({ UPSTREAM_URL: upstream.url.href, REFRESH_SECONDS: '3600' });
    const { clock } = await statusOf(service);
    expect(Date.parse(clock!.upstream!) - Date.parse(wrong)).toBeLessThan(60_000);
    expect(Date.parse(clock!.reads)).toBeGreaterThan(Date.parse(clock!.believed));
    const query = '{ status { clock { reads believed upstream doubtedSince } } }';
    const { body } = await service.ask.post('/graphql').send({ query }).expect(200);
    expect(body).toMatchObject({ data: { status: { clock: { doubtedSince: clock!.doubtedSince } } } });
  });

  it('is heard before the first list is published: dates of the catalog that lie ahead of it do not act', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    open.push(() => rm(folder, { recursive: true }));
    const catalog = path.join(folder, 'own.yaml');
    await writeFile(catalog, OWN);
    const upstream = await upstreamOf((request, response) => {
      response.setHeader('date', new Date('2026-02-01').toUTCString());
      list(JSON.stringify({ 'get.own.example': { current: ['20.0.0.1'] } }))(request, response);
    });
    const ahead = () => new Date('2028-02-01');
    const service = await start({ CATALOG: catalog, UPSTREAM_URL: upstream.url.href }, ahead);
    const { body } = await service.ask.get('/hosts').expect(200);
    expect((body as { hosts: { name: string }[] }).hosts.map(({ name }) => name)).toEqual([
      'get.own.example',
      'old.own.example',
    ]);
    const { body: record } = await service.ask.get('/revisions/latest').expect(200);
    expect((record as Revision).publishedAt).toMatch(/^2026-02-01/);
  });
});

describe('an address that leaves the list', () => {
  it('is retired when its grace is over, by one revision of the clock, and a restart makes no other', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    open.push(() => rm(folder, { recursive: true }));
    let aheadMs = 0;
    const now = () => new Date(Date.now() + aheadMs);
    // Its clock is right, whatever ours says.
    const dated =
      (body: string): Answer =>
      (request, response) => {
        response.setHeader('date', now().toUTCString());
        list(body)(request, response);
      };
    const upstream = await upstreamOf(dated(newest));
    const settings = {
      UPSTREAM_URL: upstream.url.href,
      REFRESH_SECONDS: '1',
      GRACE_DAYS: '1',
      DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    };
    const first = await start(settings, now);
    upstream.answer(dated(without));
    await until('it is off the list', async () => (await leaving(first))?.status === 'retiring');
    const left = await leaving(first);
    expect(Date.parse(left!.retireAt!) - Date.parse(left!.removedAt!)).toBe(86_400_000);

    aheadMs = 12 * 3_600_000;
    await refresh(first);
    expect(await leaving(first)).toEqual(left);
    expect(await causes(first)).toEqual(['poll']);
    await first.stop();
    open.pop();

    // A stop of a month: two polls have to agree before the clock is believed.
    aheadMs += 30 * 86_400_000;
    const second = await start(settings, now);
    await until('it is retired', async () => (await leaving(second)) === undefined);
    expect(await causes(second)).toEqual(['poll', 'clock']);
    const { body } = await second.ask.get('/revisions/latest').expect(200);
    expect(body).toMatchObject({ cause: 'clock', by: null, note: null });
    expect(await refresh(second)).toMatchObject({ outcome: 'unchanged' });
    await second.stop();
    open.pop();

    const third = await start(settings, now);
    await refresh(third);
    expect(await causes(third)).toHaveLength(2);
    expect(await leaving(third)).toBeUndefined();
  });
});

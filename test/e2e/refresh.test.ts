import { gzipSync } from 'node:zlib';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { StatusShape } from '../../src/answer/shapes/status.js';
import { PROBES } from '../faults/probe.js';
import { fakeUpstream, list, raw, reply, type Answer, type FakeUpstream } from '../fake-upstream.js';
import { AT_START, BEFORE_NEWEST, NEWEST, startService, trueList, until, type RunningService } from './service.js';

const OPERATOR = 'Bearer a-token';
const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.stop ?? one.close)?.();
});

/** A service over an upstream that first says the newest list, and has been read once. */
async function serviceOver(
  ...answers: readonly Answer[]
): Promise<{ service: RunningService; upstream: FakeUpstream }> {
  const upstream = await fakeUpstream(...answers);
  open.push(upstream);
  const service = await startService({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    ADMIN_TOKENS: 'ops:a-token',
  });
  open.push(service);
  await until('the first poll is over', async () => (await statusOf(service)).nextCheckAt !== null);
  return { service, upstream };
}

const statusOf = async (service: RunningService) => (await service.ask.get('/status').expect(200)).body as StatusShape;
const refresh = async (service: RunningService) =>
  (await service.ask.post('/admin/refresh').set('Authorization', OPERATOR).expect(200)).body as Record<string, unknown>;

/** Everything that customers see of what is served. */
async function served(service: RunningService): Promise<readonly string[]> {
  const paths = ['/requirements', '/addresses', '/hosts', '/version', '/lookup?q=162.159.137.43', '/revisions'];
  const answers = await Promise.all(paths.map((path) => service.ask.get(path).expect(200)));
  return answers.map(({ text, headers }) => `${headers['etag']} ${text}`);
}

const newest = trueList(NEWEST);
const withHost = JSON.stringify({
  ...(JSON.parse(newest) as object),
  'new.replicated.com': { current: ['52.7.167.120'] },
});
const edited = (edit: (list: Record<string, { current?: string[] }>) => void) => {
  const copy = JSON.parse(newest) as Record<string, { current?: string[] }>;
  edit(copy);
  return JSON.stringify(copy);
};

describe('a list that says what is served', () => {
  it('makes no revision, and the answers are fresh', async () => {
    const { service } = await serviceOver(list(newest));
    const { headers } = await service.ask.get('/version').expect(200);
    expect(headers['gatepost-revision']).toBe(String(AT_START));
    expect(headers['gatepost-freshness']).toMatch(/^fresh; checked=@\d+$/);
    expect(await statusOf(service)).toMatchObject({
      freshness: 'fresh',
      upstream: { lastError: null, consecutiveFailures: 0 },
    });
  });

  it('may be in another order and with other white space', async () => {
    const { service, upstream } = await serviceOver(list(newest));
    const before = await served(service);
    const entries = Object.entries(JSON.parse(newest) as Record<string, { current?: string[] }>).reverse();
    for (const [, host] of entries) host.current?.reverse();
    upstream.answer(list(JSON.stringify(Object.fromEntries(entries), null, 7)));
    expect(await refresh(service)).toMatchObject({ outcome: 'unchanged', revision: AT_START });
    expect(await served(service)).toEqual(before);
  });

  it('is asked for with its tag, and 304 is as good', async () => {
    const { service, upstream } = await serviceOver(list(newest, '"one"'));
    expect(upstream.asked[0]?.headers['if-none-match']).toBeUndefined();
    expect(await refresh(service)).toMatchObject({ outcome: 'unchanged' });
    expect(upstream.asked[1]?.headers['if-none-match']).toBe('"one"');
    expect((await statusOf(service)).freshness).toBe('fresh');
  });

  it('may come compressed', async () => {
    const body = gzipSync(withHost);
    const { service } = await serviceOver(reply(200, { 'content-encoding': 'gzip' }, body));
    await service.ask.get('/hosts/new.replicated.com').expect(200);
  });
});

describe('a list that says something new', () => {
  it('makes a revision, and the operator who asked is named', async () => {
    const { service, upstream } = await serviceOver(list(newest));
    upstream.answer(list(withHost, '"two"'));
    expect(await refresh(service)).toEqual({
      outcome: 'published',
      reason: null,
      detail: null,
      revision: AT_START + 1,
    });
    const { body } = await service.ask.get('/revisions/latest').expect(200);
    expect(body).toMatchObject({ revision: AT_START + 1, previous: AT_START, cause: 'poll', by: 'ops' });
    const { body: host } = await service.ask.get('/hosts/new.replicated.com').expect(200);
    expect((host as { addresses: unknown[] }).addresses).toMatchObject([
      { cidr: '52.7.167.120/32', status: 'current' },
    ]);
  });

  it('and comes back has a new revision and the old digest', async () => {
    const { service, upstream } = await serviceOver(list(newest));
    upstream.answer(list(edited((copy) => copy['api.replicated.com']?.current?.shift())), list(newest));
    await refresh(service);
    await refresh(service);
    const { body } = await service.ask.get('/revisions').expect(200);
    const [third, second, first] = (body as { revisions: { revision: number; digest: string }[] }).revisions;
    expect([third?.revision, second?.revision, first?.revision]).toEqual([AT_START + 2, AT_START + 1, AT_START]);
    expect(third?.digest).toBe(first?.digest);
    expect(second?.digest).not.toBe(first?.digest);
  });
});

describe('an upstream that fails', () => {
  it.each<[string, Answer, string]>([
    ['500', reply(500), 'status'],
    ['403', reply(403, {}, 'no'), 'status'],
    ['404', reply(404), 'status'],
    ['204', reply(204), 'status'],
    ['206', reply(206, { 'content-range': 'bytes 0-1/2' }, '{}'), 'status'],
    ['a redirect', reply(302, { location: 'http://127.0.0.1:1/' }), 'status'],
    ['429', reply(429, { 'retry-after': '3600' }), 'status'],
    ['304 out of the blue', reply(304), 'bad-304'],
    ['an empty body', reply(200, {}, ''), 'not-json'],
    ['an HTML page', reply(200, { 'content-type': 'text/html' }, '<html></html>'), 'content-type'],
    ['an HTML page as text', reply(200, { 'content-type': 'text/plain' }, '<!doctype html>'), 'not-json'],
    ['half a list', reply(200, {}, newest.slice(0, 700)), 'not-json'],
    [
      'a list cut by the connection',
      raw(`HTTP/1.1 200 OK\r\nContent-Length: ${newest.length}\r\n\r\n${newest.slice(0, 700)}`),
      'network',
    ],
    ['an array', reply(200, {}, '[]'), 'not-json'],
    ['a host twice', reply(200, {}, newest.replace('"kurl.sh"', '"api.replicated.com"')), 'duplicate-key'],
    ['an unknown shape', reply(200, {}, newest.replace('"current"', '"currents"')), 'bad-shape'],
    ['a bad address', reply(200, {}, newest.replace('162.159.137.43', '162.159.137.043')), 'bad-address'],
    ['a private address', reply(200, {}, newest.replace('162.159.137.43', '10.0.0.1')), 'special-purpose'],
    [
      'too many hosts',
      reply(
        200,
        {},
        JSON.stringify(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`h${i}.example.org`, {}]))),
      ),
      'limit',
    ],
    ['a documentation address', reply(200, {}, newest.replace('162.159.137.43', '192.0.2.1')), 'special-purpose'],
    ['the whole internet', reply(200, {}, newest.replace('162.159.137.43', '0.0.0.0/0')), 'too-wide'],
    ['a wide block', reply(200, {}, newest.replace('162.159.137.43', '52.0.0.0/10')), 'too-wide'],
    ['a huge list', reply(200, {}, `{"a.example": {"current": ["${' '.repeat(2_000_000)}"]}}`), 'too-large'],
  ])('with %s changes nothing that is served, and says why', async (_name, answer, reason) => {
    const { service, upstream } = await serviceOver(list(newest));
    const before = await served(service);
    upstream.answer(answer);
    expect(await refresh(service)).toMatchObject({ outcome: 'failed', reason, revision: AT_START });
    expect(await served(service)).toEqual(before);
    const { upstream: state } = await statusOf(service);
    expect(state.lastError).toMatchObject({ reason });
    expect(state.consecutiveFailures).toBe(1);
    await service.ask.get('/health/ready').expect(200);

    upstream.answer(list(withHost));
    expect(await refresh(service)).toMatchObject({ outcome: 'published', revision: AT_START + 1 });
    expect((await statusOf(service)).upstream).toMatchObject({ lastError: null, consecutiveFailures: 0 });
  });

  it('never has its tag remembered', async () => {
    const { service, upstream } = await serviceOver(list(newest, '"good"'));
    upstream.answer(reply(200, { etag: '"bad"' }, 'no list'), list(newest, '"good"'));
    await refresh(service);
    await refresh(service);
    expect(upstream.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"good"', '"good"']);
  });

  it('is tried again without anyone asking', async () => {
    const { service, upstream } = await serviceOver(reply(500), reply(500), list(withHost));
    await until(
      'the list is read',
      async () => (await service.ask.get('/version')).headers['gatepost-revision'] === String(AT_START + 1),
      15_000,
    );
    expect(upstream.asked.length).toBe(3);
  });
});

it.each([429, 503])('an upstream that asks to be left alone by %i is left alone for so long', async (status) => {
  const { service, upstream } = await serviceOver(reply(status, { 'retry-after': '1800' }));
  const state = () => statusOf(service);
  await until('the first poll is over', async () => (await state()).upstream.lastError !== null);
  await until('the next is planned', async () => (await state()).nextCheckAt !== null);
  const waitMs = Date.parse((await state()).nextCheckAt!) - Date.now();
  expect(Math.round(waitMs / 60_000)).toBe(30);
  expect(upstream.asked).toHaveLength(1);
});

describe('a list that is doubted', () => {
  it.each<[string, string, string]>([
    ['a host emptied', edited((copy) => (copy['api.replicated.com'] = { current: [] })), 'host-emptied'],
    ['a host gone', edited((copy) => delete copy['kurl.sh']), 'host-gone'],
    ['a list of nothing', '{}', 'host-gone'],
    [
      'a family lost',
      edited((copy) => (copy['replicated.app'] = { current: ['162.159.133.41', '162.159.134.41'] })),
      'family-lost',
    ],
    ['a block wider than usual', edited((copy) => copy['kurl.sh']?.current?.push('52.7.160.0/21')), 'wide-range'],
  ])('for %s is held: the old one is served whole, marked as held', async (_name, body, reason) => {
    const { service, upstream } = await serviceOver(list(newest));
    const before = await served(service);
    upstream.answer(list(body, '"doubted"'));
    expect(await refresh(service)).toMatchObject({ outcome: 'held', reason, revision: AT_START });
    expect(await served(service)).toEqual(before);
    const { freshness, upstream: state } = await statusOf(service);
    expect(freshness).toBe('held');
    expect(state.held).toMatchObject({ reason });
    expect((await service.ask.get('/version')).headers['gatepost-freshness']).toMatch(/^held; checked=@\d+$/);

    upstream.answer(list(newest));
    expect(await refresh(service)).toMatchObject({ outcome: 'unchanged' });
    expect(await statusOf(service)).toMatchObject({ freshness: 'fresh', upstream: { held: null } });
  });
});

describe('a list that is held', () => {
  it('is still known after a restart, and since when', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    open.push({ close: () => rm(folder, { recursive: true }) });
    const upstream = await fakeUpstream(list(newest), list('{}'));
    open.push(upstream);
    const settings = {
      UPSTREAM_URL: upstream.url.href,
      REFRESH_SECONDS: '1',
      DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    };
    const before = await startService(settings);
    await until('it is held', async () => (await statusOf(before)).freshness === 'held');
    const { held } = (await statusOf(before)).upstream;
    await before.stop();
    upstream.answer(reply(500));
    const after = await startService(settings);
    open.push(after);
    await until('a poll failed', async () => (await statusOf(after)).upstream.consecutiveFailures > 0);
    expect(await statusOf(after)).toMatchObject({ freshness: 'held', upstream: { held } });
  });
});

describe('a file as upstream', () => {
  it('is read, and read again', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    open.push({ close: () => rm(folder, { recursive: true }) });
    const file = path.join(folder, 'list.json');
    await writeFile(file, newest);
    const service = await startService({ UPSTREAM_URL: pathToFileURL(file).href, REFRESH_SECONDS: '1' });
    open.push(service);
    await until('it is fresh', async () => (await statusOf(service)).freshness === 'fresh');
    await writeFile(file, withHost);
    await until(
      'the change is served',
      async () => (await service.ask.get('/version')).headers['gatepost-revision'] === String(AT_START + 1),
    );
  });
});

describe('without any network', () => {
  it('the list that ships is served, marked as bundled, and readiness is good', async () => {
    const service = await startService();
    open.push(service);
    await until('a poll failed', async () => (await statusOf(service)).upstream.consecutiveFailures > 0);
    const { headers } = await service.ask.get('/requirements?task=upgrade&mode=online').expect(200);
    expect(headers['gatepost-freshness']).toBe('bundled');
    expect(await statusOf(service)).toMatchObject({ freshness: 'bundled', checkedAt: null });
    await service.ask.get('/health/ready').expect(200);
  });
});

describe('a service that is not asked for long', () => {
  it('says that it is stale, once three polls were missed', async () => {
    const upstream = await fakeUpstream(list(newest), reply(500));
    open.push(upstream);
    const service = await startService({ UPSTREAM_URL: upstream.url.href, REFRESH_SECONDS: '1' });
    open.push(service);
    await until('it is fresh', async () => (await statusOf(service)).freshness === 'fresh');
    await until('it is stale', async () => (await statusOf(service)).freshness === 'stale');
    await service.ask.get('/requirements').expect(200);
  });
});

describe('the first list of a catalog that ships none', () => {
  const startWithoutSeed = async (...answers: readonly Answer[]) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
    open.push({ close: () => rm(folder, { recursive: true }) });
    const file = path.join(folder, 'catalog.yaml');
    await writeFile(
      file,
      [
        'product: acme',
        'title: Acme',
        'upstream: {}',
        'modes: { online: { title: Online } }',
        'tasks: { run: { title: Run } }',
        'zones: { internet: { title: Internet } }',
        'endpoints: { api.acme.example: { kind: host, addresses: published } }',
        'requirements:',
        '  - { endpoint: api.acme.example, tasks: all, need: required, direction: outbound, ports: [{ tcp: 443 }], description: The API. }',
      ].join('\n'),
    );
    const upstream = await fakeUpstream(...answers);
    open.push(upstream);
    const service = await startService({
      CATALOG: file,
      UPSTREAM_URL: upstream.url.href,
      REFRESH_SECONDS: '1',
      ADMIN_TOKENS: 'ops:a-token',
    });
    open.push(service);
    return service;
  };

  it.each([500, 304])(
    'is waited for: nothing is answered before, rather than something incomplete: %i',
    async (status) => {
      const service = await startWithoutSeed(reply(status));
      // What formats there are follows from nothing that was read.
      const probes = PROBES.filter(({ path }) => path !== '/exports');
      for (const { path } of probes.filter(({ method }) => method === 'GET')) {
        const { body, headers, status: code } = await service.ask.get(path);
        expect([path, code, body]).toMatchObject([path, 503, { type: '/problems/no-revision' }]);
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
      for (const { path, body: asked } of probes.filter(({ method }) => method === 'POST')) {
        const { body } = await service.ask.post(path).type('json').send(asked!);
        expect(body, asked!).toMatchObject({ errors: [{ extensions: { code: 'no-revision' } }] });
      }
      await service.ask.get('/health/ready').expect(503);
      await service.ask.get('/health/live').expect(200);
      await service.ask.get('/status').expect(200);
    },
  );

  it('is not trusted without the hosts that the catalog says are published', async () => {
    const service = await startWithoutSeed(list('{"other.acme.example":{"current":["52.7.167.120"]}}'));
    await until('the list is held', async () => (await statusOf(service)).upstream.held !== null);
    expect((await statusOf(service)).upstream.held).toMatchObject({ reason: 'host-missing' });
    await service.ask.get('/requirements').expect(503);
  });

  it('is the first revision', async () => {
    const service = await startWithoutSeed(list('{"api.acme.example":{"current":["52.7.167.120"]}}'));
    await until('it is served', async () => (await service.ask.get('/requirements')).status === 200);
    const { body } = await service.ask.get('/addresses').expect(200);
    expect(body).toMatchObject({
      product: 'acme',
      addresses: [{ cidr: '52.7.167.120/32', hosts: ['api.acme.example'] }],
    });
    expect((await service.ask.get('/revisions/1').expect(200)).body).toMatchObject({ cause: 'poll', previous: null });
  });
});

it('an older true list is held, because a host of the newest would be gone', async () => {
  const { service, upstream } = await serviceOver(list(trueList(BEFORE_NEWEST)), list(newest));
  // The newest list ships; going back to the one before would empty a host, so it is held.
  expect(await statusOf(service)).toMatchObject({ upstream: { held: { reason: 'host-gone' } } });
  upstream.answer(list(newest));
  expect(await refresh(service)).toMatchObject({ outcome: 'unchanged' });
});

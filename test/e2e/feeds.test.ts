import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeListShape } from '../../src/answer/shapes/change.js';
import type { ProblemShape } from '../../src/answer/shapes/problem.js';
import type { JsonFeed } from '../../src/feeds/json-feed.js';
import { fakeUpstream, list, type FakeUpstream } from '../fake-upstream.js';
import { faultsOfJsonFeed } from '../feeds/json-feed-schema.js';
import { IS_LEFT_OUT, faultsOfAtom } from '../feeds/xmllint.js';
import { NEWEST, startService, trueList, until, type RunningService } from './service.js';

type List = Record<string, { current: string[] }>;
const PUBLIC_URL = 'https://requirements.example.com/gatepost';
const newest = trueList(NEWEST);
const edited = (edit: (list: List) => void) => {
  const copy = JSON.parse(newest) as List;
  edit(copy);
  return JSON.stringify(copy);
};

/** Lists in their turn: each differs from the one before by a few addresses of some hosts. */
const LISTS = [
  edited((copy) => copy['api.replicated.com']!.current.push('203.0.114.1', '203.0.114.2')),
  edited((copy) => copy['registry.replicated.com']!.current.push('203.0.114.3')),
  edited((copy) => copy['api.replicated.com']!.current.push('2600:9000::1', '203.0.114.1', '203.0.114.4')),
];

let upstream: FakeUpstream;
let service: RunningService;
beforeAll(async () => {
  upstream = await fakeUpstream(list(newest));
  service = await startService({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    ADMIN_TOKENS: 'ops:a-token',
    PUBLIC_URL,
  });
  const hasPolled = async () => (await service.ask.get('/status')).body as { nextCheckAt: string | null };
  await until('the first poll is over', async () => (await hasPolled()).nextCheckAt !== null);
  for (const text of LISTS) await publish(text);
});
afterAll(async () => {
  await service.stop();
  await upstream.close();
});

async function publish(text: string): Promise<void> {
  upstream.answer(list(text));
  await service.ask
    .post('/admin/refresh')
    .set('Authorization', 'Bearer a-token')
    .expect(200, /"published"/);
}

const textAt = async (path: string) => (await service.ask.get(path).expect(200)).text;
/** All of it in one page, unless asked otherwise. */
const jsonAt = async (query = '?first=500') => JSON.parse(await textAt(`/feed.json${query}`)) as JsonFeed;
/** Where a link of a feed leads, in this process. */
const local = (link: string) => link.replace(PUBLIC_URL, '');

describe('as of the baseline, which has no changes, the feed', () => {
  it('has no entries, and is as old as it', async () => {
    const feed = await jsonAt('?at=1');
    expect(feed.items).toEqual([]);
    expect(feed._gatepost.asOf.revision).toBe(1);
    expect(faultsOfJsonFeed(feed)).toEqual([]);
    expect(parseAtomFeed(await textAt('/feed.atom?at=1')).entries ?? []).toEqual([]);
  });

  it.skipIf(IS_LEFT_OUT)('is Atom all the same', async () => {
    expect(faultsOfAtom(await textAt('/feed.atom?at=1'))).toBe('');
  });
});

describe('the feed of everything', () => {
  it('has the changes of /changes, newest first', async () => {
    const { changes } = (await service.ask.get('/changes?first=500').expect(200)).body as ChangeListShape;
    const { items } = await jsonAt();
    expect(changes.length).toBeGreaterThan(6);
    expect(items.map(({ _gatepost }) => _gatepost)).toEqual(changes.toReversed());
  });

  it('says what to do', async () => {
    const titles = (await jsonAt()).items.map(({ title }) => title);
    expect(titles).toContain('api.replicated.com: open 203.0.114.1 by address (new)');
    expect(titles).toContain('api.replicated.com: keep 203.0.114.1 open (reinstated)');
    expect(titles.join('\n')).toMatch(
      /^registry\.replicated\.com: keep 203\.0\.114\.3 open until \d{4}-.* UTC \(delisted\)$/m,
    );
  });

  it.skipIf(IS_LEFT_OUT)('is Atom', async () => {
    expect(faultsOfAtom(await textAt('/feed.atom?first=500'))).toBe('');
  });

  it('is JSON Feed, with the ids of Atom', async () => {
    const feed = await jsonAt();
    expect(faultsOfJsonFeed(feed)).toEqual([]);
    expect(parseAtomFeed(await textAt('/feed.atom?first=500')).entries?.map(({ id }) => id)).toEqual(
      feed.items.map(({ id }) => id),
    );
  });

  it('leads from each entry to what its revision changed', async () => {
    const { url, _gatepost } = (await jsonAt()).items[0]!;
    const { body } = await service.ask.get(local(url!)).expect(200);
    expect((body as ChangeListShape).changes.map(({ host }) => host)).toContain(_gatepost.host);
  });
});

describe('page by page', () => {
  it.each([3, 50, 499])('of %i, Atom has every change once, in order', async (first) => {
    const ids: string[] = [];
    for (let path = `/feed.atom?first=${first}`; path !== '';) {
      const page: Partial<ReturnType<typeof parseAtomFeed>> = parseAtomFeed(await textAt(path));
      ids.push(...(page.entries ?? []).map(({ id }) => id!));
      path = local(page.links?.find(({ rel }) => rel === 'next')?.href ?? '');
    }
    expect(ids).toEqual((await jsonAt()).items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('JSON Feed leads on, and ends', async () => {
    const seen: string[] = [];
    let feed = await jsonAt('?first=20');
    for (; feed.next_url !== undefined; feed = JSON.parse(await textAt(local(feed.next_url))) as JsonFeed) {
      seen.push(...feed.items.map(({ id }) => id));
    }
    seen.push(...feed.items.map(({ id }) => id));
    expect(seen).toEqual((await jsonAt()).items.map(({ id }) => id));
  });
});

describe('the feed of a selection', () => {
  it('has what alters its answer, under the ids that it has elsewhere', async () => {
    const all = (await jsonAt()).items;
    const some = (await jsonAt('?first=500&host=registry.replicated.com')).items;
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
    expect(all).toEqual(expect.arrayContaining([...some]));
  });

  it('stands still while something else changes', async () => {
    const path = '/feed.atom?host=registry.replicated.com';
    const before = await service.ask.get(path).expect(200);
    await publish(edited((copy) => copy['api.replicated.com']!.current.push('203.0.114.5')));
    const after = await service.ask.get(path).set('If-None-Match', before.headers['etag']!).expect(304);
    expect(after.headers['gatepost-revision']).not.toBe(before.headers['gatepost-revision']);
    expect(after.headers['last-modified']).toBe(before.headers['last-modified']);
  });

  it('as of a revision is what it was then, and stays that', async () => {
    const { headers, text } = await service.ask.get('/feed.json?at=2').expect(200);
    const feed = JSON.parse(text) as JsonFeed;
    expect(new Set(feed.items.map(({ _gatepost }) => _gatepost.revision))).toEqual(new Set([2]));
    expect(feed.feed_url).toBe(`${PUBLIC_URL}/feed.json?product=replicated&at=2`);
    expect(headers['cache-control']).toContain('immutable');
  });
});

describe('over HTTP', () => {
  it.each([
    ['/feed.atom', undefined, 'application/atom+xml; charset=utf-8'],
    ['/feed.atom', 'application/xml', 'application/xml; charset=utf-8'],
    ['/feed.atom', 'application/rss+xml, text/xml;q=0.5', 'text/xml; charset=utf-8'],
    ['/feed.json', undefined, 'application/feed+json'],
    ['/feed.json', 'application/json', 'application/json; charset=utf-8'],
  ])('%s for %s is %s', async (path, accept, type) => {
    const { headers } = await service.ask
      .get(path)
      .set(accept === undefined ? {} : { Accept: accept })
      .expect(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['vary']).toContain('Accept');
    expect(headers['vary']).toContain('Accept-Encoding');
  });

  it.each(['/feed.atom', '/feed.json'])(
    '%s has an ETag for each encoding and type, a date, HEAD and 304',
    async (path) => {
      const plain = await service.ask.get(path).set('Accept-Encoding', 'identity').expect(200);
      const packed = await service.ask.get(path).set('Accept-Encoding', 'br').expect(200);
      expect(packed.headers['content-encoding']).toBe('br');
      expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
      const { items } = await jsonAt();
      expect(plain.headers['last-modified']).toBe(new Date(items[0]!.date_published).toUTCString());
      await service.ask
        .head(path)
        .set('Accept-Encoding', 'identity')
        .expect(200)
        .expect('etag', plain.headers['etag']!);
      const { text } = await service.ask
        .get(path)
        .set({ 'Accept-Encoding': 'identity', 'If-None-Match': plain.headers['etag']! })
        .expect(304);
      expect(text).toBe('');
    },
  );

  it.each([
    ['first=0', 'first'],
    ['first=501', 'first'],
    ['first=2&first=3', 'first'],
    ['after=7-1', 'after'],
    ['after=1-1.0123456789abcdef', 'after'],
    ['since=1', 'since'],
    ['task=nonsense', 'task'],
    ['format=rss', 'format'],
  ])('%s is refused', async (query, parameter) => {
    for (const path of ['/feed.atom', '/feed.json']) {
      const { text } = await service.ask
        .get(`${path}?${query}`)
        .expect(400)
        .expect('content-type', /problem\+json/);
      expect((JSON.parse(text) as ProblemShape).errors).toMatchObject([{ parameter }]);
    }
  });

  it('the cursor of one selection is none of another', async () => {
    const { _gatepost } = await jsonAt('?first=1');
    await service.ask.get(`/feed.json?after=${_gatepost.nextCursor}&host=registry.replicated.com`).expect(400);
  });

  it.each(['application/rss+xml', 'text/html'])('%s alone is not to be had', async (accept) => {
    await service.ask.get('/feed.atom').set('Accept', accept).expect(406);
  });
});

describe('what a request says of its host', () => {
  const LIES = [
    { Host: 'evil.example' },
    { Host: 'evil.example:80', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'gopher' },
    { Forwarded: 'host=evil.example;proto=https', 'X-Original-Host': 'evil.example', 'X-Forwarded-Prefix': '/evil' },
  ];

  it.each(['/feed.atom', '/feed.json'])('is nowhere in %s, with a public URL and without', async (path) => {
    const unnamed = await startService();
    for (const one of [service, unnamed]) {
      const { text } = await one.ask.get(path).expect(200);
      for (const lies of LIES) expect((await one.ask.get(path).set(lies).expect(200)).text).toBe(text);
    }
    await unnamed.stop();
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../e2e/service.js';
import { startPublishing, type Publishing } from './publishing.js';

let publishing: Publishing;
let service: RunningService;
beforeAll(async () => {
  publishing = await startPublishing();
  ({ service } = publishing);
});
afterAll(() => publishing.stop());

const HEADER = 'Apollo-Require-Preflight';
const RESPONSE = 'application/graphql-response+json';
const PRODUCT = '{ product { name } }';
const WHOLE = '{ requirements { nodes { ref need description addresses { cidr host } } } }';

/** A GET as a client sends it that knows of the header. */
const get = (parameters: Readonly<Record<string, string>>) =>
  service.ask.get(`/graphql?${new URLSearchParams(parameters).toString()}`).set(HEADER, '1');
const post = (body: object | string, type = 'application/json') =>
  service.ask
    .post('/graphql')
    .set('Content-Type', type)
    .send(body as object);
const codeIn = (text: string) =>
  (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('a GET of what follows from the revision', () => {
  it('has a strong ETag, may be cached, and is answered with 304 to who has it', async () => {
    const { headers, body } = await get({ query: PRODUCT }).expect(200);
    expect(body).toEqual({ data: { product: { name: 'replicated' } } });
    expect(headers['etag']).toMatch(/^"[\w-]{43}"$/);
    expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600, stale-if-error=86400');
    expect(headers['vary']).toBe('Accept, Accept-Encoding');
    expect(headers['last-modified']).toMatch(/GMT$/);
    const again = await get({ query: PRODUCT }).set('If-None-Match', headers['etag']!).expect(304);
    expect(again.text).toBe('');
    expect(again.headers['etag']).toBe(headers['etag']);
    expect(again.headers['gatepost-revision']).toBe(headers['gatepost-revision']);
    expect(again.headers['gatepost-freshness']).toMatch(/^fresh; checked=@\d+$/);
  });

  it('has an ETag of its own for each media type and encoding', async () => {
    const etags = new Set<string>();
    for (const accept of [RESPONSE, 'application/json']) {
      for (const encoding of ['br', 'gzip', 'identity']) {
        const { headers } = await get({ query: WHOLE })
          .set('Accept', accept)
          .set('Accept-Encoding', encoding)
          .expect(200);
        expect(headers['content-type']).toContain(accept);
        expect(headers['content-encoding'] ?? 'identity').toBe(encoding);
        etags.add(headers['etag']!);
      }
    }
    expect(etags.size).toBe(6);
  });

  it.each([
    '*/*',
    'application/*',
    'application/json',
    RESPONSE,
    `${RESPONSE}; charset=utf-8, application/json; charset=utf-8`,
    '',
  ])('is answered by the media type that is accepted, whatever others asked for before: %s', async (accept) => {
    const query = `{ product { a: name b: title } } # ${accept}`;
    const ask = (type: string) => get({ query }).set('Accept', type);
    await ask(accept).expect(200);
    const json = await ask('application/json').expect(200);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    const own = await ask(RESPONSE).expect(200);
    expect(own.headers['content-type']).toBe(`${RESPONSE}; charset=utf-8`);
    const again = await ask(accept).expect(200);
    expect(again.headers['content-type']).toContain(accept.startsWith(RESPONSE) ? RESPONSE : 'application/json');
    await ask(RESPONSE).set('If-None-Match', json.headers['etag']!).expect(200);
    await ask(RESPONSE).set('If-None-Match', own.headers['etag']!).expect(304);
  });

  it('is answered to HEAD without a body', async () => {
    const url = `/graphql?query=${encodeURIComponent(PRODUCT)}`;
    const { headers } = await get({ query: PRODUCT }).expect(200);
    const head = await service.ask.head(url).set(HEADER, '1').expect(200);
    expect(head.headers['etag']).toBe(headers['etag']);
    expect(head.text ?? '').toBe('');
  });

  it('takes variables and the name of an operation', async () => {
    const query =
      'query A($task: [String!]) { tasks(selection: { task: $task }) { nodes { name } } } query B { product { name } }';
    const first = await get({ query, operationName: 'A', variables: '{"task":["upgrade"]}' }).expect(200);
    expect(first.body.data).toEqual({ tasks: { nodes: [{ name: 'upgrade' }] } });
    const second = await get({ query, operationName: 'A', variables: '{"task":["run"]}' }).expect(200);
    expect(second.body.data).toEqual({ tasks: { nodes: [{ name: 'run' }] } });
    expect((await get({ query, operationName: 'B' }).expect(200)).body.data).toEqual({
      product: { name: 'replicated' },
    });
  });

  it.each([
    '{ tasks(selection: { task: "app-upgrade" }) { nodes { name } } }',
    '{ requirement(ref: "replicated/app-upgrade/online/quay.io") { ref } }',
  ])('tells of an old name as REST does, also from what was kept: %s', async (query) => {
    for (const _again of [1, 2]) {
      const { headers, text } = await get({ query }).expect(200);
      expect(headers['deprecation']).toMatch(/^@\d+$/);
      expect(text).not.toContain('app-upgrade');
    }
    expect((await post({ query }).expect(200)).headers['deprecation']).toMatch(/^@\d+$/);
    const { headers } = await get({ query: query.replace('app-upgrade', 'upgrade') }).expect(200);
    expect(headers['deprecation']).toBeUndefined();
  });

  it('changes with the revision, and nothing old is answered', async () => {
    const query = '{ host(name: "api.replicated.com") { addresses { cidr } } product { version { revision } } }';
    const before = await get({ query }).expect(200);
    await publishing.publish();
    const after = await get({ query }).set('If-None-Match', before.headers['etag']!).expect(200);
    expect(after.body.data.product.version.revision).toBe(before.body.data.product.version.revision + 1);
    expect(after.body.data.host.addresses.length).toBe(before.body.data.host.addresses.length + 1);
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
  });
});

describe('what is not to be stored', () => {
  it.each([
    ['how things stand', { query: '{ status { freshness } }' }],
    ['how things stand, beside other things', { query: '{ product { name } status { freshness } }' }],
    ['an answer with an error', { query: '{ host(name: "nobody.example") { name } }' }],
    ['a document that does not fit', { query: '{ nonsense }' }],
    ['a document that is none', { query: '{' }],
  ])('%s has no ETag', async (_what, parameters) => {
    for (const _again of [1, 2]) {
      const { headers } = await get(parameters);
      expect(headers['etag']).toBeUndefined();
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('an answer to POST has none either', async () => {
    const { headers } = await post({ query: PRODUCT }).expect(200);
    expect(headers['etag']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('a request that another site could make somebody send', () => {
  it.each([
    ['a GET without a header', () => service.ask.get(`/graphql?query=${encodeURIComponent(PRODUCT)}`)],
    ['a GET that was answered before', () => service.ask.get(`/graphql?query=${encodeURIComponent(PRODUCT)}`)],
    ['a GET with an empty header', () => get({ query: PRODUCT }).set(HEADER, '')],
    [
      'a GET as a form sends it',
      () => service.ask.get(`/graphql?query=${encodeURIComponent(PRODUCT)}`).set('Content-Type', 'text/plain'),
    ],
  ])('%s is refused, and told how to ask', async (_what, send) => {
    await get({ query: PRODUCT }).expect(200);
    const { text, status } = await send();
    expect(status).toBe(400);
    expect(codeIn(text)).toBe('malformed-request');
    expect(text).toContain('apollo-require-preflight');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json; charset=iso-8859-1',
    'application/json; charset="utf-7"',
  ])('a POST of %s is refused', async (type) => {
    const { text } = await post('{"query":"{ product { name } }"}', type).expect(415);
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/unsupported-media-type' });
  });

  it('a POST of JSON in UTF-8 is answered', async () => {
    await post(JSON.stringify({ query: PRODUCT }), 'application/json; charset=UTF-8').expect(200);
  });

  it('a browser asks first, and may', async () => {
    const { headers } = await service.ask
      .options('/graphql')
      .set('Origin', 'https://portal.example')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'content-type')
      .expect(204);
    expect(headers['access-control-allow-methods']).toContain('POST');
    expect(headers['access-control-allow-headers']).toContain('Content-Type');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('automatic persisted queries', () => {
  const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
  const extensionsOf = (query: string, sha256Hash = hashOf(query)) => ({ persistedQuery: { version: 1, sha256Hash } });

  it('are asked for by hash, once they were sent', async () => {
    const query = '{ product { title } }';
    const extensions = JSON.stringify(extensionsOf(query));
    const unknown = await get({ extensions }).expect(200);
    expect(codeIn(unknown.text)).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(unknown.headers['cache-control']).toBe('no-store');
    await get({ query, extensions }).expect(200);
    const known = await get({ extensions }).expect(200);
    expect(known.body.data.product.title).toBe('Replicated');
    expect(known.headers['etag']).toMatch(/^"/);
    await get({ extensions }).set('If-None-Match', known.headers['etag']!).expect(304);
    expect((await post({ extensions: extensionsOf(query) }).expect(200)).body.data.product.title).toBe('Replicated');
  });

  it('with a hash of something else are refused', async () => {
    const { text } = await post({ query: PRODUCT, extensions: extensionsOf('{ other }') }).expect(400);
    expect(codeIn(text)).toBe('malformed-request');
  });

  it('of another version are refused', async () => {
    const { text } = await post({ query: PRODUCT, extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } });
    expect(codeIn(text)).toBe('malformed-request');
  });

  it('that are too large are not kept', async () => {
    const query = `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: __typename`).join(' ')} }`;
    expect(codeIn((await post({ query, extensions: extensionsOf(query) })).text)).toBe('document-too-large');
    expect(codeIn((await post({ extensions: extensionsOf(query) })).text)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('by the thousand cost no more memory than they are given', async () => {
    const first = '{ first: __typename }';
    await post({ query: first, extensions: extensionsOf(first) }).expect(200);
    // 40 documents of 60 KB are more than is kept.
    for (let i = 0; i < 40; i++) {
      const query = `{ a${i}: __typename } #${'x'.repeat(60_000)}`;
      await post({ query, extensions: extensionsOf(query) }).expect(200);
    }
    expect(codeIn((await post({ extensions: extensionsOf(first) })).text)).toBe('PERSISTED_QUERY_NOT_FOUND');
    await post({ query: first, extensions: extensionsOf(first) }).expect(200);
    expect((await post({ extensions: extensionsOf(first) }).expect(200)).body.data).toEqual({ first: 'Query' });
  });
});

describe('requests that are not right', () => {
  it.each<[string, number, string, () => ReturnType<typeof post>]>([
    ['an empty body', 400, 'malformed-request', () => post('')],
    ['a body that is not JSON', 400, 'malformed-request', () => post('{')],
    [
      'a body that has __proto__',
      400,
      'malformed-request',
      () => post('{"query":"{ product { name } }","__proto__":{"a":1}}'),
    ],
    [
      'a body too large',
      413,
      'content-too-large',
      () => post({ query: PRODUCT, variables: { a: 'x'.repeat(70_000) } }),
    ],
    [
      'bytes that are not UTF-8',
      400,
      'malformed-request',
      () => service.ask.get('/graphql?query=%ff').set(HEADER, '1'),
    ],
    ['a broken escape', 400, 'malformed-request', () => service.ask.get('/graphql?query=%7').set(HEADER, '1')],
    ['another method', 405, 'method-not-allowed', () => service.ask.put('/graphql')],
    [
      'a media type that is not offered',
      406,
      'not-acceptable',
      () => post({ query: PRODUCT }).set('Accept', 'image/png'),
    ],
    ['the same by GET', 406, 'not-acceptable', () => get({ query: PRODUCT }).set('Accept', 'image/png')],
    [
      'a body that is encoded',
      415,
      'unsupported-media-type',
      () => post({ query: PRODUCT }).set('Content-Encoding', 'gzip'),
    ],
    ['a file that is not there', 404, 'not-found', () => service.ask.get('/graphql/nothing.js')],
  ])('%s is %i', async (_what, status, slug, send) => {
    const { text, headers } = await send().expect(status);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({ type: `/problems/${slug}`, status });
  });

  it.each<[string, number, string, () => ReturnType<typeof post>]>([
    ['a batch', 400, 'malformed-request', () => post([{ query: PRODUCT }, { query: PRODUCT }])],
    ['an empty batch', 400, 'malformed-request', () => post([])],
    ['no query', 400, 'malformed-request', () => post({ variables: {} })],
    ['a query that is no string', 400, 'malformed-request', () => post({ query: { kind: 'Document' } })],
    ['variables that are no object', 400, 'malformed-request', () => post({ query: PRODUCT, variables: [1] })],
    [
      'a parameter twice',
      400,
      'malformed-request',
      () => service.ask.get('/graphql?query=%7Ba%7D&query=%7Bb%7D').set(HEADER, '1'),
    ],
    ['a mutation by GET', 405, 'method-not-allowed', () => get({ query: 'mutation { a: __typename }' })],
    ['a mutation', 400, 'invalid-document', () => post({ query: 'mutation { a: __typename }' })],
    [
      'an operation that is not there',
      400,
      'invalid-parameters',
      () => post({ query: `query A ${PRODUCT}`, operationName: 'B' }),
    ],
  ])('%s is %i', async (_what, status, code, send) => {
    const { text } = await send().expect(status);
    expect(codeIn(text)).toBe(code);
  });

  it('is not taken for GraphiQL unless a page is what is preferred', async () => {
    const page = await service.ask
      .get('/graphql')
      .set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
      .expect(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['vary']).toBe('Accept, Accept-Encoding');
    const { text } = await service.ask.get('/graphql').set('Accept', 'application/json').set(HEADER, '1').expect(400);
    expect(codeIn(text)).toBe('malformed-request');
  });
});

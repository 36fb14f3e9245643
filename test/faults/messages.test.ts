import { afterAll, beforeAll, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { exchange } from './exchange.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: 'ops:a-token' });
});
afterAll(() => service.stop());

const CLOSE = 'Host: a\r\nConnection: close\r\n';
const POST = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const HIDDEN = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

const refused = async (bytes: string, status: number, slug: string) => {
  const { text, body, ...answer } = await exchange(service.url, bytes);
  expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.headers['connection']).toBe('close');
  expect(JSON.parse(body)).toMatchObject({ type: `/problems/${slug}`, status });
};

it.each([
  ['an address of 8 KiB', `GET /hosts?host=${'a'.repeat(8_200)} HTTP/1.1\r\n${CLOSE}\r\n`, 414, 'uri-too-long'],
  ['an address of 20 KiB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${CLOSE}\r\n`, 431, 'header-fields-too-large'],
  ['2,100 headers', `GET /hosts HTTP/1.1\r\n${CLOSE}${'a: b\r\n'.repeat(2_100)}\r\n`, 431, 'header-fields-too-large'],
  ['2,500 parameters', `GET /hosts?${'a=&'.repeat(2_500)} HTTP/1.1\r\n${CLOSE}\r\n`, 400, 'invalid-parameters'],
] as const)('row 63: %s is refused', async (_what, bytes, status, slug) => {
  await refused(bytes, status, slug);
});

it('row 63: more than 32 different parameters are refused, and said to be too many', async () => {
  const names = Array.from({ length: 33 }, (_, i) => `p${i}=1`);
  const { body } = await service.ask.get(`/requirements?${names.join('&')}`).expect(400);
  const { errors } = body as { errors: { message: string }[] };
  expect(errors[0]?.message).toBe('There are 33 different parameters; at most 32 are read.');
});

it.each([
  ['without Host', 'GET /version HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['with two hosts', `GET /version HTTP/1.1\r\nHost: b\r\n${CLOSE}\r\n`],
  ['of HTTP/2.0', `GET /version HTTP/2.0\r\n${CLOSE}\r\n`],
])('row 66: a request %s is refused, also where its answer is kept', async (_what, bytes) => {
  for (let i = 0; i < 3; i++) await service.ask.get('/version').set('Accept-Encoding', '').expect(200);
  await refused(bytes, 400, 'malformed-request');
});

it.each([
  'Host: a b"<>',
  'Host:',
  'Host: evil.example:99999',
  'Host: a\r\nX-Forwarded-Host: evil.example',
  'Host: a\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: ftp',
  'Host: a\r\nForwarded: host=evil.example;proto=http',
  'Host: a\r\nX-Original-URL: /admin/refresh\r\nX-Rewrite-URL: /admin/refresh',
])('row 66: %s changes nothing of an answer', async (lines) => {
  const ask = async (path: string, given: string) => {
    const { body, headers } = await exchange(
      service.url,
      `GET ${path} HTTP/1.1\r\n${given}\r\nConnection: close\r\n\r\n`,
    );
    return [body, headers['etag'], headers['vary']];
  };
  for (const path of ['/requirements', '/feed.atom', '/revisions?first=2', 'http://evil.example/version']) {
    expect(await ask(path, lines), path).toEqual(await ask(path.replace('http://evil.example', ''), 'Host: a'));
  }
});

it.each([
  ['Content-Length and Transfer-Encoding', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
  ['a length with a sign', 'Content-Length: +3\r\n\r\nabc'],
  ['a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
  ['a folded line', 'X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a bare LF', 'X: a\nContent-Length: 0\n\r\n'],
  ['a bare CR', 'X: a\rContent-Length: 3\r\n\r\n'],
  ['a NUL', 'X: a\u0000\r\nContent-Length: 0\r\n\r\n'],
  ['chunked that is not last', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
  ['a chunk of no size', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
  ['a chunk that is longer than it says', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n'],
])('row 67: %s: one refusal, and the connection ends', async (_what, rest) => {
  await refused(`${POST}${rest}${HIDDEN}`, 400, 'malformed-request');
});

it('row 67: what follows a closing request is not answered', async () => {
  const { text } = await exchange(
    service.url,
    `POST /graphql HTTP/1.1\r\nHost: b\r\n${CLOSE}Content-Length: 0\r\n\r\n${HIDDEN}`,
  );
  expect(text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
});

it('row 67: 100 Continue is never written into the answer before it', async () => {
  const one = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  const { text } = await exchange(service.url, `${one}GET /version HTTP/1.1\r\n${CLOSE}Expect: 100-continue\r\n\r\n`);
  const last = text.slice(text.lastIndexOf('HTTP/1.1 200'));
  expect(JSON.parse(last.slice(last.indexOf('\r\n\r\n') + 4))).toMatchObject({ product: 'replicated' });
});

it.each(['TRACE', 'PROPFIND', 'PUT', 'PATCH', 'DELETE', 'POST'])(
  'row 69: %s is 405, with what is allowed',
  async (method) => {
    const { status, headers } = await exchange(
      service.url,
      `${method} /requirements HTTP/1.1\r\n${CLOSE}X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n\r\n`,
    );
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
  },
);

it('row 69: CONNECT is told that it is not used here', async () => {
  await refused(`CONNECT a:443 HTTP/1.1\r\n${CLOSE}\r\n`, 405, 'method-not-allowed');
});

it('row 69: a body of GET, and an expectation that nobody knows, are left unread', async () => {
  const head = `GET /version HTTP/1.1\r\n${CLOSE}Expect: miracle\r\nContent-Length: 5\r\n\r\nhello`;
  expect((await exchange(service.url, head)).status).toBe(200);
});

it.each([
  ['a member __proto__', 'application/json', '{"__proto__":{"a":1}}', [400]],
  ['100,000 lists', 'application/json', '['.repeat(60_000), [400]],
  ['another charset', 'application/json; charset=utf-7', '{}', [415]],
  ['2 MiB', 'application/json', `"${'a'.repeat(2 * 1_048_576)}"`, [413]],
] as const)('row 74: a body of JSON with %s is refused', async (_what, type, body, statuses) => {
  for (const path of ['/graphql', '/admin/refresh']) {
    const test = service.ask.post(path).set('Authorization', 'Bearer a-token').set('Content-Type', type);
    const { status } = await test.send(body);
    // What has no use for a body looks at no charset of it.
    expect(path === '/graphql' ? statuses : [...statuses, 200], path).toContain(status);
  }
});

it('row 74: a body that is compressed is refused', async () => {
  await service.ask.post('/graphql').type('json').set('Content-Encoding', 'gzip').send('{}').expect(415);
});

it.each([
  '/revisions?first=1000000000',
  '/changes?first=1000000000',
  '/changes?after=forged',
  '/revisions?after=-1',
  '/feed.json?after=x',
])('row 78: %s is refused', async (path) => {
  await service.ask.get(path).expect(400);
});

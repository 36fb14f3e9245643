import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_START, startService, type RunningService } from './service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ ADMIN_TOKENS: 'ops:a-token' });
});
afterAll(() => service.stop());

interface ProblemBody {
  type: string;
  status: number;
  detail: string;
  instance: string;
  errors: { code: string; parameter: string; value: string | null; allowed: string[]; didYouMean: string | null }[];
}

const problemAt = async (test: supertest.Test, status: number, slug: string): Promise<ProblemBody> => {
  const response = await test;
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.headers['etag']).toBeUndefined();
  const body = JSON.parse(response.text) as ProblemBody;
  expect(body).toMatchObject({ type: `/problems/${slug}`, status });
  expect(body.detail).not.toBe('');
  return body;
};

describe('parameters that cannot be used', () => {
  it.each([
    ['tsk=upgrade', 'unknown-parameter', 'tsk', 'upgrade', 'task'],
    ['Task=upgrade', 'unknown-parameter', 'Task', 'upgrade', 'task'],
    ['task[]=upgrade', 'unknown-parameter', 'task[]', 'upgrade', 'task'],
    ['with=1', 'unknown-parameter', 'with', '1', null],
    ['asked=1', 'unknown-parameter', 'asked', '1', null],
    ['__proto__=1', 'unknown-parameter', '__proto__', '1', null],
    ['constructor=1', 'unknown-parameter', 'constructor', '1', null],
    ['task=upgrde', 'unknown-value', 'task', 'upgrde', 'upgrade'],
    ['task=app-upgrad', 'unknown-value', 'task', 'app-upgrad', 'upgrade'],
    ['task=Upgrade', 'unknown-value', 'task', 'Upgrade', 'upgrade'],
    ['task=upgrade,', 'empty-value', 'task', '', null],
    ['task=', 'empty-value', 'task', '', null],
    ['task', 'empty-value', 'task', '', null],
    ['task=all,upgrade', 'unknown-value', 'task', 'all', null],
    ['mode=offline', 'unknown-value', 'mode', 'offline', null],
    ['mode=onlin', 'unknown-value', 'mode', 'onlin', 'online'],
    ['need=require', 'unknown-value', 'need', 'require', 'required'],
    ['host=quay.oi', 'unknown-value', 'host', 'quay.oi', 'quay.io'],
    ['zone=intranet', 'unknown-value', 'zone', 'intranet', 'internet'],
    ['direction=out', 'unknown-value', 'direction', 'out', null],
    ['protocol=tpc', 'unknown-value', 'protocol', 'tpc', 'tcp'],
    ['family=ip6', 'unknown-value', 'family', 'ip6', 'ipv6'],
    ['status=curent', 'unknown-value', 'status', 'curent', 'current'],
    ['port=0', 'malformed-value', 'port', '0', null],
    ['port=65536', 'malformed-value', 'port', '65536', null],
    ['port=443abc', 'malformed-value', 'port', '443abc', null],
    ['port=-1', 'malformed-value', 'port', '-1', null],
    ['port=%20443', 'malformed-value', 'port', ' 443', null],
    ['product=replicate', 'unknown-value', 'product', 'replicate', 'replicated'],
    ['product=replicated&product=replicated', 'repeated-parameter', 'product', 'replicated, replicated', null],
    ['task=%ff', 'bad-encoding', 'task', '%ff', null],
    ['task=%', 'bad-encoding', 'task', '%', null],
    ['task=up%00grade', 'bad-encoding', 'task', 'up%00grade', null],
    ['task=upgrade%0d%0aX:1', 'bad-encoding', 'task', 'upgrade%0d%0aX:1', null],
  ])('%s is a %s', async (query, code, parameter, value, didYouMean) => {
    const { errors, instance } = await problemAt(service.ask.get(`/requirements?${query}`), 400, 'invalid-parameters');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code, parameter, value });
    expect(errors[0]?.didYouMean).toBe(didYouMean);
    expect(instance).toBe('/requirements');
  });

  it('are all named at once', async () => {
    const test = service.ask.get('/requirements?tsk=1&product=a&product=b&mode=onlin&port=0&status=x');
    const { errors } = await problemAt(test, 400, 'invalid-parameters');
    expect(errors.map(({ code, parameter }) => [code, parameter])).toEqual([
      ['unknown-parameter', 'tsk'],
      ['repeated-parameter', 'product'],
      ['unknown-value', 'mode'],
      ['malformed-value', 'port'],
      ['unknown-value', 'status'],
    ]);
  });

  it('say what is allowed', async () => {
    const { errors } = await problemAt(service.ask.get('/requirements?mode=x'), 400, 'invalid-parameters');
    expect(errors[0]?.allowed).toEqual(['online', 'airgap']);
  });

  it.each([
    ['/lookup', 'missing-parameter', 'q'],
    ['/lookup?q=', 'empty-value', 'q'],
    ['/lookup?q=a&q=b', 'repeated-parameter', 'q'],
    ['/lookup?q=not%20a%20name', 'malformed-value', 'q'],
    ['/lookup?q=162.159.137.43/24', 'malformed-value', 'q'],
    ['/addresses?aggregate=yes', 'unknown-value', 'aggregate'],
    ['/addresses?aggregate=true&aggregate=true', 'repeated-parameter', 'aggregate'],
    ['/revisions?first=0', 'malformed-value', 'first'],
    ['/revisions?first=501', 'malformed-value', 'first'],
    ['/revisions?after=x', 'malformed-value', 'after'],
    ['/revisions?after=99', 'malformed-value', 'after'],
    ['/version?task=upgrade', 'unknown-parameter', 'task'],
    ['/requirements/replicated/upgrade/online/quay.io?task=run', 'unknown-parameter', 'task'],
  ])('%s: %s', async (path, code, parameter) => {
    const { errors } = await problemAt(service.ask.get(path), 400, 'invalid-parameters');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code, parameter });
  });
});

describe('the order of parameters and values', () => {
  it('has no meaning: the bytes and the ETag are the same', async () => {
    const one = await service.ask.get('/requirements?task=upgrade&task=install&mode=online&family=ipv6,ipv4');
    const other = await service.ask.get(
      '/requirements?family=ipv4&mode=online&family=ipv6&task=install,upgrade,install',
    );
    expect(other.text).toBe(one.text);
    expect(other.headers['etag']).toBe(one.headers['etag']);
  });
});

describe('requests for what is not there', () => {
  it.each([
    ['GET', '/nope', 404, 'not-found'],
    ['GET', '/requirement', 404, 'not-found'],
    ['GET', '/requirements/', 404, 'not-found'],
    ['GET', '/hosts/nope.example.org', 404, 'unknown-host'],
    ['GET', '/hosts/general', 404, 'unknown-host'],
    ['GET', '/hosts/__proto__', 404, 'unknown-host'],
    ['GET', '/revisions/999', 404, 'unknown-revision'],
    ['GET', '/revisions/1e0', 404, 'unknown-revision'],
    ['GET', '/revisions/0', 404, 'unknown-revision'],
    ['GET', '/problems/nope', 404, 'not-found'],
    ['GET', '/docs/../../package.json', 404, 'not-found'],
    ['GET', '/docs/package.json', 404, 'not-found'],
    ['GET', '/docs/constructor', 404, 'not-found'],
    ['GET', '/hosts/%ff', 400, 'malformed-request'],
    ['GET', '/hosts/%', 400, 'malformed-request'],
    ['GET', '/hosts/a%00b', 400, 'malformed-request'],
    ['POST', '/requirements', 405, 'method-not-allowed'],
    ['PUT', '/hosts/quay.io', 405, 'method-not-allowed'],
    ['DELETE', '/version', 405, 'method-not-allowed'],
    ['PATCH', '/status', 405, 'method-not-allowed'],
    ['GET', '/admin/refresh', 401, 'unauthorized'],
    ['GET', '/admin/nope', 401, 'unauthorized'],
    ['GET', '/%61dmin/refresh', 401, 'unauthorized'],
    ['GET', '/docs/', 404, 'not-found'],
    ['GET', '/status?x=1', 400, 'invalid-parameters'],
    ['GET', '/status?x=%zz', 400, 'invalid-parameters'],
    ['GET', '/health/ready?x', 400, 'invalid-parameters'],
    ['GET', '/openapi.json?x=1', 400, 'invalid-parameters'],
    ['GET', '/docs?x=1', 400, 'invalid-parameters'],
    ['GET', '/problems/not-found?x=1', 400, 'invalid-parameters'],
  ] as const)('%s %s is %i %s', async (method, path, status, slug) => {
    const test = service.ask[method.toLowerCase() as 'get'](path);
    await problemAt(test, status, slug);
  });

  it('say which methods are allowed', async () => {
    const { headers } = await service.ask.post('/requirements');
    expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
    const admin = service.ask.get('/admin/refresh').set('Authorization', 'Bearer a-token');
    expect((await admin.expect(405)).headers['allow']).toBe('OPTIONS, POST');
  });

  it('say what was likely meant', async () => {
    expect((await problemAt(service.ask.get('/requirement'), 404, 'not-found')).detail).toContain('/requirements');
    expect((await problemAt(service.ask.get('/hosts/api.replicate.com'), 404, 'unknown-host')).detail).toContain(
      'api.replicated.com',
    );
  });
});

describe('limits of size', () => {
  it('a long address is 414', async () => {
    await problemAt(service.ask.get(`/requirements?task=${'a'.repeat(8_200)}`), 414, 'uri-too-long');
    await problemAt(service.ask.get(`/hosts/${'a'.repeat(600)}`), 414, 'uri-too-long');
  });

  it('large headers are 431', async () => {
    const { status, body } = await rawRequest(`GET /hosts HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(status).toBe(431);
    expect(body).toMatchObject({ type: '/problems/header-fields-too-large', status: 431 });
  });

  it('what is no HTTP is 400', async () => {
    const { status, body } = await rawRequest('GET / HTTX/1.1\r\n\r\n');
    expect(status).toBe(400);
    expect(body).toMatchObject({ type: '/problems/malformed-request', status: 400 });
  });

  it('an unknown method is 405', async () => {
    const { status, body } = await rawRequest('HELLO / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(status).toBe(405);
    expect(body).toMatchObject({ type: '/problems/method-not-allowed', status: 405 });
  });

  it('an absolute target shows nothing of its host', async () => {
    const { status, body } = await rawRequest(
      'GET http://evil.example/nope HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({ instance: '/nope' });
    expect(JSON.stringify(body)).not.toContain('evil');
  });

  it('an absolute target does not get past the token', async () => {
    const request =
      'POST http://evil.example/admin/refresh HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
    const { status, body } = await rawRequest(request);
    expect(status).toBe(401);
    expect(body).toMatchObject({ type: '/problems/unauthorized' });
  });

  it('a short question has no long answer, however often it is wrong', async () => {
    const wrong = Array.from({ length: 1_000 }, (_, i) => `x${i}`).join(',');
    const { text } = await service.ask.get(`/requirements?host=${wrong}`).expect(400);
    expect(text.length).toBeLessThan(64 * 1024);
  });

  it('many parameters are refused', async () => {
    const many = Array.from({ length: 300 }, () => 'task=run').join('&');
    await problemAt(service.ask.get(`/requirements?${many}`), 400, 'invalid-parameters');
  });
});

describe('bodies', () => {
  const post = () => service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token');

  it('that are too large are 413', async () => {
    await problemAt(
      post()
        .type('json')
        .send(JSON.stringify('a'.repeat(70_000))),
      413,
      'content-too-large',
    );
  });

  it('of another format are 415', async () => {
    await problemAt(post().type('text/plain').send('x'), 415, 'unsupported-media-type');
    await problemAt(post().type('application/x-www-form-urlencoded').send('x=1'), 415, 'unsupported-media-type');
  });

  it('that are not JSON are 400', async () => {
    await problemAt(post().type('json').send('{'), 400, 'malformed-request');
    await problemAt(post().type('json').send('{"__proto__":1}'), 400, 'malformed-request');
  });
});

describe('what is accepted', () => {
  it.each(['text/html', 'application/xml', 'application/json;q=0'])('%s is 406', async (accept) => {
    await problemAt(service.ask.get('/requirements').set('Accept', accept), 406, 'not-acceptable');
    await problemAt(service.ask.get('/status').set('Accept', accept), 406, 'not-acceptable');
  });

  it.each(['*/*', 'application/*', 'application/json', 'text/html, */*;q=0.1'])('%s is JSON', async (accept) => {
    const { headers } = await service.ask.get('/requirements').set('Accept', accept).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('an encoding that is not offered is 406 only where identity is excluded', async () => {
    await service.ask.get('/requirements').set('Accept-Encoding', 'zstd').expect(200);
    const nothing = service.ask.get('/requirements').set('Accept-Encoding', 'zstd, identity;q=0');
    await problemAt(nothing, 406, 'not-acceptable');
  });
});

describe('representations', () => {
  const bytes = async (encoding: string) => {
    const response = await fetch(`${service.url}/requirements`, { headers: { 'accept-encoding': encoding } });
    return { headers: response.headers, text: await response.text() };
  };

  it('are the same in every encoding, under tags of their own', async () => {
    const [identity, gzip, brotli] = [await bytes('identity'), await bytes('gzip'), await bytes('br, gzip;q=0.5')];
    expect(identity.headers.get('content-encoding')).toBeNull();
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(brotli.headers.get('content-encoding')).toBe('br');
    expect(gzip.text).toBe(identity.text);
    expect(brotli.text).toBe(identity.text);
    const tag = identity.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(gzip.headers.get('etag')).toBe(tag.replace(/"$/, '-gzip"'));
    expect(brotli.headers.get('etag')).toBe(tag.replace(/"$/, '-br"'));
    for (const { headers } of [identity, gzip, brotli]) expect(headers.get('vary')).toBe('Accept-Encoding');
  });

  it('have their true length', async () => {
    for (const [encoding, decode] of [
      ['identity', (body: Buffer) => body],
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const { head, body } = await rawGet('/requirements', encoding);
      expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(body.length);
      expect(JSON.parse(decode(body).toString())).toMatchObject({ product: 'replicated' });
    }
  });
});

describe('conditional requests', () => {
  it.each([
    ['the tag', (tag: string) => tag],
    ['a weak tag', (tag: string) => `W/${tag}`],
    ['a list', (tag: string) => `"x", ${tag}, "y"`],
    ['a star', () => '*'],
  ])('with %s are answered 304, with the headers of 200 and no body', async (_name, condition) => {
    const first = await service.ask.get('/hosts').set('Accept-Encoding', 'identity').expect(200);
    const tag = first.headers['etag'] as string;
    const second = await service.ask
      .get('/hosts')
      .set('Accept-Encoding', 'identity')
      .set('If-None-Match', condition(tag))
      .expect(304);
    expect(second.text).toBe('');
    for (const header of [
      'etag',
      'cache-control',
      'vary',
      'last-modified',
      'gatepost-revision',
      'gatepost-freshness',
    ]) {
      expect(second.headers[header]).toBe(first.headers[header]);
    }
  });

  it('with another tag are answered in full', async () => {
    await service.ask.get('/hosts').set('If-None-Match', '"x"').expect(200);
  });

  it('of another encoding are answered in full', async () => {
    const { headers } = await service.ask.get('/hosts').set('Accept-Encoding', 'gzip').expect(200);
    await service.ask
      .get('/hosts')
      .set('Accept-Encoding', 'identity')
      .set('If-None-Match', headers['etag'] as string)
      .expect(200);
  });
});

describe('headers', () => {
  it('tell caches how long, and everyone how fresh', async () => {
    const { headers } = await service.ask.get('/requirements').expect(200);
    expect(headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600, stale-if-error=86400');
    expect(headers['gatepost-revision']).toBe(String(AT_START));
    expect(headers['gatepost-freshness']).toBe('bundled');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(Number.isNaN(Date.parse(headers['last-modified'] as string))).toBe(false);
  });

  it.each(['/status', '/health/live', '/health/ready'])('%s is never cached', async (path) => {
    const { headers } = await service.ask.get(path).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['etag']).toBeUndefined();
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8, */*;q=0.1',
    'application/*',
    '*/*',
    '',
  ])('say JSON to who accepts %j', async (accept) => {
    const { headers } = await service.ask.get('/version').set('Accept', accept).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    await service.ask.get('/status').set('Accept', accept).expect(200);
  });

  it('let every site ask, and none use a token', async () => {
    const { headers } = await service.ask.get('/requirements').set('Origin', 'https://portal.example');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toContain('Gatepost-Revision');
    const preflight = await service.ask
      .options('/requirements')
      .set('Origin', 'https://portal.example')
      .set('Access-Control-Request-Method', 'GET')
      .set('Access-Control-Request-Headers', 'If-None-Match')
      .expect(204);
    expect(preflight.headers['access-control-allow-methods']).toBe('GET, HEAD, POST');
    expect(preflight.headers['access-control-allow-headers']).not.toContain('uthorization');
  });
});

it.each([
  '/requirements',
  '/requirements/replicated/upgrade/online/quay.io',
  '/catalog',
  '/tasks',
  '/modes',
  '/ports',
  '/hosts',
  '/hosts/quay.io',
  '/addresses',
  '/lookup?q=quay.io',
  '/version',
  '/revisions',
  '/revisions/latest',
  '/health/live',
  '/openapi.json',
  '/docs',
  '/problems',
])('HEAD %s has the headers of GET and no body', async (path) => {
  const get = await service.ask.get(path).set('Accept-Encoding', 'identity').expect(200);
  const head = await service.ask.head(path).set('Accept-Encoding', 'identity').expect(200);
  expect(head.text).toBeUndefined();
  for (const header of ['etag', 'content-type', 'cache-control'])
    expect(head.headers[header]).toBe(get.headers[header]);
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
});

describe('the rate limit', () => {
  it('answers 429 with when to come back, and leaves /version and /health alone', async () => {
    const limited = await startService({ RATE_LIMIT: '3' });
    try {
      for (const left of [2, 1, 0]) {
        const { headers } = await limited.ask.get('/tasks').expect(200);
        expect(headers['ratelimit-policy']).toBe('"default";q=3;w=60');
        expect(headers['ratelimit']).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`));
      }
      const refused = await limited.ask.get('/tasks');
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ type: '/problems/too-many-requests' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await limited.ask.get('/version').expect(200)).headers['ratelimit']).toBeUndefined();
      await limited.ask.get('/health/ready').expect(200);
    } finally {
      await limited.stop();
    }
  });

  it('believes X-Forwarded-For of trusted proxies alone', async () => {
    for (const [trusted, second] of [
      ['127.0.0.0/8', 200],
      ['', 429],
    ] as const) {
      const limited = await startService({ RATE_LIMIT: '1', TRUST_PROXY: trusted });
      try {
        await limited.ask.get('/tasks').set('X-Forwarded-For', '198.18.0.1').expect(200);
        await limited.ask.get('/tasks').set('X-Forwarded-For', '198.18.0.2').expect(second);
      } finally {
        await limited.stop();
      }
    }
  });
});

it('HEAD of what the client has already is 304, and says no length that is not so', async () => {
  const { headers } = await service.ask.get('/version').set('Accept-Encoding', 'identity').expect(200);
  const head = await service.ask
    .head('/version')
    .set('Accept-Encoding', 'identity')
    .set('If-None-Match', headers['etag'] as string);
  expect(head.status).toBe(304);
  expect(head.headers['content-length']).toBeUndefined();
  expect(head.headers['etag']).toBe(headers['etag']);
});

it.each([
  ['/docs', 'application/json'],
  ['/problems', 'application/json'],
  ['/openapi.json', 'text/html'],
])('%s is not to be had as %s', async (path, accept) => {
  await problemAt(service.ask.get(path).set('Accept', accept), 406, 'not-acceptable');
});

it('the root leads to the reference', async () => {
  const { headers } = await service.ask.get('/').expect(302);
  expect(headers['location']).toBe('/docs');
});

it('the reference needs no other host', async () => {
  const { text, headers } = await service.ask.get('/docs').expect(200);
  expect(text).not.toMatch(/https?:/);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  for (const [, path] of text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) await service.ask.get(path!).expect(200);
});

/** Sends bytes as they are, and reads the answer to its end. */
async function rawExchange(bytes: string): Promise<Buffer> {
  const { hostname, port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
  });
}

async function rawRequest(bytes: string): Promise<{ status: number; body: unknown }> {
  const text = (await rawExchange(bytes)).toString();
  return { status: Number(text.split(' ')[1]), body: JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as unknown };
}

async function rawGet(path: string, encoding: string): Promise<{ head: string; body: Buffer }> {
  const answer = await rawExchange(
    `GET ${path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`,
  );
  const end = answer.indexOf('\r\n\r\n');
  return { head: answer.subarray(0, end).toString(), body: answer.subarray(end + 4) };
}

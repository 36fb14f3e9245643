import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dateOf, fetchList, retryAfter, type FetchOptions, type Fetched } from '../../src/upstream/fetch.js';
import { FetchFailed } from '../../src/upstream/fetch-failed.js';
import {
  drip,
  fakeUpstream,
  flood,
  list,
  raw,
  reply,
  silence,
  type Answer,
  type FakeUpstream,
} from '../fake-upstream.js';
import { NEWEST, versionBytes } from './lists.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const JSON_TYPE = { 'content-type': 'application/json' };
const BODY = versionBytes(NEWEST);

let upstream: FakeUpstream;
beforeEach(async () => {
  upstream = await fakeUpstream();
});
afterEach(async () => {
  await upstream.close();
});

function fetchFrom(url: URL, options: Partial<FetchOptions> = {}): Promise<Fetched> {
  return fetchList(url, {
    etag: null,
    mostBytes: 65_536,
    deadlineMs: 10_000,
    signal: new AbortController().signal,
    now: NOW,
    ...options,
  });
}

/** The body that comes of an answer, as text. */
async function bodyOf(answer: Answer, options: Partial<FetchOptions> = {}): Promise<string> {
  upstream.answer(answer);
  const fetched = await fetchFrom(upstream.url, options);
  return fetched.kind === 'body' ? Buffer.from(fetched.body).toString('utf8') : fetched.kind;
}

/** Why nothing comes of an answer. */
async function failureOf(answer: Answer, options: Partial<FetchOptions> = {}): Promise<FetchFailed> {
  upstream.answer(answer);
  return failureFrom(upstream.url, options);
}

async function failureFrom(url: URL, options: Partial<FetchOptions> = {}): Promise<FetchFailed> {
  const failure: unknown = await fetchFrom(url, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(FetchFailed);
  return failure as FetchFailed;
}

describe('what is asked', () => {
  it('is one GET of the URL, for JSON or text, plain or in gzip, by name', async () => {
    await bodyOf(list(BODY));
    expect(upstream.asked).toHaveLength(1);
    expect(upstream.asked[0]).toMatchObject({
      method: 'GET',
      path: '/ip_addresses.json',
      headers: {
        host: `127.0.0.1:${upstream.port}`,
        accept: 'application/json, text/plain;q=0.9',
        'accept-encoding': 'gzip',
        'user-agent': 'gatepost',
      },
    });
  });

  it('has no condition without an ETag', async () => {
    await bodyOf(list(BODY));
    expect(upstream.asked[0]?.headers).not.toHaveProperty('if-none-match');
    expect(upstream.asked[0]?.headers).not.toHaveProperty('if-modified-since');
  });

  it.each(['"a1b2"', 'W/"a1b2"'])('has the ETag %s as its condition, as it came', async (etag) => {
    await bodyOf(list(BODY, etag), { etag });
    expect(upstream.asked[0]?.headers['if-none-match']).toBe(etag);
  });
});

describe('a 200', () => {
  it('brings the bytes as they are, and the ETag', async () => {
    upstream.answer(list(BODY, '"a1b2"'));
    expect(await fetchFrom(upstream.url)).toMatchObject({ kind: 'body', body: BODY, etag: '"a1b2"' });
  });

  it('brings no ETag where there is none', async () => {
    upstream.answer(list(BODY));
    expect(await fetchFrom(upstream.url)).toMatchObject({ kind: 'body', body: BODY, etag: null });
  });

  it('brings a new list although a condition was sent', async () => {
    upstream.answer(list(BODY, '"new"'));
    expect(await fetchFrom(upstream.url, { etag: '"old"' })).toMatchObject({ kind: 'body', body: BODY, etag: '"new"' });
  });

  it('brings what stood in gzip', async () => {
    upstream.answer(reply(200, { 'content-encoding': 'gzip', etag: '"z"' }, gzipSync(BODY)));
    expect(await fetchFrom(upstream.url)).toMatchObject({ kind: 'body', body: BODY, etag: '"z"' });
  });

  it.each(['GZIP', ' gzip ', 'identity', ''])('knows the encoding %j', async (coding) => {
    const body = coding.trim().toLowerCase() === 'gzip' ? gzipSync('{}') : '{}';
    expect(await bodyOf(reply(200, { 'content-encoding': coding }, body))).toBe('{}');
  });

  it.each<[what: string, headers: Record<string, string>]>([
    ['no type', {}],
    ['text/plain', { 'content-type': 'text/plain; charset=utf-8' }],
    ['application/json', JSON_TYPE],
    ['a JSON of its own', { 'content-type': 'application/vnd.list+json' }],
    ['bytes', { 'content-type': 'application/octet-stream' }],
  ])('is judged by its body where it says it is %s', async (_what, headers) => {
    expect(await bodyOf(reply(200, headers, '{}'))).toBe('{}');
  });

  it.each([
    'text/html',
    'text/html; charset=utf-8',
    'TEXT/HTML',
    'application/xhtml+xml',
    'text/xml',
    'application/xml',
    'image/png',
    'image/svg+xml',
    'video/mp4',
    'audio/ogg',
  ])('is refused as %s, whatever its body', async (type) => {
    expect(await failureOf(reply(200, { 'content-type': type }, '{}'))).toMatchObject({
      reason: 'content-type',
      retryAfterMs: null,
    });
  });

  it('may be empty, which its reader will judge', async () => {
    expect(await bodyOf(reply(200, JSON_TYPE))).toBe('');
  });

  it('may come in chunks', async () => {
    const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n';
    expect(await bodyOf(raw(chunked))).toBe('{}');
  });

  it('may come slowly, within its time', async () => {
    expect(await bodyOf(drip('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', 1))).toBe('{}');
  });
});

describe('a 304', () => {
  it('says that nothing is new, where a condition was sent', async () => {
    upstream.answer(list(BODY, '"a1b2"'));
    expect(await fetchFrom(upstream.url, { etag: '"a1b2"' })).toMatchObject({ kind: 'not-modified' });
  });

  it('is refused where none was', async () => {
    expect((await failureOf(reply(304, { etag: '"a1b2"' }))).reason).toBe('bad-304');
  });

  it('has no body, though bytes follow it', async () => {
    const bytes = `HTTP/1.1 304 Not Modified\r\netag: "a"\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY.toString()}`;
    upstream.answer(raw(bytes));
    expect(await fetchFrom(upstream.url, { etag: '"a"' })).toMatchObject({ kind: 'not-modified' });
    expect((await failureOf(raw(bytes))).reason).toBe('bad-304');
  });
});

describe('any other status', () => {
  it.each([201, 202, 203, 204, 205, 206, 226, 300, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 504, 599])(
    '%i is refused, even with a list for a body',
    async (status) => {
      const hasBody = status !== 204 && status !== 205;
      const failure = await failureOf(reply(status, JSON_TYPE, hasBody ? BODY : ''));
      expect(failure).toMatchObject({ reason: 'status', retryAfterMs: null });
      expect(failure.message).toBe(`Upstream answered ${status}.`);
    },
  );

  it.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    const other = await fakeUpstream(list(BODY));
    try {
      const failure = await failureOf(reply(status, { location: other.url.href }, ''));
      expect(failure.reason).toBe('status');
      expect(other.asked).toEqual([]);
      expect((await failureOf(reply(status, { location: '/elsewhere' }, ''))).reason).toBe('status');
      expect(upstream.asked.map(({ path }) => path)).toEqual(['/ip_addresses.json', '/ip_addresses.json']);
    } finally {
      await other.close();
    }
  });

  it.each([429, 503, 500, 301])('%i tells how long to wait', async (status) => {
    expect((await failureOf(reply(status, { 'retry-after': '120' }))).retryAfterMs).toBe(120_000);
    expect((await failureOf(reply(status, { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }))).retryAfterMs).toBe(
      60_000,
    );
    expect((await failureOf(reply(status, { 'retry-after': '-1' }))).retryAfterMs).toBeNull();
  });
});

describe('Retry-After', () => {
  it.each<[value: string | null, ms: number | null]>([
    [null, null],
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    ['315360000', 315_360_000_000],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 0],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
    ['Fri, 31 Dec 1999 23:59:59 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['+1', null],
    ['0x10', null],
    ['', null],
    ['soon', null],
    ['1 hour', null],
    ['99999999999999999999', null],
    ['2026-01-01T00:02:00Z', null],
    ['Thu, 99 Xxx 2026 00:00:00 GMT', null],
    ['120, 240', null],
  ])('%j asks for %j ms', (value, ms) => {
    expect(retryAfter(value, NOW)).toBe(ms);
  });
});

describe('an answer that breaks off', () => {
  it.each<[what: string, answer: Answer]>([
    ['before its first byte', raw('')],
    ['in its first line', raw('HTTP/1.1 20')],
    ['in its headers', raw('HTTP/1.1 200 OK\r\ncontent-type: appl')],
    ['short of its length', raw('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}')],
    ['in a chunk', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{}')],
    ['between chunks', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n')],
    ['before the end of the last chunk', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n')],
    ['by a reset at once', raw('', 'reset')],
    ['by a reset in its body', raw('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}', 'reset')],
  ])('%s is a failure', async (_what, answer) => {
    expect((await failureOf(answer)).reason).toBe('network');
  });

  it.each<[what: string, bytes: string]>([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a chunk size that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-filler: yes\r\n'.repeat(5_000)}\r\n{}`],
    ['one endless header', `HTTP/1.1 200 OK\r\nx-filler: ${'a'.repeat(100_000)}\r\n\r\n{}`],
  ])('or never was one is a failure: %s', async (_what, bytes) => {
    expect((await failureOf(raw(bytes))).reason).toBe('network');
  });

  it('for want of anyone listening is a failure', async () => {
    const gone = await fakeUpstream();
    await gone.close();
    expect((await failureFrom(gone.url)).reason).toBe('network');
  });

  it.each(['', '{"api.repl', BODY.toString().slice(0, 700)])(
    'at its end without a length is handed on as it is, for its reader to refuse: %j',
    async (part) => {
      expect(await bodyOf(raw(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${part}`))).toBe(part);
    },
  );
});

describe('the deadline', () => {
  const soon = { deadlineMs: 150 };

  it.each<[what: string, answer: Answer]>([
    ['nothing comes', silence],
    ['only headers come', raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n', 'keep')],
    ['half the body comes', raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{', 'keep')],
    ['informational answers come for ever', drip('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(400), 1)],
    ['headers come byte by byte', drip(`HTTP/1.1 200 OK\r\nx-filler: ${'a'.repeat(9_999)}`, 5)],
    ['the body comes byte by byte', drip(`HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n${'{'.repeat(9_999)}`, 5)],
  ])('ends an exchange in which %s', async (_what, answer) => {
    expect((await failureOf(answer, soon)).reason).toBe('timeout');
  });

  it('leaves no connection behind', async () => {
    await failureOf(silence, soon);
    await expect.poll(() => upstream.connections()).toBe(0);
    await failureOf(raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{', 'keep'), soon);
    await expect.poll(() => upstream.connections()).toBe(0);
  });
});

it('row 23: an upstream that stands still in the middle of everything is given up, and read when it goes on', async () => {
  const program = `require('node:http').createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1', function () {
    console.log(this.address().port);
  })`;
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const url = new URL(`http://127.0.0.1:${port.toString().trim()}/`);
    child.kill('SIGSTOP');
    expect((await failureFrom(url, { deadlineMs: 500 })).reason).toBe('timeout');
    child.kill('SIGCONT');
    expect((await fetchFrom(url)).kind).toBe('body');
  } finally {
    child.kill('SIGKILL');
  }
});

describe('the signal', () => {
  it('ends an exchange that is under way', async () => {
    const stop = new AbortController();
    const failing = failureOf(
      (request, response) => {
        silence(request, response);
        stop.abort();
      },
      { signal: stop.signal },
    );
    expect((await failing).reason).toBe('network');
    await expect.poll(() => upstream.connections()).toBe(0);
  });

  it('that is given already asks for nothing', async () => {
    expect((await failureFrom(upstream.url, { signal: AbortSignal.abort() })).reason).toBe('network');
    expect(upstream.asked).toEqual([]);
  });
});

describe('the limit of bytes', () => {
  const limit = 1_000;

  it('lets a list be as large, and not a byte larger', async () => {
    const most = { mostBytes: limit };
    const just = `{${' '.repeat(limit - 2)}}`;
    expect(await bodyOf(list(just), most)).toBe(just);
    expect(await bodyOf(reply(200, { 'content-encoding': 'gzip' }, gzipSync(just)), most)).toBe(just);
    expect((await failureOf(list(`${just} `), most)).reason).toBe('too-large');
    expect((await failureOf(reply(200, { 'content-encoding': 'gzip' }, gzipSync(`${just} `)), most)).reason).toBe(
      'too-large',
    );
  });

  it.each<[what: string, answer: Answer]>([
    ['a plain body', reply(200, JSON_TYPE, Buffer.alloc(5_000_000, '{'))],
    [
      'a body whose length is a lie',
      raw(`HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n${'{'.repeat(9_999)}`, 'keep'),
    ],
    ['a body without end', flood('HTTP/1.1 200 OK\r\n\r\n', Buffer.alloc(65_536, '{'))],
    [
      'chunks without end',
      flood('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', `1000\r\n${'{'.repeat(4_096)}\r\n`),
    ],
    ['gzip that is large itself', reply(200, { 'content-encoding': 'gzip' }, Buffer.alloc(100_000, 'x'))],
    [
      'gzip that is small and becomes large',
      reply(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(500_000))),
    ],
    [
      'gzip that becomes large in its second part',
      reply(200, { 'content-encoding': 'gzip' }, Buffer.concat([gzipSync('{}'), gzipSync(Buffer.alloc(500_000))])),
    ],
  ])('refuses %s', async (_what, answer) => {
    expect((await failureOf(answer, { mostBytes: limit })).reason).toBe('too-large');
    await expect.poll(() => upstream.connections()).toBe(0);
  });

  it('refuses two hundred megabytes that travel as two hundred kilobytes', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1_048_576);
    const failure = await failureOf(reply(200, { 'content-encoding': 'gzip' }, bomb), { mostBytes: 1_048_576 });
    expect(failure.reason).toBe('too-large');
    expect(failure.message).toBe('The list is larger than 1048576 bytes.');
  });
});

describe('an encoding', () => {
  it.each<[what: string, coding: string | readonly string[], body: Uint8Array]>([
    ['brotli', 'br', brotliCompressSync('{}')],
    ['deflate', 'deflate', Buffer.from('{}')],
    ['zstd', 'zstd', Buffer.from('{}')],
    ['gzip twice', 'gzip, gzip', gzipSync(gzipSync('{}'))],
    ['gzip twice in two headers', ['gzip', 'gzip'], gzipSync(gzipSync('{}'))],
    ['fifty codings', Array.from({ length: 50 }, () => 'gzip').join(', '), Buffer.from('{}')],
    ['one that is none', 'aes128', Buffer.from('{}')],
    ['gzip that is none', 'gzip', Buffer.from('{}')],
    ['gzip of nothing', 'gzip', Buffer.alloc(0)],
    ['gzip that is cut', 'gzip', gzipSync(BODY).subarray(0, -9)],
    ['gzip whose checksum is wrong', 'gzip', withByteChanged(gzipSync(BODY), -8)],
    ['gzip whose length is wrong', 'gzip', withByteChanged(gzipSync(BODY), -1)],
  ])('that was not offered or is broken is refused: %s', async (_what, coding, body) => {
    expect((await failureOf(reply(200, { ...JSON_TYPE, 'content-encoding': coding }, body))).reason).toBe('encoding');
  });
});

function withByteChanged(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at + changed.length;
  changed[index] = (changed[index] ?? 0) ^ 0xff;
  return changed;
}

describe('where a list may come from', () => {
  it('a name that resolves to a private address is refused, and nobody is asked', async () => {
    upstream.answer(list(BODY));
    const failure = await failureFrom(new URL(`http://localhost:${upstream.port}/`));
    expect(failure.reason).toBe('private-address');
    expect(failure.message).toBe('localhost resolves to an address that is not public.');
    expect(upstream.asked).toEqual([]);
  });

  it.each(['http://127.0.0.1', 'http://127.1', 'http://0x7f.1', 'http://2130706433', 'http://[::ffff:127.0.0.1]'])(
    '%s is a literal address, and so consent to it',
    async (origin) => {
      upstream.answer(list(BODY));
      const fetched = await fetchFrom(new URL(`${origin}:${upstream.port}/`));
      expect(fetched.kind).toBe('body');
    },
  );

  it('a proxy of the environment is not asked', async () => {
    const proxy = await fakeUpstream(list('{}'));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = proxy.url.href;
    try {
      expect(await bodyOf(list(BODY))).toBe(BODY.toString());
      expect(proxy.asked).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
      await proxy.close();
    }
  });
});

describe('a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-fetch-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const inFolder = (name: string) => pathToFileURL(path.join(folder, name));

  it('is read whole, and has no ETag', async () => {
    await writeFile(path.join(folder, 'list of ips.json'), BODY);
    expect(await fetchFrom(inFolder('list of ips.json'), { etag: '"a"' })).toEqual({
      kind: 'body',
      body: BODY,
      etag: null,
      date: null,
    });
  });

  it('may be as large as the limit, and not a byte larger', async () => {
    await writeFile(path.join(folder, 'list.json'), BODY);
    const fetched = await fetchFrom(inFolder('list.json'), { mostBytes: BODY.length });
    expect(fetched.kind).toBe('body');
    const failure = await failureFrom(inFolder('list.json'), { mostBytes: BODY.length - 1 });
    expect(failure.reason).toBe('too-large');
  });

  it('that is missing is a failure that names it', async () => {
    const failure = await failureFrom(inFolder('missing.json'));
    expect(failure.reason).toBe('file');
    expect(failure.message).toBe(`${path.join(folder, 'missing.json')} cannot be read: ENOENT.`);
  });

  it('that is a folder is a failure', async () => {
    await mkdir(path.join(folder, 'list.json'));
    const failure = await failureFrom(inFolder('list.json'));
    expect(failure.reason).toBe('file');
    expect(failure.message).toBe(`${path.join(folder, 'list.json')} is not a file.`);
  });
});

describe("upstream's own clock", () => {
  const DATE = 'Thu, 01 Jan 2026 00:00:07 GMT';

  it('is read of a 200 and of a 304, and is absent where upstream does not say it', async () => {
    upstream.answer(
      reply(200, { date: DATE }, BODY),
      reply(304, { date: DATE, age: '3' }),
      raw(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`),
    );
    expect((await fetchFrom(upstream.url)).date).toEqual(new Date('2026-01-01T00:00:07Z'));
    expect((await fetchFrom(upstream.url, { etag: '"a"' })).date).toEqual(new Date('2026-01-01T00:00:10Z'));
    expect((await fetchFrom(upstream.url)).date).toBeNull();
  });

  it.each([
    [DATE, null, '2026-01-01T00:00:07.000Z'],
    [DATE, '60', '2026-01-01T00:01:07.000Z'],
    [DATE, '-60', '2026-01-01T00:00:07.000Z'],
    [DATE, '1e9', '2026-01-01T00:00:07.000Z'],
  ])('%s, held by a cache for %s s, is %s', (date, age, instant) => {
    expect(dateOf(date, age)?.toISOString()).toBe(instant);
  });

  it.each([null, '', '2026', '2026-01-01T00:00:07Z', 'Thu, soon'])('%j is no date', (date) => {
    expect(dateOf(date, null)).toBeNull();
  });
});

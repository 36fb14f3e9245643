import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { drip, flood, list, raw, reply, silence, type Answer } from '../fake-upstream.ts';
import type { Fault } from './fault.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const MEBIBYTE = 1024 * 1024;
const ZEROS = Buffer.alloc(200 * MEBIBYTE);
const BOMB = gzipSync(ZEROS);
const BOMBS = { br: brotliCompressSync(ZEROS.subarray(0, 32 * MEBIBYTE)), zstd: zstdCompressSync(ZEROS) };
const HANGS_UP_MS = 1_500;

/** An answer that does not end; upstream itself hangs up before the patience of the service is over. */
const hanging =
  (answer: Answer): Answer =>
  (request, response) => {
    answer(request, response);
    setTimeout(() => request.socket.destroy(), HANGS_UP_MS).unref();
  };

const encoded = (coding: string, body: Uint8Array) => reply(200, { ...TEXT, 'content-encoding': coding }, body);
const head = (...lines: readonly string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;

/**
 * What upstream may do instead of serving its list.
 *
 * @param text   the list that is served.
 * @param isLong whether there is time for what only the patience of the service ends.
 * Source: the matrix of faults, rows 1–26.
 */
export function upstreamFaults(text: string, random: () => number, isLong: boolean): readonly Fault[] {
  const failing = (row: number, what: string, answer: Answer): Fault => ({
    row,
    what,
    at: 'upstream',
    answer,
    ends: ['failed'],
  });
  const status = (row: number, code: number, headers = {}) =>
    failing(row, `status ${code} ${JSON.stringify(headers)}`, reply(code, headers, 'no'));
  const bytes = Buffer.from(text);
  const cut = bytes.subarray(0, 1 + Math.floor(random() * (bytes.length - 2)));
  const doubled = text.replace('{', '{"api.replicated.com":{"current":[]},');
  let turn = 0;
  return [
    ...[500, 502, 503, 504].map((code) => status(1, code)),
    ...[401, 403, 404, 410].map((code) => status(2, code)),
    ...['1', '0', '-1', '315360000', 'soon', 'Fri, 31 Dec 1999 23:59:59 GMT'].map((value) =>
      status(3, 429, { 'retry-after': value }),
    ),
    status(4, 503, { 'retry-after': '3600' }),
    failing(5, 'silence', hanging(silence)),
    failing(6, 'a body by the byte', hanging(drip(`${head(`content-length: ${bytes.length}`)}${text}`, 100))),
    failing(7, 'headers by the byte', hanging(drip(`HTTP/1.1 200 OK\r\nx-filler: ${'a'.repeat(9_999)}`, 20))),
    failing(
      8,
      `a body cut at ${cut.length}, short of its length`,
      raw(Buffer.concat([Buffer.from(head(`content-length: ${bytes.length}`)), cut])),
    ),
    failing(
      8,
      `a body cut at ${cut.length}, in a chunk`,
      raw(Buffer.concat([Buffer.from(`${head('transfer-encoding: chunked')}${bytes.length.toString(16)}\r\n`), cut])),
    ),
    failing(
      8,
      `a body cut at ${cut.length}, without a length`,
      raw(Buffer.concat([Buffer.from(head('connection: close')), cut])),
    ),
    failing(9, 'a bomb in gzip', encoded('gzip', BOMB)),
    failing(9, 'a bomb in gzip twice', encoded('gzip, gzip', gzipSync(BOMB))),
    failing(9, 'a bomb in brotli', encoded('br', BOMBS.br)),
    failing(9, 'a bomb in zstd', encoded('zstd', BOMBS.zstd)),
    failing(9, 'fifty codings', encoded(Array.from({ length: 50 }, () => 'gzip').join(', '), gzipSync(text))),
    failing(
      10,
      'a body of 100 MB',
      flood(head('content-length: 104857600'), ZEROS.subarray(0, 65_536), 100 * MEBIBYTE),
    ),
    failing(10, 'chunks without end', flood(head('transfer-encoding: chunked'), `1000\r\n${'{'.repeat(4_096)}\r\n`)),
    failing(11, 'a header of 1 MB', raw(head(`x-filler: ${'a'.repeat(MEBIBYTE)}`))),
    failing(11, 'ten thousand headers', raw(head(...Array.from({ length: 10_000 }, (_, i) => `x-${i}: y`)))),
    failing(11, 'informational answers', hanging(flood('', 'HTTP/1.1 103 Early Hints\r\n\r\n', MEBIBYTE))),
    ...['text/html', 'application/xml', 'image/png'].map((type) =>
      failing(12, `a list as ${type}`, reply(200, { 'content-type': type }, text)),
    ),
    failing(13, 'a page as text', reply(200, TEXT, '<!doctype html><title>502</title><p>Bad gateway')),
    failing(13, 'a page as JSON', reply(200, JSON_TYPE, '\n <html><body>Just a moment…</body></html>')),
    ...['', 'null', '[]', `${text} x`, text + text, `/* */${text}`, text.replace('[', '[NaN,'), '\u0000'].map((body) =>
      failing(14, `JSON that is none: ${JSON.stringify(body.slice(0, 12))}`, reply(200, JSON_TYPE, body)),
    ),
    failing(14, 'UTF-16', reply(200, JSON_TYPE, Buffer.from(text, 'utf16le'))),
    failing(15, 'a key twice', reply(200, JSON_TYPE, doubled)),
    ...['__proto__', 'constructor', 'toString'].map((name) =>
      failing(
        16,
        `${name} for a host`,
        reply(200, JSON_TYPE, text.replace('{', `{"${name}":{"current":["52.7.167.120"]},`)),
      ),
    ),
    { row: 17, what: '304 to anything', at: 'upstream', answer: reply(304), ends: ['failed', 'unchanged'] },
    failing(18, 'the tag that is known, over a page', reply(200, { ...TEXT, etag: '"lie"' }, '<html>')),
    {
      row: 18,
      what: 'another tag each time',
      at: 'upstream',
      answer: (request, response) => reply(200, { ...TEXT, etag: `"${turn++}"` }, text)(request, response),
      ends: ['unchanged'],
    },
    {
      row: 18,
      what: 'a tag that is none, and huge',
      at: 'upstream',
      answer: reply(200, { ...TEXT, etag: 'x'.repeat(8_000) }, text),
      ends: ['unchanged'],
    },
    ...[203, 204, 205, 206, 226].map((code) =>
      failing(19, `the list with ${code}`, reply(code, TEXT, code === 204 || code === 205 ? '' : text)),
    ),
    ...[301, 302, 307, 308].map((code) => status(20, code, { location: 'http://127.0.0.2:1/' })),
    failing(23, 'a reset at once', raw('', 'reset')),
    failing(23, 'a reset in the body', raw(`${head(`content-length: ${bytes.length}`)}{`, 'reset')),
    failing(23, 'an end at once', raw('')),
    {
      row: 26,
      what: 'another list every other time',
      at: 'upstream',
      answer: (request, response) =>
        list(turn++ % 2 === 0 ? text : text.replace('"current": [', '"current": ["52.7.167.99",'))(request, response),
      ends: ['soaking', 'unchanged'],
    },
    ...(isLong
      ? [
          failing(5, 'silence for ever', silence),
          failing(6, 'a body by the byte for ever', drip(`${head('content-length: 9999')}${text}`, 500)),
        ]
      : []),
  ];
}

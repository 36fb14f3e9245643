import type { Random } from './random.ts';

/** Bytes for a connection, in pieces that are as small as it makes sense to leave out. */
export interface RawInput {
  readonly pieces: readonly string[];
  /** Whether two who read it may find different requests in it: then the answer is one refusal, and the end. */
  readonly isAmbiguous: boolean;
}

const POST = ['POST /graphql HTTP/1.1\r\n', 'Host: a\r\n', 'Content-Type: application/json\r\n'];
const HIDDEN = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
const BODY = '{"query":"{ product { name } }"}';

/** Headers of which no two readers think the same. Source: RFC 9112 5 and 6; PortSwigger, HTTP Desync Attacks. */
const AMBIGUOUS: readonly (readonly string[])[] = [
  ['Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', 'Content-Length: 5\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Content-Length: 3\r\n', 'Content-Length: 4\r\n', '\r\n', 'abcd', HIDDEN],
  ['Content-Length: 3, 4\r\n', '\r\n', 'abcd', HIDDEN],
  ['Content-Length: +3\r\n', '\r\n', 'abc', HIDDEN],
  ['Content-Length: 0x3\r\n', '\r\n', 'abc', HIDDEN],
  ['Content-Length: -1\r\n', '\r\n', HIDDEN],
  ['Content-Length: 99999999999999999999\r\n', '\r\n', HIDDEN],
  ['Content-Length : 3\r\n', '\r\n', 'abc', HIDDEN],
  ['Transfer-Encoding : chunked\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked, identity\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding:\u000bchunked\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding\r\n : chunked\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['X: a\r\n b\r\n', 'Content-Length: 0\r\n', '\r\n', HIDDEN],
  ['X: a\r\n\tTransfer-Encoding: chunked\r\n', '\r\n', '0\r\n\r\n', HIDDEN],
  ['X: a\nContent-Length: 0\n', '\r\n', HIDDEN],
  ['X: a\rContent-Length: 3\r\n', '\r\n', HIDDEN],
  ['X: a\u0000b\r\n', 'Content-Length: 0\r\n', '\r\n', HIDDEN],
  ['Host: b\r\n', 'Content-Length: 0\r\n', 'Connection: close\r\n', '\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', 'zz\r\n{}\r\n0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', '-1\r\n{}\r\n0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', '0x2\r\n{}\r\n0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', '2\n{}\n0\n\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', '2\r\n{}XX0\r\n\r\n', HIDDEN],
  ['Transfer-Encoding: chunked\r\n', '\r\n', '2;\u0000\r\n{}\r\n0\r\n\r\n', HIDDEN],
];

const FIRST_LINES = ['GET /version HTTP/1.1\r\n', 'GET http://evil.example/version HTTP/1.1\r\n', 'GET * HTTP/1.1\r\n', 'OPTIONS * HTTP/1.1\r\n', 'GET /version HTTP/1.0\r\n', 'GET /version HTTP/0.9\r\n', 'GET /version HTTP/2.0\r\n', 'GET /version\r\n', 'CONNECT a:443 HTTP/1.1\r\n', 'GET  /version HTTP/1.1\r\n', ' GET /version HTTP/1.1\r\n', 'GET\t/version HTTP/1.1\r\n', 'get /version HTTP/1.1\r\n', 'GET //version HTTP/1.1\r\n', 'GET /hosts/%ff HTTP/1.1\r\n', 'PRI * HTTP/2.0\r\n', '\u0016\u0003\u0001\u0002\u0000', 'POST /admin/refresh HTTP/1.1\r\n', '\r\n\r\nGET /version HTTP/1.1\r\n']; // prettier-ignore
const LINES = ['Host: a\r\n', 'Host: a\r\n', 'Host:\r\n', 'Connection: keep-alive\r\n', 'Connection: close\r\n', 'Connection: Upgrade\r\nUpgrade: h2c\r\n', 'Expect: 100-continue\r\n', 'Expect: x\r\n', 'Accept: \u00ff\r\n', ': x\r\n', 'x\r\n', 'X:\r\n', 'X y: z\r\n', 'TE: trailers\r\n', 'Trailer: Host\r\n', 'Content-Length: 0\r\n', 'Content-Length: 2\r\n', 'Transfer-Encoding: chunked\r\n', 'Keep-Alive: timeout=1e9\r\n', `X: ${'a'.repeat(20_000)}\r\n`, 'x:y\r\n'.repeat(2_100)]; // prettier-ignore
const ENDS = ['\r\n', '\r\n', '\n', '\r\n{}', '\r\n0\r\n\r\n', '\r\n2\r\n{}\r\n0\r\nHost: b\r\n\r\n', '\r\n2;a=b\r\n{}\r\n0\r\n\r\n', '', '\r\n' + 'G'.repeat(5_000)]; // prettier-ignore

/** Bytes of which some are a request, some two, and some none. */
export function makeRaw(random: Random): RawInput {
  if (random.oneIn(4)) return { pieces: [...POST, ...random.pick(AMBIGUOUS)], isAmbiguous: true };
  const request = random.oneIn(3)
    ? [...POST, `Content-Length: ${BODY.length}\r\n`, '\r\n', BODY]
    : [random.pick(FIRST_LINES), ...random.some(4, () => random.pick(LINES)), random.pick(ENDS)];
  const pieces = random.oneIn(4) ? [...request, ...request] : request;
  if (random.oneIn(3)) return { pieces: cut(pieces, random), isAmbiguous: false };
  return { pieces: random.oneIn(2) ? pieces : damaged(pieces, random), isAmbiguous: false };
}

/** The client goes away in the middle. */
function cut(pieces: readonly string[], random: Random): string[] {
  const text = pieces.join('');
  return [text.slice(0, random.int(Math.min(text.length, 400) + 1))];
}

function damaged(pieces: readonly string[], random: Random): string[] {
  const at = random.int(pieces.length);
  const piece = pieces[at]!;
  const where = random.int(piece.length + 1);
  const byte = String.fromCharCode(random.int(256));
  return pieces.with(at, piece.slice(0, where) + byte + piece.slice(where + random.int(2)));
}

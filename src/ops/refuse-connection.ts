import type { Duplex } from 'node:stream';
import { PROBLEM_TYPE, PROBLEMS, problem, type ProblemSlug } from '../answer/problem.js';
import type { SafetyHeaders } from '../answer/safety-headers.js';

const SLUG_BY_CODE: Readonly<Record<string, ProblemSlug>> = {
  HPE_HEADER_OVERFLOW: 'header-fields-too-large',
  HPE_INVALID_METHOD: 'method-not-allowed',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const DETAILS: Partial<Record<ProblemSlug, string>> = {
  'header-fields-too-large': 'The request line and headers together have more than 16 KiB. Send less.',
  'content-too-large': 'The chunks of the body say more of themselves than is read. Send them without extensions.',
  'method-not-allowed':
    'This method is not known here. GET and HEAD are used everywhere, POST at /graphql and under /admin.',
  'request-timeout': 'The request did not arrive in time. Send it again.',
};

/** The slug for what the HTTP parser refused. */
export function slugOfParser(code = ''): ProblemSlug {
  return SLUG_BY_CODE[code] ?? 'malformed-request';
}

/** How long a client may take to read why it is refused. Closed at once, what it still sends would undo the answer. */
const LINGER_MS = 500;

/** Answers on a connection of which no request could be made, and closes it, whatever else comes over it. */
export function refuseConnection(socket: Duplex, slug: ProblemSlug, safety: SafetyHeaders): void {
  const { status, title } = PROBLEMS[slug];
  const body = JSON.stringify(problem(slug, DETAILS[slug] ?? 'This is not HTTP/1.1 as RFC 9112 has it.', '/'));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Access-Control-Allow-Origin: *',
    ...Object.entries(safety).map(([name, value]) => `${name}: ${value}`),
    ...(slug === 'method-not-allowed' ? ['Allow: GET, HEAD, OPTIONS, POST'] : []),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  const late = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(late));
}

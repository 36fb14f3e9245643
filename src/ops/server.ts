import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { PROBLEM_TYPE, PROBLEMS, problem, type ProblemSlug } from '../answer/problem.js';
import { sendProblem } from '../answer/problem-filter.js';
import { parseRawQuery } from '../answer/raw-query.js';

/** The longest body that is read, in bytes. */
export const MOST_BODY_BYTES = 65_536;

/** The HTTP server: limits on time and size that hold before any of our own code runs. */
export function createServer(log: Logger, trustProxy: readonly string[]): FastifyAdapter {
  return new FastifyAdapter({
    // Only warnings and worse: a line for each request would cost more than the answer.
    loggerInstance: log.child({}, { level: quieter(log.level) }),
    // One for each request would cost more than many an answer; whoever logs names the request.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    genReqId: () => randomUUID(),
    requestTimeout: 10_000,
    keepAliveTimeout: 72_000,
    bodyLimit: MOST_BODY_BYTES,
    maxRequestsPerSocket: 10_000,
    // A number or `true` would believe any client.
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    // Whoever still comes while the service stops is answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
    routerOptions: { querystringParser: (text: string) => parseRawQuery(text) as never, maxParamLength: 512 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendProblem(request, reply, error),
    clientErrorHandler: refuseConnection,
  });
}

function quieter(level: string): string {
  return ['trace', 'debug', 'info'].includes(level) ? 'warn' : level;
}

const SLUG_BY_CODE: Readonly<Record<string, ProblemSlug>> = {
  HPE_HEADER_OVERFLOW: 'header-fields-too-large',
  HPE_INVALID_METHOD: 'method-not-allowed',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const DETAILS: Partial<Record<ProblemSlug, string>> = {
  'header-fields-too-large': 'The request line and headers together have more than 16 KiB. Send less.',
  'method-not-allowed':
    'This method is not known here. GET and HEAD are used everywhere, POST at /graphql and under /admin.',
  'request-timeout': 'The request did not arrive in time. Send it again.',
};

/** Answers what the HTTP parser refused, where there is still someone to answer. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const slug = SLUG_BY_CODE[error.code ?? ''] ?? 'malformed-request';
  const body = JSON.stringify(problem(slug, DETAILS[slug] ?? 'This is not HTTP/1.1 as RFC 9112 has it.', '/'));
  const head = [
    `HTTP/1.1 ${PROBLEMS[slug].status} ${PROBLEMS[slug].title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Access-Control-Allow-Origin: *',
    ...(slug === 'method-not-allowed' ? ['Allow: GET, HEAD, OPTIONS, POST'] : []),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendProblem } from '../answer/problem-filter.js';
import { parseRawQuery } from '../answer/raw-query.js';
import type { SafetyHeaders } from '../answer/safety-headers.js';
import { mostConnections } from './most-connections.js';
import { refuseConnection, slugOfParser } from './refuse-connection.js';

/** The longest body that is read, in bytes. */
export const MOST_BODY_BYTES = 65_536;

/** The HTTP server: limits on time and size that hold before any of our own code runs. */
export function createServer(log: Logger, trustProxy: readonly string[], safety: SafetyHeaders): FastifyAdapter {
  const adapter = new FastifyAdapter({
    // Only warnings and worse: a line for each request would cost more than the answer.
    loggerInstance: log.child({}, { level: quieter(log.level) }),
    // One for each request would cost more than many an answer; whoever logs names the request.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    genReqId: () => randomUUID(),
    requestTimeout: 10_000,
    // For who does not read what was asked for: no byte goes either way. Where an answer is half sent, Node waits twice as
    // long. Between requests another time holds.
    connectionTimeout: 4_000,
    keepAliveTimeout: 72_000,
    bodyLimit: MOST_BODY_BYTES,
    maxRequestsPerSocket: 10_000,
    // A number or `true` would believe any client.
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    // Whoever still comes while the service stops is answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
      // Node would answer without a word; what is wrong with a message is told where all else is.
      requireHostHeader: false,
      // Otherwise the first of two hosts, tokens or types would be taken, and the other not seen.
      joinDuplicateHeaders: true,
    },
    routerOptions: { querystringParser: (text: string) => parseRawQuery(text) as never, maxParamLength: 512 },
    frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply) {
      // No hook was run for such a request.
      void reply.headers(safety);
      sendProblem(request, reply, error);
    },
    clientErrorHandler(error: Error & { code?: string }, socket: Socket) {
      const underWay = answerUnderWay(socket);
      if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      // What follows a request whose answer is not yet sent must not be taken for that answer.
      else if (underWay !== undefined) underWay.once('finish', () => socket.destroySoon());
      else refuseConnection(socket, slugOfParser(error.code), safety);
    },
  });
  keepToLimits(adapter.getInstance().server, log, safety);
  return adapter;
}

/** The answer that a connection waits for, where its request has come whole. Node has no other way to ask. */
function answerUnderWay(socket: Socket): ServerResponse | undefined {
  const { _httpMessage: response } = socket as Socket & { readonly _httpMessage?: ServerResponse | null };
  return response?.req.complete === true ? response : undefined;
}

const TOLD_EVERY_MS = 60_000;

/** What Node has no option for. */
function keepToLimits(http: Server, log: Logger, safety: SafetyHeaders): void {
  http.maxConnections = mostConnections();
  let toldAtMs = -Infinity;
  http.on('drop', () => {
    if (performance.now() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = performance.now();
    log.warn({ connections: http.maxConnections }, 'there are as many connections as there can be; more are closed');
  });
  // Nothing is promised by an expectation that is not known, and nothing refused for it. Source: RFC 9110 10.1.1.
  http.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    http.emit('request', request, response);
  });
  // Node writes "100 Continue" into the middle of an answer that waits for another one, so such a client is told nothing;
  // it sends its body all the same. Source: RFC 9110 10.1.1.
  http.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (response.socket !== null) response.writeContinue();
    http.emit('request', request, response);
  });
  http.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    refuseConnection(socket, 'method-not-allowed', safety);
  });
}

function quieter(level: string): string {
  return ['trace', 'debug', 'info'].includes(level) ? 'warn' : level;
}

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../answer/problem.js';
import { sendProblem } from '../answer/problem-filter.js';
import type { SafetyHeaders } from '../answer/safety-headers.js';

/**
 * What is wrong with a request as a message, where the parser lets it through; `undefined` where nothing is. What a host
 * is called has no meaning here, but two of them may be two requests to whoever stands before us.
 * Source: RFC 9112 2.3 and 3.2.
 */
export function messageFault({ httpVersion, headers }: IncomingMessage): string | undefined {
  const { host } = headers;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return `HTTP/${httpVersion} is not spoken here. Use HTTP/1.1.`;
  if (host === undefined) return httpVersion === '1.1' ? 'The header Host is missing. Send it once.' : undefined;
  // Duplicates are joined by commas, and no name of a host has one.
  return host.includes(',') ? 'The header Host is there more than once. Send it once.' : undefined;
}

/** The first thing that is done with any request, preflights included. */
export function refuseFaulty(server: FastifyInstance, safety: SafetyHeaders): void {
  server.addHook('onRequest', (request, reply, done) => {
    // Before an answer is made, so that one that is kept has them, and a page can say its own.
    void reply.headers(safety);
    const fault = messageFault(request.raw);
    if (fault === undefined) {
      done();
      return;
    }
    // What stands before us may have read it as two requests, so the connection ends.
    void reply.header('connection', 'close');
    sendProblem(request, reply, new Refusal('malformed-request', fault));
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    // A preflight is answered before it comes here.
    if (!reply.hasHeader('x-content-type-options')) void reply.headers(safety);
    done(null, payload);
  });
}

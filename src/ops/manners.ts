import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Refusal } from '../answer/problem.js';
import { sendProblem } from '../answer/problem-filter.js';
import type { LiveHeaders } from '../answer/live-headers.js';
import type { Current } from '../store/current.js';
import type { Drain } from './drain.js';
import type { Limiter } from './limiter.js';
import type { Tally } from './tally.js';
import type { Pressure } from './pressure.js';

/** The longest address that is read; a selection of everything by name has less. */
const LONGEST_URL = 8_192;
/** Percent-encoded controls, and NUL among them. */
const CONTROL = /%(?:[01][0-9a-f]|7f)/i;
/** What is answered under any pressure: who watches must see that we live, and who operates must be able to act. */
const OF_OPERATORS = /^\/(?:health|admin|metrics)(?:[/?]|$)/;
const SLOW_MS = 1_000;

/** What the manners are made of. */
export interface Manners {
  readonly current: Current;
  readonly live: LiveHeaders;
  readonly drain: Drain;
  readonly limiter: Limiter;
  /** Whether a request comes from an operator, whom no limit of others keeps from acting. */
  readonly isOfOperator: (request: FastifyRequest) => boolean;
  readonly tally: Tally;
  readonly pressure: Pressure;
  readonly log: Logger;
}

/** What holds for every request, whoever answers it: limits before, and the state of the data in the headers after. */
export function addManners(server: FastifyInstance, manners: Manners): void {
  const { current, live, drain, limiter, isOfOperator, pressure, tally, log } = manners;

  server.addHook('onRequest', (request, reply, done) => {
    const url = request.raw.url ?? '/';
    if (url.length > LONGEST_URL) {
      const detail = `The address has ${url.length} characters; the limit is ${LONGEST_URL}.`;
      sendProblem(request, reply, new Refusal('uri-too-long', detail));
      return;
    }
    if (CONTROL.test(url.split('?', 1)[0]!)) {
      sendProblem(
        request,
        reply,
        new Refusal('malformed-request', 'The path has a control character. No path here has one.'),
      );
      return;
    }
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      const detail = `The Content-Encoding ${encoding} is not read. Send the body as it is.`;
      sendProblem(request, reply, new Refusal('unsupported-media-type', detail));
      return;
    }
    if (!current.isAhead && !isOfOperator(request)) {
      const { isAllowed, resetSeconds, headers } = limiter.take(request.raw);
      addPairs(reply, headers);
      if (!isAllowed) {
        const detail = `More than ${limiter.rateLimit?.perMinute} requests in a minute. Wait ${resetSeconds} s; /version is not limited.`;
        sendProblem(request, reply, new Refusal('too-many-requests', detail, { 'retry-after': String(resetSeconds) }));
        return;
      }
      if (pressure.isHigh && !OF_OPERATORS.test(url)) {
        const detail = 'There is more to do than can be done at once. What was asked for before is still answered.';
        sendProblem(request, reply, new Refusal('overloaded', detail));
        return;
      }
    }
    done();
  });

  server.addHook('onSend', (_request, reply, payload, done) => {
    // At the last moment, so that a kept answer never says how fresh it was when it was made.
    addPairs(reply, live.pairs());
    if (drain.isDraining) void reply.header('connection', 'close');
    done(null, payload);
  });

  server.addHook('onResponse', (request, reply, done) => {
    if (!current.isAhead) tally.answered(reply.statusCode);
    if (reply.elapsedTime > SLOW_MS) {
      log.warn(
        { reqId: request.id, method: request.method, url: request.url, ms: Math.round(reply.elapsedTime) },
        'slow',
      );
    }
    done();
  });
}

/** @param pairs names and values, one after another. */
function addPairs(reply: FastifyReply, pairs: readonly string[]): void {
  for (let i = 0; i < pairs.length; i += 2) void reply.header(pairs[i]!, pairs[i + 1]);
}

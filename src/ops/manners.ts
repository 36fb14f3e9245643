import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Refusal } from '../answer/problem.js';
import { sendProblem } from '../answer/problem-filter.js';
import type { Standing } from '../publish/standing.js';
import type { Current } from '../store/current.js';
import type { Drain } from './drain.js';
import type { RateLimit } from './rate-limit.js';

/** The longest address that is read; a selection of everything by name has less. */
const LONGEST_URL = 8_192;
/** Percent-encoded controls, and NUL among them. */
const CONTROL = /%(?:[01][0-9a-f]|7f)/i;
const SLOW_MS = 1_000;
const UNLIMITED = /^\/(?:health\/|metrics$|version$)/;

/** What the manners are made of. `rateLimit` is null where there is no limit. */
export interface Manners {
  readonly current: Current;
  readonly standing: Standing;
  readonly drain: Drain;
  readonly rateLimit: RateLimit | null;
  readonly trustsProxy: boolean;
  readonly log: Logger;
}

/** What holds for every request, whoever answers it: limits before, and the state of the data in the headers after. */
export function addManners(server: FastifyInstance, manners: Manners): void {
  const { current, standing, drain, rateLimit, log } = manners;
  let warnedOfProxy = manners.trustsProxy;

  server.addHook('onRequest', (request, reply, done) => {
    const url = request.raw.url ?? '/';
    if (!warnedOfProxy && request.headers['x-forwarded-for'] !== undefined) {
      warnedOfProxy = true;
      log.warn('X-Forwarded-For is seen, but TRUST_PROXY is not set: every client behind the proxy counts as one');
    }
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
    if (rateLimit !== null && !UNLIMITED.test(url.split('?', 1)[0]!)) {
      const allowance = rateLimit.take(request.ip);
      void reply.headers(rateLimit.headers(allowance));
      if (!allowance.allowed) {
        const detail = `More than ${rateLimit.perMinute} requests in a minute. Wait ${allowance.resetSeconds} s; /version is not limited.`;
        const headers = { 'retry-after': String(allowance.resetSeconds) };
        sendProblem(request, reply, new Refusal('too-many-requests', detail, headers));
        return;
      }
    }
    done();
  });

  server.addHook('onSend', (_request, reply, payload, done) => {
    // At the last moment, so that a kept answer never says how fresh it was when it was made.
    const revision = current.snapshot?.revision.revision;
    if (revision !== undefined) void reply.header('gatepost-revision', String(revision));
    void reply.header('gatepost-freshness', freshnessField(standing));
    void reply.header('x-content-type-options', 'nosniff');
    if (drain.isDraining) void reply.header('connection', 'close');
    done(null, payload);
  });

  server.addHook('onResponse', (request, reply, done) => {
    if (reply.elapsedTime > SLOW_MS) {
      log.warn(
        { reqId: request.id, method: request.method, url: request.url, ms: Math.round(reply.elapsedTime) },
        'slow',
      );
    }
    done();
  });
}

/** A token with when it was checked. Source: RFC 9651. */
function freshnessField(standing: Standing): string {
  const checkedAt = standing.checkedAt;
  const token = standing.freshness();
  return checkedAt === null ? token : `${token}; checked=@${Math.floor(checkedAt.getTime() / 1000)}`;
}

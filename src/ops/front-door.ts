import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { KeptAnswers } from '../answer/kept-answers.js';
import type { LiveHeaders } from '../answer/live-headers.js';
import { sendReady } from '../answer/ready-answer.js';
import type { Drain } from './drain.js';
import type { Limiter } from './limiter.js';
import type { Tally } from './tally.js';
import { messageFault } from './message-fault.js';

/** What stands behind the front door. */
export interface FrontDoor {
  readonly kept: KeptAnswers;
  readonly live: LiveHeaders;
  readonly limiter: Limiter;
  readonly drain: Drain;
  readonly tally: Tally;
  /** The one path that questions are posted to. */
  readonly postsTo: string;
  /** The longest body that is read, in bytes. */
  readonly mostBytes: number;
}

const JSON_BODY = /^application\/json(?:;\s*charset=utf-8)?$/i;

/** Bodies that were read before the framework was asked, by request. */
const READ = new WeakMap<IncomingMessage, Buffer>();

/**
 * Answers what is kept before the framework knows of it: for such a request, routing, parsing and hooks would take twice
 * as long as all the rest. Whatever else comes goes on to the framework as if nothing had been here.
 */
export function openFrontDoor(server: FastifyInstance, door: FrontDoor): RequestListener {
  const http = server.server;
  const [framework] = http.listeners('request') as RequestListener[];
  http.removeAllListeners('request');
  const listener = frontDoor(door, framework!);
  http.on('request', listener);
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const read = READ.get(request.raw);
    if (read === undefined) done(null, payload);
    else done(null, Object.assign(Readable.from([read]), { receivedEncodedLength: read.length }));
  });
  return listener;
}

function frontDoor({ kept, live, limiter, drain, tally, postsTo, mostBytes }: FrontDoor, framework: RequestListener) {
  const answers = (request: IncomingMessage, response: ServerResponse, payload?: string): boolean => {
    // While it drains, every answer says that the connection ends.
    if (drain.isDraining || request.headers['content-encoding'] !== undefined) return false;
    const ready = kept.find(request, payload);
    if (ready === undefined) return false;
    const { isAllowed, headers } = limiter.take(request);
    // Who has nothing left is told so where everyone is.
    if (isAllowed) {
      sendReady(request, response, ready, [...live.pairs(), ...headers]);
      tally.answered(response.statusCode);
    }
    return isAllowed;
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers } = request;
    if (messageFault(request) !== undefined) {
      framework(request, response);
      return;
    }
    if (method === 'GET' || method === 'HEAD') {
      if (!answers(request, response)) framework(request, response);
      return;
    }
    const length = Number(headers['content-length']);
    const isQuestion = method === 'POST' && request.url === postsTo && JSON_BODY.test(headers['content-type'] ?? '');
    if (!isQuestion || !(length <= mostBytes)) {
      framework(request, response);
      return;
    }
    readBody(request, (body) => {
      if (answers(request, response, body.toString('latin1'))) return;
      READ.set(request, body);
      framework(request, response);
    });
  };
}

/** Reads a body of known length. Whoever goes away in the middle of it is told nothing. */
function readBody(request: IncomingMessage, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => then(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
}

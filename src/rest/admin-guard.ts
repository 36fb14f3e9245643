import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal, pathOf } from '../answer/problem.js';
import { sendProblem } from '../answer/problem-filter.js';

/** Who may use /admin. */
export class AdminTokens {
  readonly #digests: readonly { readonly name: string; readonly digest: Buffer }[];

  constructor(tokens: readonly { readonly name: string; readonly token: string }[]) {
    this.#digests = tokens.map(({ name, token }) => ({ name, digest: digestOf(token) }));
  }

  get areSet(): boolean {
    return this.#digests.length > 0;
  }

  /** The name of a token; `undefined` where it is none. Takes as long for every token. */
  nameOf(token: string): string | undefined {
    const digest = digestOf(token);
    let found: string | undefined;
    for (const known of this.#digests) {
      if (timingSafeEqual(known.digest, digest)) found = known.name;
    }
    return found;
  }
}

const OPERATORS = new WeakMap<object, string>();

/** The name of the token that a request came with, once it was let in. */
export function operatorOf(request: FastifyRequest): string | null {
  return OPERATORS.get(request.raw) ?? null;
}

/** Counts a wrong token towards what its client may still try. Says for how many seconds there is nothing left; 0: there is. */
export type CountWrong = (request: IncomingMessage) => number;

/**
 * Without tokens there is no /admin; with them, only theirs. Decided before a body is read or a method looked at. Whoever
 * has a right token is let in, however many wrong ones came from the same address.
 */
export function guardAdmin(server: FastifyInstance, tokens: AdminTokens, countWrong: CountWrong): void {
  server.addHook('onRequest', (request, reply, done) => {
    // By the route that was matched too: however a path was spelled, what it leads to decides.
    if (!isAdmin(request.routeOptions.url ?? '') && !isAdmin(decoded(pathOf(request.url)))) {
      done();
      return;
    }
    const refusal = refusalOf(request, tokens, countWrong);
    if (refusal !== undefined) return sendProblem(request, reply, refusal);
    // Otherwise a connection on which nothing goes either way is closed sooner than upstream or a disk is given up.
    request.raw.socket.setTimeout(ANSWERED_WITHIN_MS);
    done();
  });
}

/** Longer than a poll can take that waits for another one. */
const ANSWERED_WITHIN_MS = 15 * 60_000;

function isAdmin(path: string): boolean {
  return /^\/admin(?:\/|$)/.test(path);
}

/** As the router reads it, whatever escapes it came with. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a request comes from an operator: no flood of others may keep one from acting. */
export function isOfOperator(request: FastifyRequest, tokens: AdminTokens): boolean {
  return isAdmin(decoded(pathOf(request.url))) && nameIn(request, tokens) !== undefined;
}

/** The name of the token that a request has; `undefined` where it has none, or a wrong one. */
function nameIn({ headers: { authorization = '' } }: FastifyRequest, tokens: AdminTokens): string | undefined {
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization)?.[1];
  return token === undefined ? undefined : tokens.nameOf(token);
}

function refusalOf(request: FastifyRequest, tokens: AdminTokens, countWrong: CountWrong): Refusal | undefined {
  if (!tokens.areSet) return new Refusal('not-found', 'There is nothing here: no ADMIN_TOKENS are set.');
  const { authorization = '' } = request.headers;
  const name = nameIn(request, tokens);
  if (name === undefined) {
    // Who comes without any has not guessed.
    const waitSeconds = authorization === '' ? 0 : countWrong(request.raw);
    if (waitSeconds > 0) {
      const detail = `Too many wrong tokens came from this address. Wait ${waitSeconds} s, or send a right one.`;
      return new Refusal('too-many-requests', detail, { 'retry-after': String(waitSeconds) });
    }
    const detail = 'Send "Authorization: Bearer <token>" with one of the tokens of ADMIN_TOKENS.';
    return new Refusal('unauthorized', detail, { 'www-authenticate': 'Bearer realm="gatepost"' });
  }
  OPERATORS.set(request.raw, name);
  return undefined;
}

/** Equal lengths, so that the comparison tells nothing of them. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

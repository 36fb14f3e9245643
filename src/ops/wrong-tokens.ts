import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Limiter } from './limiter.js';
import type { RateLimit } from './rate-limit.js';

/** More than this in a minute is no slip of a person. */
export const MOST_WRONG_TOKENS = 10;

/** Counts wrong tokens by client, and tells the log of who tries many. Tokens themselves are told to nobody. */
export class WrongTokens {
  constructor(
    private readonly limit: RateLimit,
    private readonly limiter: Limiter,
    private readonly log: Logger,
  ) {}

  /** For how many seconds there is nothing left to try; 0: there is. */
  count(request: IncomingMessage): number {
    const client = this.limiter.clientOf(request);
    const { allowed, remaining, resetSeconds } = this.limit.take(client);
    if (allowed && remaining === 0) this.log.warn({ client }, 'many wrong tokens for /admin came from one address');
    return allowed ? 0 : resetSeconds;
  }
}

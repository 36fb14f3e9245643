import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import type { Logger } from 'pino';
import type { RateLimit } from './rate-limit.js';

const UNLIMITED = /^\/(?:health\/[^?]*|metrics|version)(?:\?|$)/;

/** What a limit says of one request. */
export interface Taken {
  readonly isAllowed: boolean;
  readonly resetSeconds: number;
  /** Names and values of headers, one after another; none where there is no limit. */
  readonly headers: readonly string[];
}

const FREE: Taken = { isAllowed: true, resetSeconds: 0, headers: [] };

/** Counts every request towards the limit of the client that sent it, and knows who that is. */
export class Limiter {
  readonly #trusts: ((address: string, hop: number) => boolean) | undefined;
  #warned = false;

  /** @param rateLimit null where there is no limit. */
  constructor(
    readonly rateLimit: RateLimit | null,
    trustProxy: readonly string[],
    private readonly log: Logger,
  ) {
    // A number or `true` would believe any client.
    this.#trusts = trustProxy.length === 0 ? undefined : proxyAddr.compile([...trustProxy]);
  }

  take(request: IncomingMessage): Taken {
    if (this.#trusts === undefined && !this.#warned && request.headers['x-forwarded-for'] !== undefined) {
      this.#warned = true;
      this.log.warn('X-Forwarded-For is seen, but TRUST_PROXY is not set: every client behind the proxy counts as one');
    }
    if (this.rateLimit === null || UNLIMITED.test(request.url ?? '/')) return FREE;
    const { allowed, remaining, resetSeconds } = this.rateLimit.take(this.clientOf(request));
    return { isAllowed: allowed, resetSeconds, headers: this.rateLimit.headers({ remaining, resetSeconds }) };
  }

  /** The address of the client that sent a request. What a proxy says that is none counts as the proxy. */
  clientOf(request: IncomingMessage): string {
    const direct = request.socket.remoteAddress ?? '';
    if (this.#trusts === undefined) return direct;
    const said = proxyAddr(request, this.#trusts);
    return isIP(said) > 0 ? said : (withoutPort(said) ?? direct);
  }
}

/** The address of `1.2.3.4:5678` or `[2001:db8::1]:5678`, as some proxies have it; each connection would be a client of its own. */
function withoutPort(said: string): string | undefined {
  const address = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/
    .exec(said)
    ?.slice(1)
    .find((part) => part !== undefined);
  return address !== undefined && isIP(address) > 0 ? address : undefined;
}

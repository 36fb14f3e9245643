import { LRUCache } from 'lru-cache';
import { parseAddress } from '../model/cidr.js';

const WINDOW_MS = 60_000;
const MOST_CLIENTS = 10_000;

/** What is left to a client. */
export interface Allowance {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Whole seconds until the window ends. */
  readonly resetSeconds: number;
}

/** Counts requests by client, in windows of a minute. Memory is bounded: the clients longest unseen are forgotten. */
export class RateLimit {
  readonly #windows = new LRUCache<string, { count: number; readonly endsAtMs: number }>({ max: MOST_CLIENTS });

  /** @param nowMs a clock that only goes forward, in milliseconds. */
  constructor(
    readonly perMinute: number,
    private readonly nowMs: () => number,
  ) {}

  take(ip: string): Allowance {
    const now = this.nowMs();
    const key = clientOf(ip);
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAtMs <= now) {
      window = { count: 0, endsAtMs: now + WINDOW_MS };
      this.#windows.set(key, window);
    }
    window.count++;
    return {
      allowed: window.count <= this.perMinute,
      remaining: Math.max(0, this.perMinute - window.count),
      resetSeconds: Math.ceil((window.endsAtMs - now) / 1000),
    };
  }

  /** Names and values, one after another. Source: draft-ietf-httpapi-ratelimit-headers-11. */
  headers({ remaining, resetSeconds }: Omit<Allowance, 'allowed'>): readonly string[] {
    const policy = `"default";q=${this.perMinute};w=${WINDOW_MS / 1000}`;
    return ['ratelimit-policy', policy, 'ratelimit', `"default";r=${remaining};t=${resetSeconds}`];
  }
}

/** One client: an IPv4 address, or an IPv6 /64, which is what one customer has. */
function clientOf(ip: string): string {
  const address = parseAddress(ip);
  if (address?.family !== 'ipv6') return ip;
  // A dual-stack socket shows IPv4 clients as ::ffff:a.b.c.d.
  if (address.value >> 32n === 0xffffn) return String(address.value & 0xffffffffn);
  return `${address.value >> 64n}/64`;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { alreadyHas } from './representation.js';

/** Headers by their names in lower case. */
export type HeadersSaid = Readonly<Record<string, number | string | string[] | undefined>>;

/** An answer that needs nothing but to be sent: its headers in pairs, as Node writes them fastest. */
export interface ReadyAnswer {
  /** `null` where it cannot be asked for by condition. */
  readonly etag: string | null;
  readonly found: readonly string[];
  readonly notModified: readonly string[];
  readonly body: Buffer;
}

/** What only the answer with its bytes says. */
const OF_THE_BYTES = new Set(['content-type', 'content-length', 'content-encoding']);
/** What is said anew each time, or is the connection's. */
const NEVER_KEPT = /^(?:gatepost-revision|gatepost-freshness|ratelimit|ratelimit-policy|connection|date)$/;

/** @param headers all that were said with the bytes, or would have been. */
export function readyAnswer(headers: HeadersSaid, body: Buffer): ReadyAnswer {
  const all: HeadersSaid = { ...headers, 'content-length': body.length };
  const kept = Object.entries(all)
    .filter(([name, value]) => value !== undefined && !NEVER_KEPT.test(name))
    .map(([name, value]) => [name, String(value)] as const);
  const { etag } = headers;
  return {
    etag: typeof etag === 'string' ? etag : null,
    found: kept.flat(),
    notModified: kept.filter(([name]) => !OF_THE_BYTES.has(name)).flat(),
    body,
  };
}

/** Sends it, or 304 to a client that has it. @param live what is said anew each time, in pairs. */
export function sendReady(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { etag, found, notModified, body }: ReadyAnswer,
  live: readonly string[],
): void {
  const condition = headers['if-none-match'];
  if (etag !== null && condition !== undefined && (condition === etag || alreadyHas(condition, etag))) {
    response.writeHead(304, notModified.concat(live)).end();
    return;
  }
  response.writeHead(200, found.concat(live));
  if (method === 'HEAD') response.end();
  else response.end(body);
}

/** What keeping it takes, in bytes, about. */
export function bytesOfReady({ body, found }: ReadyAnswer): number {
  return body.length + 64 * found.length;
}

import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { FetchFailed, failureOf } from './fetch-failed.js';
import { publicOnly } from './public-only.js';

/** What upstream answered, as far as the transport can tell. */
export type Fetched = {
  /** What upstream's clock said when it answered; `null` where it did not say. */
  readonly date: Date | null;
} & (
  | { readonly kind: 'body'; readonly body: Uint8Array; readonly etag: string | null }
  /** Nothing new since the ETag that was sent. */
  | { readonly kind: 'not-modified' }
);

/** How to fetch a list. */
export interface FetchOptions {
  /** The ETag of the list that was last accepted; makes the request conditional. */
  readonly etag: string | null;
  /** Most bytes of the decoded list; the same limit holds before decoding. */
  readonly mostBytes: number;
  /** For the whole exchange, from name to last byte. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** Of answers such as 103, which come before the answer. Source: RFC 9110 15.2. */
const MOST_INFORMATIONAL = 20;
/** Who says nothing for so long says nothing more. */
const SILENCE_MS = 10_000;

const gunzipAsync = promisify(gunzip);

const REDIRECTS = [301, 302, 303, 307, 308];

/** No list is a page or a picture, whatever its status. What says nothing, or `text/plain`, is judged by its body. */
const NO_LIST = /^(?:text\/html|application\/xhtml|text\/xml|application\/xml|image\/|video\/|audio\/)/i;

/**
 * Fetches a list by `https:`, `http:` or `file:`. Exactly 200 or, to a conditional request, 304; redirects are not
 * followed; a name that resolves to a private address is refused, a literal address is taken as consent.
 *
 * @throws FetchFailed
 */
export async function fetchList(url: URL, options: FetchOptions): Promise<Fetched> {
  return url.protocol === 'file:' ? readList(url, options.mostBytes) : requestList(url, options);
}

async function readList(url: URL, mostBytes: number): Promise<Fetched> {
  try {
    const found = await stat(url);
    if (!found.isFile()) throw new FetchFailed('file', `${url.pathname} is not a file.`);
    if (found.size > mostBytes) throw tooLarge(mostBytes);
    return { kind: 'body', body: await readFile(url), etag: null, date: null };
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    throw new FetchFailed('file', `${url.pathname} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

async function requestList(url: URL, options: FetchOptions): Promise<Fetched> {
  // Loaded at the first poll, so that the first answers do not wait for it.
  const { Agent, request } = await import('undici');
  const ending = new AbortController();
  const end = (reason: 'timeout' | 'network', detail: string) => ending.abort(new FetchFailed(reason, detail));
  const deadline = setTimeout(
    () => end('timeout', `Upstream took longer than ${options.deadlineMs / 1000} s.`),
    options.deadlineMs,
  );
  let informational = 0;
  const dispatcher = new Agent({
    // Whatever the environment says: a list that anyone could have written is none.
    connect: { lookup: publicOnly, timeout: options.deadlineMs, rejectUnauthorized: true },
    maxHeaderSize: 16_384,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  });
  try {
    const response = await request(url, {
      dispatcher,
      signal: AbortSignal.any([ending.signal, options.signal]),
      // Each of them costs, and none of them says anything.
      onInfo: () => {
        if (++informational > MOST_INFORMATIONAL)
          end('network', `Upstream sent more than ${MOST_INFORMATIONAL} answers before its answer.`);
      },
      headers: {
        accept: 'application/json, text/plain;q=0.9',
        'accept-encoding': 'gzip',
        'user-agent': 'gatepost',
        ...(options.etag === null ? {} : { 'if-none-match': options.etag }),
      },
    });
    return await readResponse(response, options);
  } catch (error) {
    if (error instanceof FetchFailed) throw error;
    if (isOfSilence(error)) {
      throw new FetchFailed('timeout', `Upstream said nothing for ${SILENCE_MS / 1000} s.`);
    }
    if (ending.signal.aborted) throw ending.signal.reason;
    throw failureOf(error);
  } finally {
    clearTimeout(deadline);
    await dispatcher.destroy();
    // A signal made of others is held, with all that hears it, until it has aborted.
    ending.abort();
  }
}

function isOfSilence(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
}

async function readResponse(response: Dispatcher.ResponseData, options: FetchOptions): Promise<Fetched> {
  const { statusCode, headers } = response;
  const date = dateOf(one(headers['date']), one(headers['age']));
  if (statusCode === 304) {
    if (options.etag === null) throw new FetchFailed('bad-304', 'Upstream said 304 to a request without a condition.');
    return { kind: 'not-modified', date };
  }
  if (statusCode !== 200) {
    const retryAfterMs = retryAfter(one(headers['retry-after']), options.now);
    const redirects = REDIRECTS.includes(statusCode) ? ' Redirects are not followed: name the new place.' : '';
    throw new FetchFailed('status', `Upstream answered ${statusCode}.${redirects}`, retryAfterMs);
  }
  const type = one(headers['content-type']);
  if (type !== null && NO_LIST.test(type.trim())) {
    throw new FetchFailed('content-type', `Upstream answered with ${type.slice(0, 80)}, which no list is.`);
  }
  const raw = await readBody(response.body, options.mostBytes);
  const body = await decodeBody(raw, one(headers['content-encoding']), options.mostBytes);
  return { kind: 'body', body, etag: one(headers['etag']), date };
}

async function readBody(stream: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function decodeBody(raw: Uint8Array, encoding: string | null, mostBytes: number): Promise<Uint8Array> {
  const coding = encoding?.trim().toLowerCase() ?? 'identity';
  if (coding === 'identity' || coding === '') return raw;
  if (coding !== 'gzip')
    throw new FetchFailed('encoding', `Upstream used the encoding "${coding.slice(0, 40)}"; gzip was offered.`);
  try {
    return await gunzipAsync(raw, { maxOutputLength: mostBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(mostBytes);
    throw new FetchFailed('encoding', 'The gzip body is broken.');
  }
}

function tooLarge(mostBytes: number): FetchFailed {
  return new FetchFailed('too-large', `The list is larger than ${mostBytes} bytes.`);
}

/** Milliseconds that Retry-After asks for; `null` where it asks for nothing that can be understood. Source: RFC 9110 10.2.3. */
export function retryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d{1,10}$/.test(value)) return Number(value) * 1000;
  const at = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** The instant of a Date header; a cache says how many seconds ago that was. Source: RFC 9110 6.6.1, RFC 9111 5.1. */
export function dateOf(date: string | null, age: string | null): Date | null {
  const ms = date !== null && /^[A-Z][a-z]{2}, /.test(date) ? Date.parse(date) : NaN;
  const ageMs = age !== null && /^\d{1,9}$/.test(age) ? Number(age) * 1000 : 0;
  return Number.isNaN(ms) ? null : new Date(ms + ageMs);
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header.join(', ') : header) ?? null;
}

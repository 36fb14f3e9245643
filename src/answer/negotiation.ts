import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Encoding } from './representation.js';
import { Refusal } from './problem.js';

/**
 * The media type that a client prefers, as it was offered. A client may ask with the charset or without.
 *
 * @param offered whole values of Content-Type, the best first.
 * @throws Refusal `not-acceptable` where it takes none.
 */
export function negotiated<T extends string>({ raw }: FastifyRequest, offered: readonly T[]): T {
  // Nothing said is no wish, also where it is said in an empty header.
  if ((raw.headers.accept ?? '').trim() === '') return offered[0]!;
  const found = new Negotiator(raw).mediaType([...offered]) as T | undefined;
  if (found !== undefined) return found;
  const names = offered.map((type) => type.split(';', 1)[0]);
  throw new Refusal('not-acceptable', `This is offered as ${names.join(' or ')}. Accept that, or */*.`);
}

const LONGEST_KEPT = 256;
/** What was preferred before, by the header and the number of encodings that were offered. */
const PREFERRED = new LRUCache<string, { readonly encoding: Encoding | undefined }>({ max: 500 });

/**
 * The encoding that a client prefers; `undefined` where it takes none.
 *
 * @param offered some of the encodings, best first: the number of them says which.
 */
export function preferredEncoding(header = '', offered: readonly Encoding[]): Encoding | undefined {
  const key = `${offered.length} ${header}`;
  const known = PREFERRED.get(key);
  if (known !== undefined) return known.encoding;
  const encoding = new Negotiator({ headers: { 'accept-encoding': header } }).encoding([...offered]) as
    | Encoding
    | undefined;
  if (header.length < LONGEST_KEPT) PREFERRED.set(key, { encoding });
  return encoding;
}

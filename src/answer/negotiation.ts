import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
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

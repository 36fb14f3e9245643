import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../answer/problem.js';
import { refused } from './errors.js';

/**
 * The parameters of the address, decoded strictly: what cannot be read is refused, not mended.
 *
 * @throws Refusal `malformed-request`.
 */
export function searchOf({ raw }: FastifyRequest): URLSearchParams {
  const url = raw.url ?? '/';
  const text = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  try {
    decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    const detail = 'The address has a bad percent-escape, or bytes that are not UTF-8. Encode each parameter as UTF-8.';
    throw new Refusal('malformed-request', detail);
  }
  return new URLSearchParams(text);
}

/** @throws Refusal `unsupported-media-type`. JSON is UTF-8. Source: RFC 8259 8.1. */
export function refuseOtherCharsets(contentType = ''): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw new Refusal('unsupported-media-type', `The charset ${charset} is not read. Send the body as JSON in UTF-8.`);
}

/** The headers of a request, as Apollo wants them; the media type is already chosen. */
export function headersOf({ headers }: FastifyRequest, mediaType: string): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, [value].flat().join(', '));
  }
  return map.set('accept', mediaType);
}

/**
 * The document of a request; `undefined` where it has none, or none that is text.
 *
 * @throws GraphQLError `malformed-request` for a batch.
 */
export function sourceOf(parameters: unknown): string | undefined {
  if (Array.isArray(parameters)) {
    const message =
      'Several operations in one request are not answered. Send one, with a root field for each question.';
    throw refused('malformed-request', message);
  }
  const { query } = Object(parameters) as { readonly query?: unknown };
  return typeof query === 'string' ? query : undefined;
}

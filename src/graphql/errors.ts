import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { SLUG_BY_STATUS, isProblemSlug, type ProblemSlug } from '../answer/problem.js';
import { DomainError, type Fault } from '../model/error.js';

/** Apollo's codes that stay as they are, because clients act on them. */
const KEPT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** What Apollo and graphql-js refuse, in our own words. */
const SLUGS: Readonly<Record<string, ProblemSlug>> = {
  GRAPHQL_PARSE_FAILED: 'malformed-document',
  GRAPHQL_VALIDATION_FAILED: 'invalid-document',
  BAD_USER_INPUT: 'invalid-parameters',
  OPERATION_RESOLUTION_FAILURE: 'invalid-parameters',
  BAD_REQUEST: 'malformed-request',
};

/** Longer than this helps nobody, and would let a client choose how much we send. */
const MOST_CHARACTERS = 500;
/** Bytes of the faults of one error, about. */
const MOST_BYTES = 1_500;

/**
 * An error as clients see it: `extensions.code` is the slug of the REST problem. What is not known is `internal`, and
 * says nothing of itself.
 *
 * @param report told of what is our own fault.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: (error: unknown) => void,
): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof DomainError) {
    const errors = fitting(cause.faults);
    return shown(formatted, cause.message, { code: cause.code, ...(errors.length > 0 ? { errors } : {}) });
  }
  const { code, ...extensions } = formatted.extensions ?? {};
  if (KEPT.has(String(code))) return formatted;
  const own = isProblemSlug(code) ? code : undefined;
  const slug = own ?? slugOfHttp(error) ?? (isOfVariables(formatted) ? 'invalid-parameters' : SLUGS[String(code)]);
  if (slug !== undefined) return shown(formatted, formatted.message, { ...extensions, code: slug });
  report(cause);
  const message =
    'The request was right; the mistake is ours and is in the log. Answers to other questions still hold.';
  return shown(formatted, message, { code: 'internal' });
}

function shown(
  { locations, path }: GraphQLFormattedError,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
): GraphQLFormattedError {
  const brief = message.length > MOST_CHARACTERS ? `${message.slice(0, MOST_CHARACTERS - 1)}…` : message;
  return { message: brief, ...(locations && { locations }), ...(path && { path }), extensions };
}

/** The first faults, as many as fit; what a long list allows is left out before a fault is. */
function fitting(faults: readonly Fault[]): Fault[] {
  let room = MOST_BYTES;
  const told: Fault[] = [];
  for (const fault of faults) {
    const one = [fault, { ...fault, allowed: [] }].find((candidate) => JSON.stringify(candidate).length <= room);
    if (one === undefined) break;
    room -= JSON.stringify(one).length;
    told.push(one);
  }
  return told;
}

/** What Apollo refuses as HTTP it tells by a status, in some places without a code. */
function slugOfHttp(error: unknown): ProblemSlug | undefined {
  if (!(error instanceof GraphQLError) || error.originalError != null) return undefined;
  const status = (error.extensions['http'] as { readonly status?: number } | undefined)?.status;
  if (status === undefined || status < 400 || status >= 500) return undefined;
  return SLUG_BY_STATUS.get(status) ?? SLUGS[String(error.extensions.code)] ?? 'malformed-request';
}

/** graphql-js has no code for where it stops telling of bad variables. */
function isOfVariables({ message, path }: GraphQLFormattedError): boolean {
  return path === undefined && message.startsWith('Too many errors processing variables');
}

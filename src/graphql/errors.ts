import { HeaderMap } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { SLUG_BY_STATUS, isProblemSlug, type ProblemSlug } from '../answer/problem.js';
import { onceForEach } from '../model/canonical.js';
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

/** A request that is refused before anything is answered: 400, under a slug of ours. */
export function refused(code: ProblemSlug, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
  return new GraphQLError(message, {
    extensions: { code, ...extensions, http: { status: 400, headers: new HeaderMap() } },
  });
}

/** In the place of Apollo's words, which do not begin with what to do. */
const FORGEABLE =
  'Set the header apollo-require-preflight (any value), or Content-Type: application/json. Without, this could come from a page of another site, and is not answered.';

/** Longer than this helps nobody, and would let a client choose how much we send. */
const MOST_CHARACTERS = 500;
/** Bytes of the faults of one error, about. */
const MOST_BYTES = 2_500;

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
    const omitted = cause.faults.length - errors.length;
    return shown(formatted, cause.message, {
      code: cause.code,
      ...(errors.length > 0 ? { errors } : {}),
      ...(omitted > 0 ? { omitted } : {}),
    });
  }
  const { code, ...extensions } = formatted.extensions ?? {};
  if (KEPT.has(String(code))) return formatted;
  const own = isProblemSlug(code) ? code : undefined;
  const slug = own ?? slugOfHttp(error) ?? (isOfVariables(formatted) ? 'invalid-parameters' : SLUGS[String(code)]);
  const words = formatted.message.includes('Cross-Site Request Forgery') ? FORGEABLE : formatted.message;
  if (slug !== undefined) return shown(formatted, words, { ...extensions, code: slug });
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
  return { message: cut(message, MOST_CHARACTERS), ...(locations && { locations }), ...(path && { path }), extensions };
}

/** The faults, shortened until they fit: first by what is allowed, which each message or the schema says too. */
const fitting = onceForEach((faults: readonly Fault[]): readonly Fault[] => {
  if (JSON.stringify(faults).length <= MOST_BYTES) return faults;
  let bytes = 0;
  const brief: Fault[] = [];
  for (const fault of faults) {
    const short = { ...fault, allowed: [], message: cut(fault.message), value: fault.value && cut(fault.value) };
    bytes += JSON.stringify(short).length;
    if (bytes > MOST_BYTES && brief.length > 0) break;
    brief.push(short);
  }
  return brief;
});

function cut(text: string, most = 120): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
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

import { STATUS_CODES } from 'node:http';
import { isBusy, isOfDisk } from '../store/sqlite.js';
import { DomainError, type ErrorCode, type Fault } from '../model/error.js';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Whether only GraphQL has it. */
  readonly isOfGraphQL?: true;
}

/** Every kind of problem there is, by its slug. What each means and what to do: schema/problems.md. */
export const PROBLEMS = {
  'invalid-parameters': { status: 400, title: 'Some parameters cannot be used' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'malformed-document': { status: 400, title: 'The GraphQL document cannot be read', isOfGraphQL: true },
  'invalid-document': { status: 400, title: 'The GraphQL document does not fit the schema', isOfGraphQL: true },
  'document-too-large': { status: 400, title: 'The GraphQL document asks for too much at once', isOfGraphQL: true },
  unauthorized: { status: 401, title: 'The token is missing or wrong' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'unknown-requirement': { status: 404, title: 'There is no such requirement' },
  'unknown-host': { status: 404, title: 'There is no such host' },
  'unknown-revision': { status: 404, title: 'There is no such revision' },
  'unknown-format': { status: 404, title: 'There is no such format' },
  'nothing-to-open': { status: 404, title: 'There is nothing to open' },
  'not-held': { status: 404, title: 'Nothing of that kind waits for a decision' },
  'not-served': { status: 404, title: 'Nothing that is served is meant' },
  'method-not-allowed': { status: 405, title: 'This method is not used here' },
  'not-acceptable': { status: 406, title: 'None of the accepted formats is offered' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'content-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The format of the body is not taken' },
  'mixed-ports': { status: 422, title: 'A list without ports cannot have several' },
  omitted: { status: 422, title: 'The format cannot express all of it' },
  'over-limit': { status: 422, title: 'The format cannot hold as much' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'header-fields-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  'not-ready': { status: 503, title: 'The service takes no new work' },
  'no-revision': { status: 503, title: 'There is nothing to serve yet' },
  'store-unavailable': { status: 503, title: 'The store does not answer' },
  overloaded: { status: 503, title: 'There is more to do than can be done' },
} as const satisfies Record<ErrorCode, ProblemKind> & Record<string, ProblemKind>;

export type ProblemSlug = keyof typeof PROBLEMS;

export function isProblemSlug(text: unknown): text is ProblemSlug {
  return typeof text === 'string' && Object.hasOwn(PROBLEMS, text);
}

/** A problem as clients see it. Source: RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors: readonly Fault[];
}

export const PROBLEM_TYPE = 'application/problem+json';

/** @param path the path that was asked for; what follows a `?` is left out. */
export function problem(slug: ProblemSlug, detail: string, path: string, errors: readonly Fault[] = []): Problem {
  const { status, title } = PROBLEMS[slug];
  return { type: `/problems/${slug}`, title, status, detail, instance: pathOf(path), errors };
}

/** The path of a request target, without its query; of an absolute target, nothing of its host. Source: RFC 9112 3.2. */
export function pathOf(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '').split('?', 1)[0] || '/';
}

/** Turns whatever was thrown into a problem. What is not known is `internal`, and says nothing of itself. */
export function problemOf(error: unknown, path: string): Problem {
  if (error instanceof DomainError) return problem(error.code, error.message, path, error.faults);
  if (error instanceof Refusal) return problem(error.slug, error.message, path);
  if (isOfDisk(error) || isBusy(error)) {
    const detail = `The store did not take it (${error.message}). What is served stays as it was. Make room on its disk, or make it writable, and ask again.`;
    return problem('store-unavailable', detail, path);
  }
  const { status, code } = faceOf(error);
  // The framework has two kinds of bad request: a path that cannot be decoded, and a body.
  if (status === 400 && code !== 'FST_ERR_BAD_URL') {
    const detail = 'The body is not JSON, or has a member that is not taken. Send one JSON object.';
    return problem('malformed-request', detail, path);
  }
  const slug = SLUG_BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'malformed-request' : 'internal');
  return problem(slug, DETAILS[slug] ?? `${STATUS_CODES[status]}.`, path);
}

/** A refusal that is about HTTP, not about the product. */
export class Refusal extends Error {
  constructor(
    readonly slug: ProblemSlug,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** What to say where the framework's own words help nobody. */
const DETAILS: Partial<Record<ProblemSlug, string>> = {
  'malformed-request': 'The path or the headers are not valid HTTP. Check the percent-encoding of the address.',
  'content-too-large': 'The body is larger than is taken here. Send less.',
  'uri-too-long': 'The path or one of its parts is longer than anything here. Shorten it.',
  'unsupported-media-type': 'Send the body as application/json in UTF-8.',
  internal: 'The request was right; the mistake is ours and is in the log. Answers to other questions still hold.',
};

/** The problem that a status of HTTP alone tells of. */
export const SLUG_BY_STATUS: ReadonlyMap<number, ProblemSlug> = new Map([
  [401, 'unauthorized'],
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [406, 'not-acceptable'],
  [408, 'request-timeout'],
  [413, 'content-too-large'],
  [414, 'uri-too-long'],
  [415, 'unsupported-media-type'],
  [429, 'too-many-requests'],
  [431, 'header-fields-too-large'],
]);

/** What the framework's errors show of themselves. */
function faceOf(error: unknown): { readonly status: number; readonly code: string | undefined } {
  const { statusCode, status, code } = Object(error) as { statusCode?: unknown; status?: unknown; code?: unknown };
  const found = statusCode ?? status;
  return { status: typeof found === 'number' ? found : 500, code: typeof code === 'string' ? code : undefined };
}

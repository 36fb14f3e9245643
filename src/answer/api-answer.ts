import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiResponse, schemaPath } from './openapi-decorators.js';
import { PROBLEM_TYPE, PROBLEMS } from './problem.js';
import { ProblemShape } from './shapes/problem.js';

const STATE_HEADERS = {
  'Gatepost-Revision': { description: 'The newest revision.', schema: { type: 'integer' } },
  'Gatepost-Freshness': {
    description: 'How far it can be trusted to be the latest, and when that was last checked (RFC 9651).',
    schema: { type: 'string', example: 'fresh; checked=@1767225600' },
  },
} as const;

/** Declares what follows from a revision: it has an ETag, and a client that has it already is told so. */
export function ApiAnswer(
  summary: string,
  type: Type<unknown>,
  problems: readonly number[],
  /** Further media types that it is offered in, and what each is. */
  others: Readonly<Record<string, string>> = {},
): MethodDecorator {
  const formats = Object.entries(others).map(([mediaType, description]) => [
    mediaType.split(';', 1)[0]!,
    { type: 'string' as const, description },
  ]);
  const content = { 'application/json': { $ref: schemaPath(type) }, ...Object.fromEntries(formats) };
  return applyDecorators(ApiExtraModels(type), ApiFormats(summary, content, problems));
}

/** The same for what is no JSON of ours: schemas by media type. */
export function ApiFormats(
  summary: string,
  schemas: Readonly<Record<string, object>>,
  problems: readonly number[],
): MethodDecorator {
  const etag = { ETag: { description: 'Strong, of these very bytes.', schema: { type: 'string' as const } } };
  const content = Object.fromEntries(Object.entries(schemas).map(([mediaType, schema]) => [mediaType, { schema }]));
  return applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({ description: summary, headers: { ...STATE_HEADERS, ...etag }, content }),
    ApiResponse({ status: 304, description: 'What you have is still right.', headers: { ...STATE_HEADERS, ...etag } }),
    ApiProblems(problems),
  );
}

/** Declares what is true only now, and so is never cached. */
export function ApiCurrentState(summary: string, type: Type<unknown>, problems: readonly number[]): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiOkResponse({ type, description: summary, headers: STATE_HEADERS }),
    ApiProblems(problems),
  );
}

/** The problems that a route answers with, beside those that any route may: 429, 500 and 503. */
function ApiProblems(statuses: readonly number[]): MethodDecorator {
  const all = [...new Set([...statuses, 429, 500, 503])].sort((a, b) => a - b);
  return applyDecorators(
    ApiExtraModels(ProblemShape),
    ...all.map((status) =>
      ApiResponse({
        status,
        description: `${Object.values(PROBLEMS)
          .filter((kind) => kind.status === status && !('isOfGraphQL' in kind))
          .map((kind) => kind.title)
          .join('; or: ')}.`,
        content: { [PROBLEM_TYPE]: { schema: { $ref: schemaPath(ProblemShape) } } },
      }),
    ),
  );
}

import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_TYPE, PROBLEMS } from './problem.js';
import { ProblemShape } from './shapes/problem.js';

/** Declares the problems that a route answers with, beside those that any route may: 429, 500 and 503. */
export function ApiProblems(...statuses: readonly number[]): MethodDecorator & ClassDecorator {
  const all = [...new Set([...statuses, 429, 500, 503])].sort((a, b) => a - b);
  return applyDecorators(
    ApiExtraModels(ProblemShape),
    ...all.map((status) =>
      ApiResponse({
        status,
        description: `${Object.values(PROBLEMS)
          .filter((kind) => kind.status === status)
          .map((kind) => kind.title)
          .join('; or: ')}.`,
        content: { [PROBLEM_TYPE]: { schema: { $ref: getSchemaPath(ProblemShape) } } },
      }),
    ),
  );
}

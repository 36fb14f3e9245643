import * as mapped from '@nestjs/mapped-types';
import type * as Swagger from '@nestjs/swagger';
import type { Type } from '@nestjs/common';

type Decorator =
  | 'ApiBearerAuth'
  | 'ApiBody'
  | 'ApiConsumes'
  | 'ApiExcludeController'
  | 'ApiExtraModels'
  | 'ApiOkResponse'
  | 'ApiOperation'
  | 'ApiParam'
  | 'ApiProperty'
  | 'ApiQuery'
  | 'ApiResponse'
  | 'ApiSchema'
  | 'ApiTags';

/**
 * What the decorators of this file will say. The service answers with the committed document, so the package that
 * makes one, 430 files, is never loaded by it.
 */
const waiting: ((swagger: typeof Swagger) => void)[] = [];

/** @nestjs/swagger, once it was told all that was said with its decorators, in the order in which it was said. */
export async function decoratedSwagger(): Promise<typeof Swagger> {
  const swagger = await import('@nestjs/swagger');
  for (const say of waiting.splice(0)) say(swagger);
  return swagger;
}

function later<D extends Decorator>(name: D): (typeof Swagger)[D] {
  const decorator =
    (...said: unknown[]) =>
    (...target: unknown[]) => {
      waiting.push((swagger) => {
        const make = swagger[name] as (...said: unknown[]) => (...target: unknown[]) => void;
        make(...said)(...target);
      });
    };
  return decorator as (typeof Swagger)[D];
}

export const ApiBearerAuth = later('ApiBearerAuth');
export const ApiBody = later('ApiBody');
export const ApiConsumes = later('ApiConsumes');
export const ApiExcludeController = later('ApiExcludeController');
export const ApiExtraModels = later('ApiExtraModels');
export const ApiOkResponse = later('ApiOkResponse');
export const ApiOperation = later('ApiOperation');
export const ApiParam = later('ApiParam');
export const ApiProperty = later('ApiProperty');
export const ApiQuery = later('ApiQuery');
export const ApiResponse = later('ApiResponse');
export const ApiTags = later('ApiTags');

const names = new WeakMap<object, string>();

/** Names a schema. */
export function ApiSchema(named: { readonly name: string; readonly description: string }): ClassDecorator {
  const decorate = later('ApiSchema')(named);
  return (target) => {
    names.set(target, named.name);
    decorate(target);
  };
}

/** The place of a class's schema in the document. */
export function schemaPath(type: Type<unknown>): string {
  return `#/components/schemas/${names.get(type) ?? type.name}`;
}

/** A class of parameters without some of them. */
export const OmitType: typeof mapped.OmitType = (kind, omitted) => {
  const rest = mapped.OmitType(kind, omitted);
  waiting.push((swagger) => {
    // What was said of the parameters is looked for on the prototypes, and that of the package's own class has it.
    Object.setPrototypeOf(rest.prototype, swagger.OmitType(kind, omitted).prototype as object);
  });
  return rest;
};

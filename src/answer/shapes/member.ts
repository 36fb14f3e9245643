import { applyDecorators, type Type } from '@nestjs/common';
import { Field, Int, ObjectType, registerEnumType, type GqlTypeReference } from '@nestjs/graphql';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ApiProperty, ApiSchema } from '../openapi-decorators.js';
import { CidrScalar, DateScalar, DateTimeScalar, HostNameScalar, JsonScalar, PortNumberScalar } from './scalars.js';

/** What a member holds, in the words of both doors. */
export interface MemberType {
  readonly openapi: ApiPropertyOptions;
  readonly graphql: GqlTypeReference;
  readonly isList?: boolean;
  readonly isNullable?: boolean;
}

type Schema = Exclude<Parameters<typeof ApiProperty>[0], undefined>;

const scalar = (openapi: ApiPropertyOptions, graphql: GqlTypeReference): MemberType => ({ openapi, graphql });

export const TEXT = scalar({ type: 'string' }, String);
export const FLAG = scalar({ type: 'boolean' }, Boolean);
export const COUNT = scalar({ type: 'integer', minimum: 0 }, Int);
/** The number of a revision, a line or a column. */
export const ORDINAL = scalar({ type: 'integer', minimum: 1 }, Int);
/** RFC 3339, UTC. */
export const INSTANT = scalar({ type: 'string', format: 'date-time' }, DateTimeScalar);
export const DATE = scalar({ type: 'string', format: 'date' }, DateScalar);
export const CIDR = scalar({ type: 'string', example: '162.159.137.43/32' }, CidrScalar);
export const HOST_NAME = scalar({ type: 'string', example: 'api.replicated.com' }, HostNameScalar);
export const PORT_NUMBER = scalar({ type: 'integer', minimum: 1, maximum: 65_535 }, PortNumberScalar);
export const DIGEST = scalar({ type: 'string', pattern: '^sha256-[0-9a-f]{64}$' }, String);
/** Whatever JSON can say; what it is depends on another member. */
export const JSON_VALUE = scalar({ type: 'object', additionalProperties: true }, JsonScalar);
/** The key of a requirement. */
export const REF = scalar({ type: 'string', example: 'replicated/upgrade/online/api.replicated.com' }, String);

/**
 * A closed set of words, each with what it means. REST has the words themselves; GraphQL has them in upper case, with
 * `_` for `-`, so that resolvers still see the words.
 */
export function enumOf(name: string, description: string, words: Readonly<Record<string, string>>): MemberType {
  const entries = Object.entries(words).map(
    ([word, meaning]) => [word.toUpperCase().replaceAll('-', '_'), word, meaning] as const,
  );
  const values = Object.fromEntries(entries.map(([key, word]) => [key, word]));
  registerEnumType(values, {
    name,
    description,
    valuesMap: Object.fromEntries(entries.map(([key, , meaning]) => [key, { description: meaning }])),
  });
  return { openapi: { enum: Object.keys(words), enumName: name }, graphql: values };
}

/** Many of something; order is part of the answer. */
export function listOf(of: MemberType | Type<unknown>): MemberType {
  const { openapi, graphql } = typed(of);
  const isInline = typeof of !== 'function' && !('enum' in openapi);
  return {
    openapi: (isInline ? { type: 'array', items: openapi } : { ...openapi, isArray: true }) as ApiPropertyOptions,
    graphql,
    isList: true,
  };
}

/** Something, or `null`. */
export function nullable(of: MemberType | Type<unknown>): MemberType {
  const { openapi, ...rest } = typed(of);
  return { ...rest, openapi: { ...openapi, nullable: true }, isNullable: true };
}

/** A noun of the answers: its name in OpenAPI and GraphQL, and what it is. */
export function Noun(name: string, description: string): ClassDecorator {
  return applyDecorators(ObjectType(name, { description }), ApiSchema({ name, description }));
}

/**
 * A member of an answer. Always present; `nullable` says where it can be `null`.
 *
 * @param field its name in GraphQL, where that differs.
 */
export function Member(description: string, of: MemberType | Type<unknown> = TEXT, field?: string): PropertyDecorator {
  return applyDecorators(RestMember(description, of), FieldOf(description, of, field));
}

/** A member that REST gives by name; GraphQL has a field in its place that leads to the thing itself. */
export function RestMember(description: string, of: MemberType | Type<unknown> = TEXT): PropertyDecorator {
  return ApiProperty({ description, required: true, ...typed(of).openapi } as Schema);
}

/** A field of GraphQL, or an argument of an input. */
export function FieldOf(description: string, of: MemberType | Type<unknown>, name?: string): PropertyDecorator {
  const { graphql, isList, isNullable } = typed(of);
  return Field(() => (isList ? [graphql] : graphql), {
    description,
    nullable: isNullable ?? false,
    ...(name === undefined ? {} : { name }),
  });
}

function typed(of: MemberType | Type<unknown>): MemberType {
  return typeof of === 'function' ? { openapi: { type: of }, graphql: of } : of;
}

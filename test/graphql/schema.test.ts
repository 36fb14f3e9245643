import { readFileSync } from 'node:fs';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  printSchema,
  validateSchema,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';
import { unannounced } from './breaking.js';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

let service: RunningService;
let schema: GraphQLSchema;
let ours: readonly GraphQLNamedType[];
beforeAll(async () => {
  service = await startService();
  schema = service.app.get(GraphQLSchemaHost).schema;
  ours = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
});
afterAll(() => service.stop());

/** Everything of a schema that a portal may have to look up: where it is, and what is said of it. */
function* described(types: readonly GraphQLNamedType[]): Generator<readonly [string, string | null | undefined]> {
  for (const type of types) {
    yield [type.name, type.description];
    if (isEnumType(type)) {
      for (const { name, description } of type.getValues()) yield [`${type.name}.${name}`, description];
    }
    if (isInputObjectType(type)) {
      for (const { name, description } of Object.values(type.getFields())) yield [`${type.name}.${name}`, description];
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const { name, description, args } of Object.values(type.getFields())) {
        yield [`${type.name}.${name}`, description];
        for (const argument of args) yield [`${type.name}.${name}(${argument.name}:)`, argument.description];
      }
    }
  }
}

describe('the schema', () => {
  it('is the one that is committed', () => {
    const isCommitted = read('schema/schema.graphql') === `${printSchema(schema)}\n`;
    expect(isCommitted, 'schema/schema.graphql is not what the code says. Run "npm run schema", and commit it.').toBe(
      true,
    );
  });

  it('is valid', () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it('leads from its root to each of its types', () => {
    const reached = new Set<GraphQLNamedType>();
    const reach = (type: GraphQLNamedType) => {
      if (reached.has(type)) return;
      reached.add(type);
      const fields: readonly (GraphQLField<unknown, unknown> | GraphQLInputField)[] =
        'getFields' in type ? Object.values(type.getFields()) : [];
      for (const field of fields) {
        reach(getNamedType(field.type));
        for (const argument of 'args' in field ? field.args : []) reach(getNamedType(argument.type));
      }
    };
    reach(schema.getQueryType()!);
    expect(ours.filter((type) => !reached.has(type)).map(({ name }) => name)).toEqual([]);
  });

  it('describes each of its types, fields, arguments and values', () => {
    const all = [...described(ours)];
    expect(all.filter(([, description]) => (description ?? '').trim() === '').map(([where]) => where)).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
  });

  it('says of each of its scalars where it is specified', () => {
    const scalars = ours.filter(isScalarType);
    expect(scalars.filter(({ specifiedByURL }) => !URL.canParse(specifiedByURL ?? ''))).toEqual([]);
    expect(scalars.length).toBeGreaterThan(0);
  });

  it('is asked, and changes nothing and pushes nothing', () => {
    expect(schema.getMutationType()).toBeUndefined();
    expect(schema.getSubscriptionType()).toBeUndefined();
  });

  it('has null at its root only for the one thing that may not be there', () => {
    const fields = Object.values(schema.getQueryType()!.getFields());
    const nullable = fields.filter(({ type }) => !isNonNullType(type)).map(({ name }) => name);
    expect(nullable.sort()).toEqual(['host', 'requirement', 'revision']);
  });
});

describe('a word of a closed set', () => {
  const { components } = JSON.parse(read('schema/openapi.json')) as {
    components: { schemas: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
  };
  const upperCased = (word: string) => word.toUpperCase().replaceAll('-', '_');

  it('is the one of REST in upper case, in the same order', () => {
    const enums = ours.filter(isEnumType).map((type) => [type.name, type.getValues().map(({ name }) => name)] as const);
    const rest = enums.map(([name]) => [name, components.schemas[name]?.enum?.map(upperCased)] as const);
    expect(enums).toEqual(rest);
    expect(enums.length).toBeGreaterThan(10);
  });
});

describe('a change since the last release', () => {
  it('breaks nothing, or is announced in the changelog as "Breaking:" with its coordinate', () => {
    expect(unannounced(buildSchema(read('schema/released.graphql')), schema, read('CHANGELOG.md'))).toEqual([]);
  });
});

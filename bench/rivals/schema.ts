import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** Gatepost's schema as text. */
export const SCHEMA = readFileSync(path.join(import.meta.dirname, '../../schema/schema.graphql'), 'utf8');

/** Gatepost's schema over an answer in memory: the same documents are valid, and answered with the same data. */
export function schemaOver(requirements: unknown): GraphQLSchema {
  const schema = buildSchema(SCHEMA);
  schema.getQueryType()!.getFields()['requirements']!.resolve = () => requirements;
  return schema;
}

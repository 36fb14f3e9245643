import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import {
  OperationTypeNode,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compiling } from './compiling.js';
import { callDirectly } from './edges.js';
import { formatError, refused } from './errors.js';
import { LIMITS } from './limits.js';
import type { Operation } from './operation.js';

/** Bytes of documents that are kept parsed, and of those that are kept for clients who send only a hash. */
const MOST_DOCUMENT_BYTES = 1_048_576;
const MOST_PERSISTED_BYTES = 1_048_576;
/** More errors than this help nobody. */
const MOST_ERRORS = 5;

/** What is told of our own faults. */
export interface Report {
  error(details: { readonly err: unknown }, message: string): void;
  warn(message: string): void;
}

/** Apollo without a route of its own: the controller is the door, because it keeps answers and knows the page. */
@Injectable()
export class ApolloEngine extends ApolloDriver {
  override async registerServer({ schema, ...options }: ApolloDriverConfig): Promise<void> {
    this.apolloServer = new ApolloServer({
      ...options,
      schema: schema!,
      typeDefs: undefined,
      resolvers: undefined,
    });
    await this.apolloServer.start();
  }
}

/** How GraphQL is answered. Nothing leans on NODE_ENV. */
export function apolloOptions(log: Report): Omit<ApolloDriverConfig, 'driver'> {
  return {
    // In memory: schema/schema.graphql is written by a script and compared by a test.
    autoSchemaFile: true,
    // Nest would look whether the schema is valid by an introspection; Apollo looks too, without one.
    buildSchemaOptions: { skipCheck: true },
    transformSchema: completed,
    path: '/graphql',
    graphiql: false,
    // Everybody may know the schema: it is documentation, and holds nothing secret.
    introspection: true,
    hideSchemaDetailsFromClientErrors: false,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: quiet(log),
    persistedQueries: { cache: new InMemoryLRUCache<string>({ maxSize: MOST_PERSISTED_BYTES }) },
    documentStore: new InMemoryLRUCache<DocumentNode>({ maxSize: MOST_DOCUMENT_BYTES }),
    parseOptions: { maxTokens: LIMITS.tokens },
    validationOptions: { maxErrors: MOST_ERRORS },
    executionOptions: { maxCoercionErrors: MOST_ERRORS },
    maxRecursiveSelections: 10_000,
    formatError: (formatted: GraphQLFormattedError, error: unknown) =>
      formatError(formatted, error, (err) => log.error({ err }, 'an operation failed')),
    plugins: [...NOT_OURS, manners, compiling()],
  };
}

/**
 * What Apollo would do by itself: hints for caches at every field, traces as only a subgraph writes them, and, where an
 * APOLLO_KEY is in the environment, reports to its vendor.
 */
const NOT_OURS: readonly ApolloServerPlugin[] = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

/** What of the schema no class of ours makes. */
function completed(schema: GraphQLSchema): GraphQLSchema {
  callDirectly(schema);
  schema.getQueryType()!.description = 'What can be asked. Nothing can be changed here.';
  return schema;
}

/** Refuses what is no query, notes whether an answer has errors, and sends only the first of many. */
const manners: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request }: Resolved) {
        // Which operation is meant is told of later where it cannot be known.
        if (operation === undefined) return;
        refuseUndeclared(operation, request.variables ?? {});
        refuseCrowded(request.variables ?? {});
        if (operation.operation === OperationTypeNode.QUERY) return;
        const message = `There is nothing here to use a ${operation.operation} on: everything is read by a query.`;
        throw refused('invalid-document', message);
      },
      async willSendResponse({ contextValue, response: { body } }) {
        if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
        (contextValue as BaseContext & Operation).noted.followsFromRevision = false;
        body.singleResult.errors = body.singleResult.errors.slice(0, MOST_ERRORS);
      },
    };
  },
};

interface Resolved {
  readonly operation?: OperationDefinitionNode;
  readonly request: { readonly variables?: Readonly<Record<string, unknown>> };
}

/** A variable that the operation does not know is a slip: without it, the answer would be a wider one. */
function refuseUndeclared({ variableDefinitions = [] }: OperationDefinitionNode, variables: object): void {
  const declared = variableDefinitions.map(({ variable }) => variable.name.value);
  const strange = Object.keys(variables).find((name) => !declared.includes(name));
  if (strange === undefined) return;
  const known =
    declared.length === 0 ? 'It declares none.' : `It declares: ${declared.map((name) => `$${name}`).join(', ')}.`;
  throw refused('invalid-parameters', `The operation declares no variable "$${strange}". ${known}`);
}

/** More members than any input here has: of each it would be said that there is none. */
const MOST_MEMBERS = 100;

function refuseCrowded(variables: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const members = Object.keys(value).length;
    if (members <= MOST_MEMBERS) continue;
    const message = `The variable "$${name}" has ${members} members; no input here has more than ${MOST_MEMBERS}.`;
    throw refused('invalid-parameters', message);
  }
}

/** Apollo writes what clients did wrong as errors of its own; those are told to the client, not to the log. */
function quiet(log: Report) {
  const silent = () => undefined;
  return { debug: silent, info: silent, warn: (message?: unknown) => log.warn(String(message)), error: silent };
}

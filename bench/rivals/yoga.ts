import { createServer, type RequestListener } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { answered, told } from './handed.ts';
import { schemaOver } from './schema.ts';

// GraphQL Yoga on the server of Node, as its documentation has it.

// By a name that the compiler does not follow: Yoga's types change what an error of graphql-js is, in all of the code.
const yoga: string = 'graphql-yoga';
const { createYoga } = (await import(yoga)) as {
  readonly createYoga: (options: { schema: GraphQLSchema; logging: boolean; graphiql: boolean }) => RequestListener;
};

const handed = told();
const listener = createYoga({ schema: schemaOver(answered(handed)), logging: false, graphiql: false });
createServer(listener).listen(handed.port, '127.0.0.1');

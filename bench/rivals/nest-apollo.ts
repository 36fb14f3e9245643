import 'reflect-metadata';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CONNECTIONS, answered, told } from './handed.ts';
import { SCHEMA } from './schema.ts';

// Nest, Fastify and Apollo Server as their documentation has them. Decorators are called, because Node runs this file
// without a compiler.

const handed = told();
const answer = answered(handed);

class Requirements {
  requirements(): unknown {
    return answer;
  }
}
const method = Object.getOwnPropertyDescriptor(Requirements.prototype, 'requirements')!;
Query('requirements')(Requirements.prototype, 'requirements', method);
Resolver()(Requirements);

class App {}
Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, typeDefs: SCHEMA, graphiql: false })],
  providers: [Requirements],
})(App);

const app = await NestFactory.create(App, new FastifyAdapter(CONNECTIONS), { logger: false });
await app.listen(handed.port, '127.0.0.1');

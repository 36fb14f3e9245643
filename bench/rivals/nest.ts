import 'reflect-metadata';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CONNECTIONS, told } from './handed.ts';

// Nest and Fastify as their documentation has them: a controller returns an object, which is made JSON every time.
// Decorators are called, because Node runs this file without a compiler.

const { port, path, whole } = told();
const { 'content-type': _, ...headers } = whole.headers;

class Requirements {
  list(): unknown {
    return answer;
  }
}
const answer: unknown = JSON.parse(whole.body);
const method = Object.getOwnPropertyDescriptor(Requirements.prototype, 'list')!;
Get(path)(Requirements.prototype, 'list', method);
for (const [name, value] of Object.entries(headers)) Header(name, value)(Requirements.prototype, 'list', method);
Controller()(Requirements);

class App {}
Module({ controllers: [Requirements] })(App);

const app = await NestFactory.create(App, new FastifyAdapter(CONNECTIONS), { logger: false });
await app.listen(port, '127.0.0.1');

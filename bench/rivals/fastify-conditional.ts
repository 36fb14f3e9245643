import Fastify from 'fastify';
import { CONNECTIONS, told } from './handed.ts';

// A bare Fastify that knows one answer, and compares its ETag with what the client has.

const { port, method, path, whole, given } = told();
const body = Buffer.from(whole.body);
const etag = whole.headers['etag'];
const server = Fastify(CONNECTIONS);
server.route({
  method,
  url: path,
  handler: (request, reply) => {
    if (request.headers['if-none-match'] === etag) void reply.code(304).headers(given.headers).send();
    else void reply.headers(whole.headers).send(body);
  },
});
await server.listen({ port, host: '127.0.0.1' });

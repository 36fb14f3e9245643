import Fastify from 'fastify';
import { CONNECTIONS, told } from './handed.ts';

// A bare Fastify that knows one answer. A POST goes through its own parser of JSON.

const { port, method, path, whole } = told();
const body = Buffer.from(whole.body);
const server = Fastify(CONNECTIONS);
server.route({
  method,
  url: path,
  handler: (_request, reply) => {
    void reply.headers(whole.headers).send(body);
  },
});
await server.listen({ port, host: '127.0.0.1' });

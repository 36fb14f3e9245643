import Fastify from 'fastify';
import mercurius from 'mercurius';
import { CONNECTIONS, answered, told } from './handed.ts';
import { schemaOver } from './schema.ts';

// Mercurius, which compiles a document that comes again.

const handed = told();
const server = Fastify(CONNECTIONS);
await server.register(mercurius, { schema: schemaOver(answered(handed)), jit: 1 });
await server.listen({ port: handed.port, host: '127.0.0.1' });

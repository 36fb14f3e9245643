import { createServer } from 'node:http';
import { CONNECTIONS, told } from './handed.ts';

// A bare server of Node that knows one answer.

const { port, whole } = told();
const body = Buffer.from(whole.body);
const headers = { ...whole.headers, 'content-length': String(body.length) };

const { keepAliveTimeout, maxRequestsPerSocket } = CONNECTIONS;
const server = createServer({ keepAliveTimeout }, (_request, response) => {
  response.writeHead(200, headers).end(body);
});
server.maxRequestsPerSocket = maxRequestsPerSocket;
server.listen(port, '127.0.0.1');

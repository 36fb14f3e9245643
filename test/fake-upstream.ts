import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request is answered. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What was asked of a fake upstream. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server on 127.0.0.1 that stands for upstream and answers as it is told. */
export interface FakeUpstream {
  readonly url: URL;
  readonly port: number;
  /** Every request so far, oldest first. */
  readonly asked: readonly Asked[];
  /** Replaces what is to be answered: one answer a request, the last one from then on. */
  answer(...answers: readonly Answer[]): void;
  /** The connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a fake upstream with the answers that it gives in turn; the last one repeats. Without any it says 404. */
export async function fakeUpstream(...answers: readonly Answer[]): Promise<FakeUpstream> {
  let script = [...answers];
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    // A client that gives up in the middle is what half of these answers are for.
    response.on('error', () => undefined);
    request.socket.on('error', () => undefined);
    const answer = script.length > 1 ? script.shift() : script[0];
    (answer ?? reply(404))(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/ip_addresses.json`),
    port,
    asked,
    answer(...answers) {
      script = [...answers];
    },
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A whole answer. */
export function reply(status: number, headers: Headers = {}, body: string | Uint8Array = ''): Answer {
  return (_request, response) => {
    const lines = Object.entries(headers).map(([name, value]): [string, string | string[]] => [
      name,
      typeof value === 'string' ? value : [...value],
    ]);
    response.writeHead(status, Object.fromEntries(lines));
    response.end(body);
  };
}

/** A list as GitHub serves it: 200, or 304 to a request that knows the ETag. */
export function list(body: string | Uint8Array, etag: string | null = null): Answer {
  return (request, response) => {
    const known = etag !== null && request.headers['if-none-match'] === etag;
    const headers = { 'content-type': 'text/plain; charset=utf-8', ...(etag === null ? {} : { etag }) };
    (known ? reply(304, { etag }) : reply(200, headers, body))(request, response);
  };
}

/**
 * Bytes as they are, past the HTTP server, and then the end of the connection: closed in good order, reset, or kept
 * open for ever.
 */
export function raw(bytes: string | Uint8Array, then: 'close' | 'reset' | 'keep' = 'close'): Answer {
  return ({ socket }) => {
    socket.write(bytes, () => {
      if (then === 'close') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });
  };
}

/** Takes the request and says nothing, ever. */
export const silence: Answer = () => undefined;

/** The same bytes again and again, until the client hangs up or `most` bytes are out. */
export function flood(head: string, chunk: string | Uint8Array, most = 64 * 1024 * 1024): Answer {
  return ({ socket }) => {
    let sent = 0;
    const pour = () => {
      while (!socket.destroyed && sent < most) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          socket.once('drain', pour);
          return;
        }
      }
      socket.end();
    };
    socket.write(head);
    pour();
  };
}

/** One byte at a time, until the client hangs up. */
export function drip(bytes: string | Uint8Array, everyMs: number): Answer {
  return ({ socket }) => {
    const rest = Buffer.from(bytes).values();
    const timer = setInterval(() => {
      const next = rest.next();
      if (next.done === true || socket.destroyed) clearInterval(timer);
      else socket.write(Uint8Array.of(next.value));
    }, everyMs);
    socket.on('close', () => clearInterval(timer));
  };
}

import { Agent, request } from 'node:http';
import type { Probe } from '../../faults/probe.ts';

/** An answer, as far as it is looked at. */
export interface Answer {
  readonly status: number;
  /** The number of its revision; `null` where it has none. */
  readonly revision: string | null;
  readonly etag: string | null;
  readonly body: Buffer;
  readonly ms: number;
}

const MOST_MS = 30_000;

/** A client of the service, which keeps its connections. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true });

  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /**
   * Asks once, and reads the answer to its end.
   *
   * @param etag what is known already; `null` asks for the answer whatever it is.
   */
  ask({ method, path, body }: Probe, etag: string | null = null): Promise<Answer> {
    return this.send(method, path, body, etag === null ? {} : { 'if-none-match': etag });
  }

  /** The JSON of a path that tells of the moment. */
  async json<T>(path: string): Promise<T> {
    return JSON.parse((await this.send('GET', path, null, {})).body.toString()) as T;
  }

  send(method: string, path: string, body: string | null, more: Readonly<Record<string, string>>): Promise<Answer> {
    const sent = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = { ...more, ...(body === null ? {} : { 'content-type': 'application/json' }) };
    const asked = request(
      { agent: this.#agent, host: '127.0.0.1', port: this.#port, method, path, headers },
      (response) => {
        const chunks: Buffer[] = [];
        const one = (name: string) => String(response.headers[name] ?? '') || null;
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            revision: one('gatepost-revision'),
            etag: one('etag'),
            body: Buffer.concat(chunks),
            ms: performance.now() - sent,
          }),
        );
      },
    );
    asked.setTimeout(MOST_MS, () => asked.destroy(new Error(`no answer in ${MOST_MS / 1000} s`)));
    asked.on('error', reject);
    asked.end(body ?? undefined);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}

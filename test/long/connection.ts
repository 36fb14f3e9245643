import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case; of those that are there twice, the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly ms: number;
}

const GIVEN_UP_MS = 15_000;
const END = Buffer.from('\r\n\r\n');

/**
 * One client with one connection, over which it asks one thing after another. It is opened again when it was closed.
 * Requests are bytes, because no client library would send what is tried here.
 */
export class Connection {
  #socket: Socket | undefined;

  readonly #port: number;
  readonly #from: string;

  constructor(port: number, from = '127.0.0.1') {
    this.#port = port;
    this.#from = from;
  }

  async ask(bytes: Buffer, isHead: boolean): Promise<Answer> {
    const socket = (this.#socket ??= await this.#open());
    const sent = performance.now();
    let received: Buffer = Buffer.alloc(0);
    return new Promise((resolve, reject) => {
      const done = (answer: Omit<Answer, 'ms'>, isLast: boolean) => {
        stop();
        if (isLast) this.close();
        resolve({ ...answer, ms: performance.now() - sent });
      };
      const onData = (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const answer = answerIn(received, isHead);
        if (answer !== undefined) done(answer, answer.headers.get('connection') === 'close');
      };
      const onClose = () => {
        stop();
        this.#socket = undefined;
        reject(new Error(`The connection was closed after ${received.length} bytes.`));
      };
      const late = setTimeout(() => {
        stop();
        this.close();
        reject(new Error(`There was no answer in ${GIVEN_UP_MS / 1000} s.`));
      }, GIVEN_UP_MS);
      const stop = () => {
        clearTimeout(late);
        socket.off('data', onData).off('close', onClose);
      };
      socket.on('data', onData).on('close', onClose);
      socket.write(bytes);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: '127.0.0.1', localAddress: this.#from, noDelay: true });
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
    await once(socket, 'connect');
    // Whoever waits for an answer learns of it by the close that follows.
    socket.on('error', () => undefined);
    return socket;
  }
}

/** The answer at the beginning of what was received; `undefined` where it is not yet whole. */
export function answerIn(received: Buffer, isHead: boolean): (Omit<Answer, 'ms'> & { length: number }) | undefined {
  const end = received.indexOf(END);
  if (end === -1) return undefined;
  const [first = '', ...lines] = received.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) /.exec(first)?.[1] ?? NaN);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const start = end + END.length;
  const isEmpty = isHead || status === 304 || status === 204 || status < 200;
  if (headers.get('transfer-encoding') === 'chunked' && !isEmpty) throw new Error('An answer came in chunks.');
  const size = isEmpty ? 0 : Number(headers.get('content-length') ?? 0);
  if (received.length < start + size) return undefined;
  return { status, headers, body: received.subarray(start, start + size), length: start + size };
}

import { Connection, type Answer } from './connection.ts';

const ASKED = [
  '/requirements?task=upgrade&mode=online',
  '/version',
  '/hosts/api.replicated.com',
  '/exports/nftables?task=upgrade&mode=online',
  '/feed.atom',
  '/graphql?query=%7Bproduct%7Bname%7D%7D',
];

/** Answers that must stay as they are, whatever else comes. */
export class Probe {
  readonly #connection: Connection;
  readonly #first: readonly string[];

  private constructor(connection: Connection, first: readonly string[]) {
    this.#connection = connection;
    this.#first = first;
  }

  static async of(port: number): Promise<Probe> {
    const connection = new Connection(port);
    return new Probe(connection, await askAll(connection));
  }

  /** What is no longer as it was; `undefined` where all is. */
  async fault(): Promise<string | undefined> {
    const now = await askAll(this.#connection);
    const changed = now.findIndex((text, i) => text !== this.#first[i]);
    return changed === -1 ? undefined : `${ASKED[changed]} is not answered as it was: ${now[changed]!.slice(0, 300)}`;
  }
}

async function askAll(connection: Connection): Promise<string[]> {
  const texts: string[] = [];
  for (const path of ASKED) {
    const request = `GET ${path} HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nApollo-Require-Preflight: 1\r\n\r\n`;
    texts.push(textOf(await connection.ask(Buffer.from(request), false)));
  }
  return texts;
}

function textOf({ status, headers, body }: Answer): string {
  return `${status} ${headers.get('etag')} ${headers.get('content-type')}\n${body.toString()}`;
}

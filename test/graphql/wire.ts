/** One request of a client and what it was answered, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body of a POST, read as JSON; `null` of a GET. */
  readonly sent: unknown;
  readonly status: number;
  readonly answered: unknown;
}

/** A `fetch` that a client is given in place of its own, and everything that the client did with it, oldest first. */
export interface Wire {
  readonly fetch: typeof fetch;
  readonly exchanges: readonly Exchange[];
}

export function wire(): Wire {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async fetch(input, init) {
      const request = new Request(input, init);
      const sent = await request.clone().text();
      const response = await fetch(request);
      exchanges.push({
        method: request.method,
        url: new URL(request.url),
        headers: request.headers,
        sent: sent === '' ? null : JSON.parse(sent),
        status: response.status,
        answered: await response.clone().json(),
      });
      return response;
    },
  };
}

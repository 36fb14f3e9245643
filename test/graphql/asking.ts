import type { RunningService } from '../e2e/service.js';

/** What an operation was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly data: Record<string, never> | null | undefined;
  readonly errors:
    | readonly {
        readonly message: string;
        readonly path?: readonly (string | number)[];
        readonly extensions: {
          readonly code: string;
          readonly errors?: readonly Record<string, unknown>[];
          readonly omitted?: number;
          readonly limit?: string;
          readonly actual?: number | null;
          readonly allowed?: number;
        };
      }[]
    | undefined;
}

/** Sends an operation by POST, as most clients do. */
export async function operate(
  service: RunningService,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answered> {
  const response = await service.ask
    .post('/graphql')
    .set('Accept', 'application/graphql-response+json')
    .send({ query, variables })
    .buffer(true)
    .parse((stream, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => done(null, Buffer.concat(chunks).toString()));
    });
  const text = String(response.body);
  const { data, errors } = JSON.parse(text) as Pick<Answered, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, text, data, errors };
}

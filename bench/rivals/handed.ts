import { readFileSync } from 'node:fs';
import type { Answer } from '../http.ts';

/** What a rival is to answer, taken from Gatepost: the whole answer, and the one to a client that has it already. */
export interface Handed {
  readonly method: 'GET' | 'POST';
  /** Without parameters. */
  readonly path: string;
  readonly whole: Answer;
  readonly given: Answer;
}

/** Where a rival is to listen, and what it is to answer. */
export function told(): Handed & { readonly port: number } {
  const [, , port, file] = process.argv;
  return { port: Number(port), ...(JSON.parse(readFileSync(file!, 'utf8')) as Handed) };
}

/** The one thing that the operation asked for, for resolvers to return. They select nothing, which favours the rival. */
export function answered({ whole }: Handed): unknown {
  const { data } = JSON.parse(whole.body) as { readonly data: Readonly<Record<string, unknown>> };
  return Object.values(data)[0];
}

/** As Gatepost has it, so that the headers that speak of the connection are the same bytes too. */
export const CONNECTIONS = { keepAliveTimeout: 72_000, maxRequestsPerSocket: 10_000 } as const;

import { Connection, type Answer } from './connection.ts';
import { makeDocument, mutate } from './graphql-document.ts';
import { HANGS_MS, TOOK, type Kind } from './kind.ts';
import { SLUGS, problemFault } from './problem-fault.ts';
import type { Random } from './random.ts';
import { without } from './shrink.ts';

/** A request of GraphQL. */
export interface GraphqlInput {
  readonly isGet: boolean;
  readonly tokens: readonly string[];
  /** Further members of the request: their JSON, by name. */
  readonly more: readonly (readonly [name: string, json: string])[];
  readonly contentType: string;
  readonly accept: string;
}

const CODES = new Set([...SLUGS, 'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);
const TYPES = ['application/json', 'application/json; charset=utf-8', 'application/json;charset=utf-16', 'text/plain', 'application/graphql', 'multipart/form-data; boundary=x', '']; // prettier-ignore
const ACCEPTS = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'text/html',
  'image/png',
  'application/json;q=0',
];
const MORE: readonly (readonly [name: string, json: string])[] = [
  ['variables', '{}'],
  ['variables', 'null'],
  ['variables', '{"v":1}'],
  ['variables', '{"__proto__":{"v":1}}'],
  ['variables', '[]'],
  ['variables', '"{}"'],
  ['variables', '1'],
  ['variables', `{"v":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
  ['operationName', '"x"'],
  ['operationName', '1'],
  ['extensions', '{"persistedQuery":{"version":1,"sha256Hash":"x"}}'],
  ['extensions', '{"persistedQuery":1}'],
  ['extensions', '[]'],
  ['query', '1'],
  ['query', 'null'],
  ['id', '"x"'],
  ['constructor', '{}'],
];

/** Operations made from schema/schema.graphql, and such as fit it no more. */
export function graphqlKind(port: number, lanes: number): Kind<GraphqlInput> {
  const connections = Array.from({ length: lanes }, () => new Connection(port));
  const free = [...connections];
  return {
    name: 'GraphQL',
    make(random) {
      const tokens = makeDocument(random);
      return {
        isGet: random.oneIn(4),
        tokens: random.oneIn(2) ? tokens : mutate(tokens, random),
        more: random.some(random.oneIn(3) ? 2 : 0, () => random.pick(MORE)),
        contentType: usually(TYPES, random),
        accept: usually(ACCEPTS, random),
      };
    },
    async send(input) {
      const connection = free.pop() ?? new Connection(port);
      try {
        const answer = await connection.ask(bytesOf(input), false);
        const fault = faultOf(answer);
        return { status: answer.status, ...(fault === undefined ? {} : { fault }) };
      } catch (error) {
        return { status: 0, fault: String(error) };
      } finally {
        free.push(connection);
      }
    },
    again: (input, time) => ({ ...input, tokens: [...input.tokens, `#${time} ${input.tokens.length}`] }),
    *smaller(input) {
      for (const tokens of without(input.tokens)) yield { ...input, tokens };
      for (const more of without(input.more)) yield { ...input, more };
    },
    show: (input) => bytesOf(input).toString().replaceAll('\r\n', '\n'),
    close: () => connections.forEach((connection) => connection.close()),
  };
}

function usually(values: readonly string[], random: Random): string {
  return random.oneIn(10) ? random.pick(values) : values[0]!;
}

function bytesOf({ isGet, tokens, more, contentType, accept }: GraphqlInput): Buffer {
  const query = tokens.join(' ');
  const headers = `Host: a\r\nAccept: ${accept}\r\nContent-Type: ${contentType}\r\n`;
  if (isGet) {
    const pairs = [['query', query] as const, ...more].map(
      ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
    );
    return Buffer.from(`GET /graphql?${pairs.join('&')} HTTP/1.1\r\n${headers}\r\n`);
  }
  const members = [`"query":${JSON.stringify(query)}`, ...more.map(([name, json]) => `"${name}":${json}`)];
  const body = Buffer.from(`{${members.join(',')}}`);
  return Buffer.concat([
    Buffer.from(`POST /graphql HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n`),
    body,
  ]);
}

function faultOf(answer: Answer): string | undefined {
  const { status, headers, body, ms } = answer;
  const text = body.toString();
  if (ms > HANGS_MS) return `${TOOK} ${Math.round(ms)} ms.`;
  if (Number.isNaN(status) || status >= 500) return `It was answered ${status}: ${text.slice(0, 300)}`;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) return problemFault(answer, false);
  if (type.startsWith('text/html')) return status === 200 ? undefined : `${status} is a page.`;
  const { data, errors = [] } = JSON.parse(text) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[];
  };
  if (data === undefined && errors.length === 0) return `${status} has neither data nor errors.`;
  if (status >= 400 && body.length > 4_096) return `${status} has ${body.length} bytes.`;
  const bad = errors.find(
    ({ message, extensions }) => !message || !CODES.has(String(extensions?.code)) || extensions?.code === 'internal',
  );
  return bad === undefined ? undefined : `An error has no code that it should have: ${JSON.stringify(bad)}`;
}

import { Connection, type Answer } from './connection.ts';
import { HANGS_MS, TOOK, type Kind, type Outcome } from './kind.ts';
import { problemFault } from './problem-fault.ts';
import type { Random } from './random.ts';
import { ROUTES, type Parameter, type Route } from './rest-routes.ts';
import { without } from './shrink.ts';
import type { Words } from './words.ts';

type Header = readonly [name: string, value: string];

/** A request of REST. */
export interface RestInput {
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: readonly Header[];
  readonly body: string;
}

const HEADERS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['Accept', ['*/*', 'application/json', 'text/csv', 'text/html', 'image/png', 'application/json;q=0', ';;;', '*/*;q=1e9', 'a'.repeat(4_000)]],
  ['Accept-Encoding', ['br', 'gzip', 'identity', 'identity;q=0', '*;q=0', 'zstd', 'gzip;q=x', ',,,', 'br;q=0.001, gzip;q=1.0']],
  ['Accept-Language', ['de', '*', 'xx-'.repeat(900)]],
  ['If-None-Match', ['*', '"x"', 'W/"x"', '"', Array.from({ length: 900 }, (_, i) => `"${i}"`).join(', ')]],
  ['If-Modified-Since', ['Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01 Jan 2099 00:00:00 GMT', 'garbage']],
  ['If-Match', ['"x"', '*']],
  ['Range', ['bytes=0-0', 'bytes=-1', 'bytes=9999999999-', 'lines=1-2']],
  ['Content-Type', ['application/json', 'text/plain', 'application/yaml', 'application/json; charset=utf-7', 'multipart/form-data', 'x', '']],
  ['Content-Encoding', ['gzip', 'identity', 'br, gzip']],
  ['Authorization', ['Bearer fuzz-token', 'Bearer wrong', 'Basic eDp4', 'Bearer', 'Bearer \u00ff']],
  ['X-Forwarded-For', ['127.0.0.1', '::1, 10.0.0.1', 'x'.repeat(500)]],
  ['X-Forwarded-Host', ['evil.example']],
  ['X-HTTP-Method-Override', ['DELETE', 'POST']],
  ['Origin', ['https://portal.example', 'null']],
  ['Expect', ['miracle']],
  ['Cookie', ['a=b; __proto__=1']],
  ['Host', ['', 'a b"<>', 'evil.example:99999', '[::1', '\u00ff', 'a, b']],
  ['Upgrade', ['h2c', 'websocket']],
  ['Constructor', ['1']],
  ['__proto__', ['1']],
]; // prettier-ignore
const METHODS = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'TRACE',
  'PROPFIND',
  'QUERY',
];
const BODIES = [
  '{}',
  '{',
  '[]',
  'null',
  '{"__proto__":1}',
  'product: x',
  '\u00ff',
  '{"a":1,"a":2}',
  '['.repeat(20_000),
];

/** Requests made from schema/openapi.json, right and wrong; each answer has to be one that it allows. */
export function restKind(port: number, words: Words, lanes: number): Kind<RestInput> {
  const connections = Array.from({ length: lanes }, () => new Connection(port));
  const free = [...connections];
  return {
    name: 'REST',
    make: (random) => makeRest(random, words),
    async send(input) {
      const connection = free.pop() ?? new Connection(port);
      try {
        return outcomeOf(input, await connection.ask(bytesOf(input), input.method === 'HEAD'));
      } catch (error) {
        return { status: 0, fault: String(error) };
      } finally {
        free.push(connection);
      }
    },
    *smaller(input) {
      for (const query of without(input.query)) yield { ...input, query };
      for (const headers of without(input.headers)) yield { ...input, headers };
      if (input.body !== '') yield { ...input, body: '' };
      for (const [i, part] of input.query.entries()) {
        if (part.length > 1) yield { ...input, query: input.query.with(i, part.slice(0, Math.floor(part.length / 2))) };
      }
    },
    show: (input) => bytesOf(input).toString('latin1').replaceAll('\r\n', '\n'),
    close: () => connections.forEach((connection) => connection.close()),
  };
}

function makeRest(random: Random, words: Words): RestInput {
  const route = random.pick(ROUTES);
  const method = random.oneIn(5) ? random.pick(METHODS) : route.method;
  const ofPath = (name: string) =>
    valueOf(
      route.parameters.find((parameter) => parameter.name === name),
      random,
      words,
    );
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ofPath(name) || '%20');
  const asked = route.parameters.filter((parameter) => parameter.in === 'query');
  const query = random.some(random.oneIn(50) ? 40 : 4, () => {
    const parameter = asked.length === 0 || random.oneIn(12) ? undefined : random.pick(asked);
    const name = parameter?.name ?? words.value(random);
    return random.oneIn(40) ? name : `${name}${random.oneIn(50) ? '[]' : ''}=${valueOf(parameter, random, words)}`;
  });
  const headers = random.some(random.oneIn(3) ? 4 : 1, (): Header => {
    const [name, values] = random.pick(HEADERS);
    return [name, random.pick(values)];
  });
  const hasBody = method === 'POST' || random.oneIn(30);
  return { route, method, path, query, headers, body: hasBody && !random.oneIn(3) ? random.pick(BODIES) : '' };
}

function valueOf(parameter: Parameter | undefined, random: Random, words: Words): string {
  const { example, enum: own, items } = parameter?.schema ?? {};
  const fitting = own ?? items?.enum;
  if (fitting !== undefined && !random.oneIn(5)) return random.pick(fitting);
  return example !== undefined && !random.oneIn(3) ? example : words.value(random);
}

function bytesOf({ method, path, query, headers, body }: RestInput): Buffer {
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  const host = headers.some(([name]) => name === 'Host') ? [] : [['Host', 'a'] as const];
  const length =
    body === '' && method !== 'POST' ? [] : [['Content-Length', String(Buffer.byteLength(body, 'latin1'))]];
  const lines = [...host, ...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, 'latin1');
}

function outcomeOf(input: RestInput, answer: Answer): Outcome {
  const fault = faultOf(input, answer);
  return { status: answer.status, ...(fault === undefined ? {} : { fault }) };
}

function faultOf(input: RestInput, answer: Answer): string | undefined {
  const { status, headers, ms } = answer;
  if (ms > HANGS_MS) return `${TOOK} ${Math.round(ms)} ms.`;
  if (Number.isNaN(status) || status >= 500)
    return `It was answered ${status}: ${answer.body.toString().slice(0, 300)}`;
  if (!mayBe(input, status)) return `${status} is none of the answers that OpenAPI has for ${input.route.path}.`;
  if (headers.get('x-content-type-options') !== 'nosniff') return `${status} has no x-content-type-options.`;
  if (!headers.has('content-security-policy')) return `${status} has no content-security-policy.`;
  if (status >= 400) return problemFault(answer, input.method === 'HEAD');
  const isOfRevision = headers.has('etag');
  if (input.method !== 'OPTIONS' && isOfRevision === (headers.get('cache-control') === 'no-store'))
    return `${status} has ${isOfRevision ? 'an ETag and may not be stored' : 'no ETag and may be stored'}.`;
  return undefined;
}

/** Beside what the route says, what holds for every route: for requests that come to none, and for what HTTP refuses. */
function mayBe({ route, method, path, query, headers, body }: RestInput, status: number): boolean {
  const target = path + query.join('&');
  const has = (name: string) => headers.some(([one]) => one === name);
  const isRoutes = method === route.method || (method === 'HEAD' && route.method === 'GET');
  if (isRoutes && route.statuses.has(status)) return true;
  switch (status) {
    case 204:
      return method === 'OPTIONS';
    case 400:
      // Host, escapes of the path, bytes that no header has, and a body that goes with a method that reads one.
      return (
        has('Host') || path.includes('%') || hasControl(target + headers.flat().join('')) || body !== '' || !isRoutes
      );
    case 401:
      return route.path.startsWith('/admin');
    case 404:
      return route.path.includes('{') || !isRoutes;
    case 405:
      return !isRoutes || route.path.includes('{');
    case 413:
      return body.length > 10_000;
    case 414:
      return target.length > 500;
    case 415:
      return has('Content-Encoding') || has('Content-Type') || body !== '' || !isRoutes;
    case 429:
      return route.path.startsWith('/admin');
    case 431:
      return target.length + headers.flat().join('').length > 8_000;
    default:
      return false;
  }
}

function hasControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u0020\u007f-\uffff]/.test(text);
}

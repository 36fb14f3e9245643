import { ask, type Answer } from '../http.ts';
import { exampleOf, type Load } from './plan.ts';

/** What Gatepost answers to a load: whole, and to a client that may have it already. */
export interface Expected {
  readonly load: Load;
  readonly whole: Answer;
  readonly given: Answer;
}

/**
 * Asks Gatepost. The load that comes back says which answer the client has, where it does.
 *
 * @throws Error where Gatepost refuses: what is measured are answers.
 */
export async function expectedOf(port: number, load: Load): Promise<Expected> {
  if (load.first !== undefined) await ask(port, load.first);
  const whole = await ask(port, exampleOf(load));
  if (whole.status !== 200 || whole.body.startsWith('{"errors"')) {
    throw new Error(`${load.path} was answered with ${whole.status}: ${whole.body}`);
  }
  if (load.revalidates !== true) return { load, whole, given: whole };
  const known = { ...load, headers: { ...load.headers, 'if-none-match': whole.headers['etag']! } };
  const given = await ask(port, exampleOf(known));
  if (given.status !== 304 || given.body !== '') throw new Error(`${load.path} was answered with ${given.status}.`);
  return { load: known, whole, given };
}

/** Those that send the very headers of Gatepost, too. */
const SAME_HEADERS = new Set(['nginx', 'node-http', 'fastify', 'fastify-conditional', 'nest']);

/** @throws Error where a server does not answer as Gatepost does. */
export async function check(server: string, port: number, load: Load, expected: Answer): Promise<void> {
  if (load.first !== undefined) await ask(port, load.first);
  const { status, headers, body } = await ask(port, exampleOf(load));
  const differs = (what: string, found: unknown, wanted: unknown) => {
    throw new Error(`${server} answers ${load.path} with another ${what}: ${String(found)}, not ${String(wanted)}`);
  };
  if (status !== expected.status) differs('status', status, expected.status);
  if (body.trimEnd() !== expected.body.trimEnd()) differs('body', body, expected.body);
  if (!SAME_HEADERS.has(server)) return;
  for (const [name, value] of Object.entries(expected.headers)) {
    if (headers[name] !== value) differs(name, headers[name], value);
  }
}

import { Refused } from './refused.js';

/** A running service, and who asks it. */
export interface Remote {
  readonly url: string;
  /** One of the tokens that it was started with. */
  readonly token: string | undefined;
}

const DEADLINE_MS = 30_000;

/**
 * Asks a running service through /admin; a store that is served is never touched.
 *
 * @throws Refused where it cannot be reached, or refuses: in its own words.
 */
export async function askAdmin({ url, token }: Remote, method: string, path: string, body?: object): Promise<unknown> {
  if (token === undefined || token === '')
    throw new Refused('There is no token. Put one of ADMIN_TOKENS, without its name, into GATEPOST_TOKEN.');
  let response: Response;
  try {
    response = await fetch(new URL(`/admin/${path}`, url), {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      signal: AbortSignal.timeout(DEADLINE_MS),
      redirect: 'error',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Refused(`No service answers at ${url}: ${cause}. Say where it is with --url.`);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const { detail } = Object(answer) as { readonly detail?: unknown };
  throw new Refused(typeof detail === 'string' ? detail : `The service answered ${response.status}.`);
}

import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type RunningService } from '../e2e/service.js';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const address = () => `${service.url}/graphql`;
const audits = serverAudits({ url: address, fetchFn: fetch });

/** A form in a foreign page can send such a GET, so it is refused: CSRF prevention. */
const FORGEABLE = ['5A70', 'D6D5', '6A70'];

/** To `application/json` too, a document that cannot be executed is answered with 400, not with 200. */
const REFUSED_AS_400 = ['572B', 'FDE2', '7B9B'];

const DEVIATIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FORGEABLE.map((id) => [id, 'notice'])),
  ...Object.fromEntries(REFUSED_AS_400.map((id) => [id, 'warn'])),
};

describe('GraphQL over HTTP', () => {
  it.each(audits)('$id: the server $name', async ({ id, fn }) => {
    const result = await fn();
    const why = result.status === 'ok' ? 'This deviation is gone: take it off the list.' : result.reason;
    expect(result.status, `${id} ${result.name}: ${why}`).toBe(DEVIATIONS[id] ?? 'ok');
  });

  it('has every audit that a deviation is listed for', () => {
    const known = audits.map(({ id }) => id);
    expect(Object.keys(DEVIATIONS).filter((id) => !known.includes(id))).toEqual([]);
    expect(known.length).toBeGreaterThan(50);
  });
});

describe('a GET that no form can send', () => {
  const withHeader: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('apollo-require-preflight', 'true');
    return fetch(input, { ...init, headers });
  };
  const preflighted = serverAudits({ url: address, fetchFn: withHeader });

  it.each(preflighted.filter(({ id }) => FORGEABLE.includes(id)))('$id: the server $name', async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: 'ok' });
  });
});

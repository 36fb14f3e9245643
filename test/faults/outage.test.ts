import { afterEach, expect, it } from 'vitest';
import { NEWEST, trueList } from '../e2e/service.js';
import { fakeUpstream, list, reply, type Answer } from '../fake-upstream.js';
import { startWatched } from './keeps.js';

const HOUR_MS = 3_600_000;
const STEP_HOURS = 24;
const DAYS = 30;

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** A service over an upstream that was right at first, and whose clock is moved by hand. */
async function startDated(...answers: readonly Answer[]) {
  let aheadMs = 0;
  const upstream = await fakeUpstream(...answers);
  ending.push(() => upstream.close());
  const now = () => new Date(Date.now() + aheadMs);
  const watched = await startWatched({ UPSTREAM_URL: upstream.url.href, REFRESH_SECONDS: '900' }, now);
  ending.push(() => watched.service.stop());
  const pass = (ms: number) => {
    aheadMs += ms;
  };
  return { upstream, watched, pass };
}

it('row 1: an upstream that is down for 30 days changes no answer, and is told of after three polls', async () => {
  const { upstream, watched, pass } = await startDated(list(trueList(NEWEST)));
  expect((await watched.status()).freshness).toBe('fresh');
  const right = await watched.answers();
  upstream.answer(reply(503));
  // Exactly three polls ago is fresh; the time that the test itself takes counts too.
  pass(0.7 * HOUR_MS);
  expect(await watched.refresh()).toMatchObject({ outcome: 'failed' });
  expect((await watched.status()).freshness).toBe('fresh');
  pass(0.1 * HOUR_MS);
  expect((await watched.status()).freshness).toBe('stale');
  for (let hours = 0; hours < DAYS * 24; hours += STEP_HOURS) {
    pass(STEP_HOURS * HOUR_MS);
    expect(await watched.refresh()).toMatchObject({ outcome: 'failed' });
    expect((await watched.status()).freshness).toBe('stale');
    await watched.service.ask.get('/health/ready').expect(200);
    const { headers } = await watched.service.ask.get('/requirements').expect(200);
    expect(headers['gatepost-freshness']).toMatch(/^stale; checked=@\d+$/);
    expect(await watched.answers()).toEqual(right);
  }
  expect(await watched.answers()).toEqual(right);
  upstream.answer(list(trueList(NEWEST)));
  expect(await watched.refresh()).toMatchObject({ outcome: 'unchanged' });
  expect((await watched.status()).freshness).toBe('fresh');
});

it('row 39: an upstream that says the same for ever is checked anew, and what it says keeps its date', async () => {
  const { watched, pass } = await startDated(list(trueList(NEWEST), '"frozen"'));
  const right = await watched.answers();
  const { checkedAt } = await watched.status();
  pass(20 * HOUR_MS);
  expect(await watched.refresh()).toMatchObject({ outcome: 'unchanged' });
  expect(Date.parse((await watched.status()).checkedAt!) - Date.parse(checkedAt!)).toBeGreaterThanOrEqual(20 * HOUR_MS);
  expect(await watched.answers()).toEqual(right);
});

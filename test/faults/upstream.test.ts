import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEWEST, trueList } from '../e2e/service.js';
import { fakeUpstream, list, type FakeUpstream } from '../fake-upstream.js';
import { startWatched, type Watched } from './keeps.js';
import { randomness } from './poison.js';
import { upstreamFaults } from './upstream-faults.js';

const newest = trueList(NEWEST);

let upstream: FakeUpstream;
let watched: Watched;
let right: ReadonlyMap<string, string>;
beforeAll(async () => {
  upstream = await fakeUpstream(list(newest));
  watched = await startWatched({ UPSTREAM_URL: upstream.url.href, SOAK_SECONDS: '600' });
  right = await watched.answers();
});
afterAll(async () => {
  await watched.service.stop();
  await upstream.close();
});

it('there are as many questions as tell something', () => {
  expect(right.size).toBeGreaterThan(50);
});

describe.each(upstreamFaults(newest, randomness(1), false))('row $row: $what', (fault) => {
  it('changes no byte and no tag of any answer, is told by /status, and is over when it is over', async () => {
    if (fault.at !== 'upstream') throw new Error('It is a fault of another kind.');
    upstream.answer(fault.answer);
    const { outcome, reason } = await watched.refresh();
    expect(fault.ends).toContain(outcome);
    // Whatever it is, it is foreseen.
    expect(reason).not.toBe('internal');
    expect(await watched.answers()).toEqual(right);
    await watched.service.ask.get('/health/ready').expect(200);
    const { upstream: state } = await watched.status();
    expect(state.consecutiveFailures).toBe(outcome === 'failed' ? 1 : 0);
    expect(state.lastError?.reason ?? null).toBe(outcome === 'failed' ? reason : null);

    upstream.answer(list(newest));
    expect(await watched.refresh()).toMatchObject({ outcome: 'unchanged' });
    expect(await watched.status()).toMatchObject({ freshness: 'fresh', upstream: { consecutiveFailures: 0 } });
  });
});

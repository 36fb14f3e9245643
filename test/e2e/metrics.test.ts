import { afterEach, expect, it } from 'vitest';
import { fakeUpstream, list } from '../fake-upstream.js';
import { AT_START, NEWEST, startService, trueList, until, type RunningService } from './service.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Every sample of ours, by its name and labels. */
async function samples(service: RunningService): Promise<ReadonlyMap<string, number>> {
  const { text, headers } = await service.ask.get('/metrics').expect(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(headers['cache-control']).toBe('no-store');
  const lines = text.split('\n').filter((line) => line.startsWith('gatepost_'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

it('monitoring sees the revision, how polls ended, and what is held', async () => {
  const upstream = await fakeUpstream(list(trueList(NEWEST)));
  open.push(() => upstream.close());
  const service = await startService({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    ADMIN_TOKENS: 'ops:a-token',
  });
  open.push(() => service.stop());
  await until(
    'the first poll is over',
    async () => (await samples(service)).get('gatepost_polls_total{outcome="unchanged"}') === 1,
  );
  const before = await samples(service);
  expect(before.get('gatepost_revision')).toBe(AT_START);
  expect(before.get('gatepost_freshness{freshness="fresh"}')).toBe(1);
  expect(before.get('gatepost_upstream_held')).toBe(0);
  expect(before.get('gatepost_checked_timestamp_seconds')).toBeGreaterThan(1.7e9);
  upstream.answer(list('{}'));
  await service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').expect(200);
  // Made, and kept: each counts.
  for (let i = 0; i < 3; i++) await service.ask.get('/requirements').expect(200);
  await service.ask.get('/nowhere').expect(404);
  const after = await samples(service);
  expect(after.get('gatepost_upstream_held')).toBe(1);
  expect(after.get('gatepost_freshness{freshness="held"}')).toBe(1);
  expect(after.get('gatepost_polls_total{outcome="held"}')).toBe(1);
  expect(after.get('gatepost_upstream_refused_total{reason="host-gone"}')).toBe(1);
  expect(after.get('gatepost_answers_total{status="4xx"}')).toBe(1);
  const answered = (found: ReadonlyMap<string, number>) => found.get('gatepost_answers_total{status="2xx"}')!;
  // The three, the refresh, and the samples before.
  expect(answered(after) - answered(before)).toBe(5);
});

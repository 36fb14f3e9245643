import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { fakeUpstream, list } from '../fake-upstream.js';
import { NEWEST, startService, trueList, until } from './service.js';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const REFRESHES = 1_000;
/** As many addresses as every list has that mark it, so that a part of one is seen. */
const MARKS = 5;

const marksOf = (number: number) =>
  Array.from({ length: MARKS }, (_, i) => `34.${10 + i}.${number >> 8}.${number & 0xff}`);

/** A list that nothing but its marks tells apart from the ones before and after it. */
function listNumbered(number: number): string {
  const newest = JSON.parse(trueList(NEWEST)) as Record<string, { current?: string[] }>;
  newest['api.replicated.com']!.current!.push(...marksOf(number));
  return JSON.stringify(newest);
}

it('A firewall that polls a list sees a whole one at every refresh of a thousand', { timeout: 120_000 }, async () => {
  const upstream = await fakeUpstream(list(listNumbered(0)));
  open.push(() => upstream.close());
  const service = await startService({
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '3600',
    GRACE_DAYS: '0',
    ADMIN_TOKENS: 'ops:a-token',
  });
  open.push(() => service.stop());
  const path = `${service.url}/exports/panos-ip/replicated/upgrade/online`;
  const poll = async () => {
    const answer = await fetch(path);
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  await until('the first list is served', async () => (await poll()).body.includes(marksOf(0)[0]!));
  const shared = (await poll()).body.split('\n').filter((line) => !line.startsWith('34.'));

  let isOver = false;
  let polls = 0;
  const wrong: unknown[] = [];
  const seen = new Set<number>();
  const polling = (async () => {
    while (!isOver) {
      const { status, type, body } = await poll();
      polls++;
      const lines = body.split('\n');
      const marks = lines.filter((line) => line.startsWith('34.')).map((line) => line.split(' ', 1)[0]!);
      const [, , third = '', fourth = ''] = (marks[0] ?? '').split('.');
      const number = Number(third) * 256 + Number(fourth);
      seen.add(number);
      const isWhole =
        status === 200 &&
        type === 'text/plain; charset=utf-8' &&
        marks.join() === marksOf(number).join() &&
        lines.filter((line) => !line.startsWith('34.')).join() === shared.join();
      if (!isWhole) wrong.push({ status, type, body });
      await turn();
    }
  })();
  const outcomes = new Map<string, number>();
  for (let number = 1; number <= REFRESHES; number++) {
    upstream.answer(list(listNumbered(number)));
    const { body } = await service.ask.post('/admin/refresh').set('Authorization', 'Bearer a-token').expect(200);
    const { outcome } = body as { outcome: string };
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  isOver = true;
  await polling;
  expect(wrong).toEqual([]);
  expect(Object.fromEntries(outcomes)).toEqual({ published: REFRESHES });
  expect((await poll()).body).toContain(marksOf(REFRESHES).at(-1));
  expect(polls).toBeGreaterThan(500);
  expect(seen.size).toBeGreaterThan(300);
});

import { afterEach, expect, it } from 'vitest';
import { AT_START, NEWEST, trueList } from '../e2e/service.js';
import { fakeUpstream, list, reply, type Answer } from '../fake-upstream.js';
import { startWatched } from './keeps.js';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function startOver(...answers: readonly Answer[]) {
  const upstream = await fakeUpstream(...answers);
  ending.push(() => upstream.close());
  const watched = await startWatched({ UPSTREAM_URL: upstream.url.href });
  ending.push(() => watched.service.stop());
  return { upstream, watched };
}

it('row 17: 304 to the first question of all is an error, nothing is fresh, and no question has a condition', async () => {
  const { upstream, watched } = await startOver(reply(304, { etag: '"one"' }));
  expect(await watched.refresh()).toMatchObject({ outcome: 'failed', reason: 'bad-304' });
  expect(await watched.status()).toMatchObject({ freshness: 'bundled', checkedAt: null });
  expect(upstream.asked.filter(({ headers }) => 'if-none-match' in headers)).toEqual([]);
});

it('row 33: a host that no requirement names is known, and in no list and no export', async () => {
  const { upstream, watched } = await startOver(list(trueList(NEWEST)));
  const strange = '52.7.167.120';
  upstream.answer(list(trueList(NEWEST).replace('{', `{"new.replicated.com":{"current":["${strange}"]},`)));
  expect(await watched.refresh()).toMatchObject({ outcome: 'published', revision: AT_START + 1 });
  const { text } = await watched.service.ask.get(`/lookup?q=${strange}`).expect(200);
  expect(text).toContain('new.replicated.com');
  const named = [...(await watched.answers())].filter(([, answer]) => answer.includes(strange)).map(([name]) => name);
  expect(named.filter((name) => !/^GET \/(?:changes)$/.test(name))).toEqual([]);
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PollRecord } from '../../src/publish/poll-record.js';
import { Publisher } from '../../src/publish/publisher.js';
import { Decisions } from '../../src/publish/decisions.js';
import { Refresher } from '../../src/publish/refresher.js';
import { TrustedClock } from '../../src/publish/trusted-clock.js';
import { Current } from '../../src/store/current.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { Timeline } from '../../src/store/timeline.js';
import { fakeUpstream, list, reply, type Answer } from '../fake-upstream.js';
import type { Content } from '../../src/model/revision.js';
import { catalog } from '../model/fixture.js';
import { contentOf, publishAll } from '../store/stores.js';
import { Clocks, DAY, HOUR, MINUTE, SECOND, listening } from './clocks.js';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const listing = (...api: readonly string[]) =>
  JSON.stringify({ 'api.example.com': { current: api }, 'get.example.com': { current: ['20.0.0.9'] } });
const A = listing('20.0.0.1');
const B = listing('20.0.0.1', '20.0.0.2');
const C = listing('20.0.0.1', '20.0.0.3');
const POISON = listing('20.0.0.1', '10.0.0.1');
const EMPTIED = listing();

const SOAK = 10 * MINUTE;

/** A refresher that polls when the test says so, over an upstream that has said `A` and whose clock is right. */
async function refresherOver(soakMs = SOAK, stored: readonly Content[] = [], mostMs = MINUTE) {
  const clocks = new Clocks();
  const upstream = await fakeUpstream();
  ending.push(() => upstream.close());
  const history = await History.open(sqliteDialect(':memory:'));
  ending.push(() => history.close());
  await publishAll(history, stored);
  const current = new Current();
  const clock = new TrustedClock(clocks.now, clocks.monotonicMs);
  const { log, lines } = listening();
  const timeline = new Timeline(clocks.now);
  const decisions = new Decisions(history, clocks.now);
  const publisher = new Publisher(history, timeline, current, clocks.now, () => decisions.inForce(), 500);
  await publisher.restore(catalog.product);
  const refresher = new Refresher(
    () => ({ url: upstream.url, catalog, catalogSha256: 'c'.repeat(64) }),
    publisher,
    new PollRecord(history, clocks.now, log),
    { refreshMs: 15 * MINUTE, graceMs: 30 * DAY, soakMs, profile: 'auto' },
    decisions,
    timeline,
    clocks.now,
    clocks.monotonicMs,
    clock,
    log,
    new AbortController().signal,
    mostMs,
  );
  /** What comes of a poll that is answered so, as long after the poll before. */
  const poll = async (answer: string | Answer, afterMs = 0, by: string | null = null) => {
    clocks.pass(afterMs);
    const answered = typeof answer === 'string' ? list(answer, `"${answer.length}"`) : answer;
    upstream.answer((request, response) => {
      response.setHeader('date', clocks.now().toUTCString());
      answered(request, response);
    });
    return (await refresher.poll(by)).outcome;
  };
  const served = () =>
    current.snapshot!.addresses.filter(({ host }) => host === 'api.example.com').map(({ cidr }) => cidr);
  const revision = () => current.snapshot?.revision.revision;
  expect(await poll(A)).toBe('published');
  return { refresher, publisher, decisions, clocks, upstream, history, clock, lines, current, poll, served, revision };
}

describe('a changed list', () => {
  it('is told with what it has in use, as long as it is watched', async () => {
    const { refresher, poll } = await refresherOver();
    expect(await poll(B, MINUTE)).toBe('soaking');
    expect(refresher.soakingAddresses.map(({ cidr }) => cidr)).toContain('20.0.0.2/32');
    expect(await poll(A, MINUTE)).toBe('unchanged');
    expect(refresher.soakingAddresses).toEqual([]);
  });

  it('is published by the poll that still sees it when its time is over', async () => {
    const { refresher, clocks, poll, revision, served } = await refresherOver();
    const checkedAt = refresher.record.checkedAt;
    expect(await poll(B, MINUTE)).toBe('soaking');
    expect(refresher.soaking).toMatchObject({ since: clocks.in(0), until: clocks.in(SOAK) });
    expect(await poll(B, SOAK - 1)).toBe('soaking');
    expect(refresher.record.checkedAt).toEqual(checkedAt);
    expect(revision()).toBe(1);
    expect(await poll(B, 1)).toBe('published');
    expect(served()).toEqual(['20.0.0.1/32', '20.0.0.2/32']);
    expect(refresher).toMatchObject({ soaking: null, record: { checkedAt: clocks.now() } });
  });

  it('is not published sooner because an operator asks for a poll', async () => {
    const { poll, revision, current } = await refresherOver();
    await poll(B);
    for (let i = 0; i < 5; i++) expect(await poll(B, SECOND, 'ops')).toBe('soaking');
    expect(revision()).toBe(1);
    expect(await poll(B, SOAK, 'ops')).toBe('published');
    expect(current.snapshot!.revision.by).toBe('ops');
  });

  it('tells an operator since when it is seen, and when it is published', async () => {
    const { refresher, clocks, upstream } = await refresherOver();
    upstream.answer(list(B));
    expect(await refresher.poll('ops')).toEqual({
      outcome: 'soaking',
      reason: null,
      detail: `A changed list is seen since ${clocks.in(0)}, and is published if a poll still sees it after ${clocks.in(SOAK)}. The old list is still served.`,
    });
  });

  it('that is undone leaves no trace', async () => {
    const { refresher, poll, revision } = await refresherOver();
    await poll(B);
    expect(await poll(A, 3 * MINUTE)).toBe('unchanged');
    expect(refresher.soaking).toBeNull();
    expect(await poll(B, SOAK)).toBe('soaking');
    expect(revision()).toBe(1);
  });

  it('has its time anew when it changes again', async () => {
    const { poll, served } = await refresherOver();
    await poll(B);
    expect(await poll(C, SOAK)).toBe('soaking');
    expect(await poll(C, SOAK)).toBe('published');
    expect(served()).toEqual(['20.0.0.1/32', '20.0.0.3/32']);
  });

  it('keeps its time through polls that fail', async () => {
    const { poll } = await refresherOver();
    await poll(B);
    expect(await poll(reply(500), MINUTE)).toBe('failed');
    expect(await poll(B, SOAK)).toBe('published');
  });

  it.each([
    ['doubted', EMPTIED, 'held'],
    ['poisoned', POISON, 'failed'],
  ])('does not while upstream says a %s list in between', async (_name, bad, outcome) => {
    const { refresher, poll } = await refresherOver();
    await poll(B);
    expect(await poll(bad, MINUTE)).toBe(outcome);
    expect(refresher.soaking).toBeNull();
    expect(await poll(B, SOAK)).toBe('soaking');
    expect(await poll(B, SOAK)).toBe('published');
  });

  it('that is doubted is held, however long it is seen', async () => {
    const { poll } = await refresherOver();
    for (let i = 0; i < 5; i++) expect(await poll(EMPTIED, SOAK)).toBe('held');
  });

  it('ends what was held before', async () => {
    const { refresher, history, poll } = await refresherOver();
    await poll(EMPTIED);
    expect((await history.notes.lastPoll('acme')).held).not.toBeNull();
    await poll(B);
    expect(refresher.record.held).toBeNull();
    expect((await history.notes.lastPoll('acme')).held).toBeNull();
  });

  it('is asked for without a condition, so that a 304 can neither end its time nor confirm it', async () => {
    const { upstream, poll } = await refresherOver();
    await poll(A, 15 * MINUTE);
    // An upstream whose tag lies: it says the same for every list.
    await poll(list(B, `"${A.length}-of-B"`), 15 * MINUTE);
    await poll(list(B, `"${A.length}"`), SOAK);
    await poll(B, 15 * MINUTE);
    expect(upstream.asked.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      `"${A.length}"`,
      `"${A.length}"`,
      undefined,
      `"${A.length}"`,
    ]);
  });

  it('needs no time where no list was ever read', async () => {
    const { revision } = await refresherOver(SOAK, [contentOf(catalog)]);
    expect(revision()).toBe(2);
  });

  it('needs no time where none is set', async () => {
    const { poll } = await refresherOver(0);
    expect(await poll(B)).toBe('published');
  });
});

it('an upstream that says two lists in turn is never followed, and is complained of once', async () => {
  const { lines, poll, revision } = await refresherOver();
  for (let i = 0; i < 100; i++) await poll(i % 2 === 0 ? B : C, SOAK);
  expect(revision()).toBe(1);
  expect(lines.filter(({ level }) => level === 40)).toHaveLength(1);
});

it('a list that leaves an address out is published with that address, retiring, from when it was read', async () => {
  const { clocks, current, poll, served } = await refresherOver(0);
  await poll(B);
  await poll(A, HOUR);
  expect(served()).toEqual(['20.0.0.1/32', '20.0.0.2/32']);
  expect(current.snapshot!.addresses[1]).toMatchObject({
    status: 'retiring',
    removedAt: clocks.in(0),
    retireAt: clocks.in(30 * DAY),
  });
});

it('row 18: once a day the list is asked for without its tag, because a tag can lie', async () => {
  const { upstream, poll, served } = await refresherOver(0);
  const lies: Answer = list(A, `"${A.length}"`);
  await poll(lies, HOUR);
  await poll(lies, 22 * HOUR);
  // Another list under the tag of the one before.
  await poll(list(B, `"${A.length}"`), HOUR - 1);
  expect(served()).toEqual(['20.0.0.1/32']);
  expect(await poll(list(B, `"${A.length}"`), 2)).toBe('published');
  expect(served()).toEqual(['20.0.0.1/32', '20.0.0.2/32']);
  const tag = `"${A.length}"`;
  expect(upstream.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, tag, tag, tag, undefined]);
});

it('row 25: a poll that fails as nobody foresaw is a failure like any other, and what is served stays', async () => {
  const { refresher, history, poll, revision } = await refresherOver(0);
  await history.close();
  expect(await poll(B)).toBe('failed');
  expect(await poll(B)).toBe('failed');
  expect(refresher.record).toMatchObject({ consecutiveFailures: 2, lastError: { reason: 'internal' } });
  expect(revision()).toBe(1);
});

describe('row 25: a poll that does not end', () => {
  /** A store that takes nothing for as long as the test says. */
  function hanging(history: History) {
    const gate = Promise.withResolvers<void>();
    const publish = history.publish.bind(history);
    vi.spyOn(history, 'publish').mockImplementationOnce(async (...all) => {
      await gate.promise;
      return publish(...all);
    });
    return gate.resolve;
  }

  it('is given up and told of; no other is begun before it ends, and whoever publishes is told', async () => {
    const { refresher, publisher, history, upstream, lines, poll, revision } = await refresherOver(0, [], 200);
    const go = hanging(history);
    expect(await poll(B)).toBe('failed');
    expect(refresher.record.lastError).toMatchObject({ reason: 'overdue', message: expect.stringContaining('0.2 s') });
    expect(lines.at(-1)).toMatchObject({ level: 50, reason: 'overdue' });
    const asked = upstream.asked.length;
    expect(await poll(C)).toBe('failed');
    expect(refresher.record.lastError).toMatchObject({ message: expect.stringContaining('has still not ended') });
    expect(upstream.asked).toHaveLength(asked);
    await expect(publisher.publish('acme', () => undefined)).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(revision()).toBe(1);
    go();
    await vi.waitFor(() => expect(refresher.record.lastError).toBeNull());
    expect(await poll(listing('20.0.0.1', '20.0.0.33'))).toBe('published');
    expect(refresher.record).toMatchObject({ consecutiveFailures: 0, lastError: null });
  });

  it('while it waits for upstream alone does not keep others back', async () => {
    const { refresher, poll, revision } = await refresherOver(0, [], 200);
    expect(await poll(() => undefined)).toBe('failed');
    expect(refresher.record.lastError).toMatchObject({ reason: 'overdue', message: expect.stringContaining('0.2 s') });
    expect(await poll(B)).toBe('published');
    expect(revision()).toBe(2);
  });

  it('and is stored late after all counts as what it is', async () => {
    const { refresher, history, poll, lines, served } = await refresherOver(0, [], 200);
    const go = hanging(history);
    expect(await poll(B)).toBe('failed');
    go();
    await vi.waitFor(() => expect(refresher.record).toMatchObject({ consecutiveFailures: 0, lastError: null }));
    expect(served()).toEqual(['20.0.0.1/32', '20.0.0.2/32']);
    expect(lines.at(-1)).toMatchObject({ level: 30, revision: 2 });
    expect(await poll(B)).toBe('unchanged');
  });

  it('publishes nothing where its turn comes only then', async () => {
    const { history, publisher, poll, revision, clocks, current } = await refresherOver(0, [], 200);
    const go = hanging(history);
    const { catalog, listedHosts, addresses, revision: head } = current.snapshot!;
    const moved = addresses.map((address) => ({ ...address, announcedRemovalAt: clocks.in(DAY) }));
    const other = publisher.publish('acme', () => ({
      content: { catalog, listedHosts, addresses: moved },
      cause: 'clock',
      by: null,
      note: null,
      upstream: head.upstream,
      catalog: head.catalog,
    }));
    expect(await poll(B)).toBe('failed');
    go();
    await other;
    await publisher.publish('acme', () => undefined);
    expect(revision()).toBe(2);
  });
});

it('has heard of a list since operators decided once it was read and nothing was pinned', async () => {
  const { refresher, decisions, clocks, poll } = await refresherOver(0);
  expect(refresher.hasHeard).toBe(true);
  const until = clocks.in(HOUR);
  await decisions.restore('acme');
  await decisions.take({ kind: 'pin', subject: '1', host: null, by: 'ana', note: null, until });
  expect(refresher.hasHeard).toBe(false);
  expect(await poll(B)).toBe('pinned');
  expect(refresher.hasHeard).toBe(false);
  clocks.pass(2 * HOUR);
  expect(await poll(reply(500))).toBe('failed');
  expect(refresher.hasHeard).toBe(false);
  expect(await poll(B)).toBe('published');
  expect(refresher.hasHeard).toBe(true);
});

describe('the clock', () => {
  it('that is set back shortens no grace', async () => {
    const { clocks, current, poll } = await refresherOver(0);
    await poll(B);
    const truth = clocks.in(0);
    clocks.jump(-20 * DAY);
    await poll(list(A));
    expect(current.snapshot!.addresses[1]).toMatchObject({ status: 'retiring', removedAt: truth });
  });

  it('that jumped ahead is confirmed by the dates of two polls, and until then does not vouch for itself in the store', async () => {
    const { clocks, clock, history, poll } = await refresherOver();
    const before = clocks.in(0);
    clocks.jump(40 * DAY);
    await poll(A);
    expect((await history.notes.lastPoll('acme')).checkedAt).toBe(before);
    await poll(A);
    expect(clock.due()).toEqual(clocks.now());
    expect((await history.notes.lastPoll('acme')).checkedAt).toBe(clocks.in(0));
  });

  it('that upstream contradicts is complained of once', async () => {
    const { clocks, lines, upstream, refresher } = await refresherOver();
    upstream.answer(reply(200, { date: new Date(clocks.now().getTime() - HOUR).toUTCString() }, A));
    for (let i = 0; i < 3; i++) await refresher.poll(null);
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1);
  });
});

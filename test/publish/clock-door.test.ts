import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HeldAddress, ListedAddress } from '../../src/model/address.js';
import { ClockDoor } from '../../src/publish/clock-door.js';
import { Publisher } from '../../src/publish/publisher.js';
import { TrustedClock } from '../../src/publish/trusted-clock.js';
import { Current } from '../../src/store/current.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { Timeline } from '../../src/store/timeline.js';
import { catalog, held } from '../model/fixture.js';
import { publishAll, contentOf } from '../store/stores.js';
import { Clocks, DAY, HOUR, MINUTE, SECOND, listening } from './clocks.js';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** A file for a store, which is gone after the test. */
async function storeFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  ending.push(() => rm(folder, { recursive: true }));
  return path.join(folder, 'store.db');
}

/** The clock's door of a service that has just been started on a store. */
async function startOn(
  file: string,
  clocks: Clocks,
  listedAgain: () => readonly ListedAddress[] = () => [],
  isKept = () => false,
) {
  const history = await History.open(sqliteDialect(file));
  const current = new Current();
  const publisher = new Publisher(history, new Timeline(clocks.now), current, clocks.now, () => ({
    pin: null,
    revoked: [],
  }));
  const clock = new TrustedClock(clocks.now, clocks.monotonicMs);
  const head = await publisher.restore(catalog.product);
  if (head !== undefined) clock.remember(new Date(head.revision.publishedAt));
  const { log, lines } = listening();
  const door = new ClockDoor(publisher, current, clock, listedAgain, isKept, clocks.now, log);
  const close = async () => {
    if (ending.includes(close)) ending.splice(ending.indexOf(close), 1);
    await history.close();
  };
  ending.push(close);
  const revisions = async () => (await history.recorded(catalog.product)).entries.length;
  const served = () => current.snapshot!.addresses.map(({ cidr }) => cidr);
  return { history, current, door, clock, lines, revisions, served, close };
}

/** A store whose only revision, of 00:00:01 on New Year 2026, holds these addresses. */
async function storeWith(...addresses: readonly HeldAddress[]): Promise<string> {
  const file = await storeFile();
  const history = await History.open(sqliteDialect(file));
  await publishAll(history, [contentOf(catalog, addresses)]);
  await history.close();
  return file;
}

const retiring = (text: string, retireAt: string) =>
  held('api.example.com', text, { status: 'retiring', removedAt: '2025-12-12T00:00:00.000Z', retireAt });

const NEW_YEAR = '2026-01-01T00:00:01.000Z';
const NOON = '2026-01-01T12:00:00.000Z';
const EVENING = '2026-01-01T18:00:00.000Z';

describe('an address whose grace ends', () => {
  it('is served until that instant, and then retired by a revision of the clock, once', async () => {
    const file = await storeWith(
      held('api.example.com', '20.0.0.1'),
      retiring('20.0.0.2', NOON),
      retiring('20.0.0.3', EVENING),
    );
    const clocks = new Clocks(NEW_YEAR);
    const { door, current, revisions, served } = await startOn(file, clocks);
    clocks.pass(Date.parse(NOON) - Date.parse(NEW_YEAR) - 1);
    await door.publishDue();
    expect(await revisions()).toBe(1);
    clocks.pass(1);
    await door.publishDue();
    await door.publishDue();
    expect(served()).toEqual(['20.0.0.1/32', '20.0.0.3/32']);
    expect(current.snapshot!.revision).toMatchObject({
      revision: 2,
      publishedAt: NOON,
      previous: 1,
      cause: 'clock',
      by: null,
      note: null,
      upstream: null,
      catalog: { sha256: 'c'.repeat(64) },
    });
    expect(await revisions()).toBe(2);
  });

  it('is retired with all others that are due by then, also after a stop', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON), retiring('20.0.0.3', EVENING));
    const { door, served, revisions } = await startOn(file, new Clocks('2026-01-01T23:00:00.000Z'));
    await door.publishDue();
    expect(served()).toEqual([]);
    expect(await revisions()).toBe(2);
  });

  it('stays while what is served is kept as it is', async () => {
    const clocks = new Clocks('2026-01-01T23:00:00.000Z');
    let isKept = true;
    const { door, served } = await startOn(
      await storeWith(retiring('20.0.0.2', NOON)),
      clocks,
      () => [],
      () => isKept,
    );
    await door.publishDue();
    expect(served()).toEqual(['20.0.0.2/32']);
    isKept = false;
    await door.publishDue();
    expect(served()).toEqual([]);
  });

  it('is retired once by two services on one store', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON));
    const clocks = new Clocks(EVENING);
    const [one, other] = [await startOn(file, clocks), await startOn(file, clocks)];
    await Promise.all([one.door.publishDue(), other.door.publishDue()]);
    expect(await one.revisions()).toBe(2);
    expect([one.served(), other.served()]).toEqual([[], []]);
    expect([...one.lines, ...other.lines].filter(({ level }) => level !== 30)).toEqual([]);
  });

  it('stays when another writer has just put it back', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON));
    const { history, door, served, revisions } = await startOn(file, new Clocks(EVENING));
    await publishAll(history, [contentOf(catalog, [held('api.example.com', '20.0.0.2')])], 2);
    await door.publishDue();
    expect(served()).toEqual(['20.0.0.2/32']);
    expect(await revisions()).toBe(2);
  });

  it('stays while a list soaks that has it in use again; where that list is gone, it is retired', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON), retiring('20.0.0.3', NOON));
    const back: ListedAddress = {
      host: 'api.example.com',
      cidr: held('api.example.com', '20.0.0.2').cidr,
      status: 'current',
      effectiveFrom: null,
      announcedRemovalAt: null,
    };
    let soaking = [back];
    const { door, served, revisions } = await startOn(file, new Clocks(EVENING), () => soaking);
    await door.publishDue();
    await door.publishDue();
    expect(served()).toEqual(['20.0.0.2/32']);
    expect(await revisions()).toBe(2);
    soaking = [];
    await door.publishDue();
    expect(served()).toEqual([]);
  });

  it('is retired without anyone asking, and the waiting ends with the service', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON));
    const clocks = new Clocks(NOON).jump(-1);
    const { door, revisions } = await startOn(file, clocks);
    const stopping = new AbortController();
    const running = door.run(stopping.signal);
    clocks.pass(1);
    while ((await revisions()) === 1) await sleep(10);
    stopping.abort();
    await expect(running).resolves.toBeUndefined();
  });
});

describe('a store that fails', () => {
  it('is complained of once, and what was due then is published later', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON));
    const first = await startOn(file, new Clocks(EVENING));
    await first.close();
    await first.door.publishDue();
    await first.door.publishDue();
    expect(first.lines.filter(({ level }) => level === 50)).toHaveLength(1);
    const second = await startOn(file, new Clocks(EVENING));
    await second.door.publishDue();
    expect(second.served()).toEqual([]);
  });
});

describe('a clock that jumped', () => {
  it('retires nothing and says so once, until polls agree with it', async () => {
    const file = await storeWith(retiring('20.0.0.2', '2026-01-20T00:00:00.000Z'));
    const clocks = new Clocks(NEW_YEAR);
    const { door, clock, lines, served } = await startOn(file, clocks);
    await door.publishDue();
    clocks.jump(400 * DAY);
    for (let minute = 0; minute < 100; minute++) {
      await door.publishDue();
      clocks.pass(MINUTE);
    }
    expect(served()).toEqual(['20.0.0.2/32']);
    expect(lines.map(({ level }) => level)).toEqual([40]);
    clock.hear(clocks.now());
    clock.hear(clocks.now());
    await door.publishDue();
    expect(served()).toEqual([]);
  });

  it('while the service was stopped is not believed either, and there is nothing to warn of where nothing is due', async () => {
    const start = '2027-02-05T00:00:00.000Z';
    const due = await startOn(await storeWith(retiring('20.0.0.2', NOON)), new Clocks(start));
    await due.door.publishDue();
    expect(due.served()).toEqual(['20.0.0.2/32']);
    expect(due.lines).toMatchObject([{ level: 40 }]);
    const none = await startOn(await storeWith(held('api.example.com', '20.0.0.1')), new Clocks(start));
    await none.door.publishDue();
    expect(none.lines).toEqual([]);
  });

  it('a hundred times to and fro retires nothing early, and nothing twice', async () => {
    const file = await storeWith(retiring('20.0.0.2', NOON), retiring('20.0.0.3', EVENING));
    const clocks = new Clocks(NEW_YEAR);
    const { door, revisions, served } = await startOn(file, clocks);
    for (let i = 0; i < 100; i++) {
      const off = (i % 2 === 0 ? -2 : 400) * DAY;
      clocks.jump(off);
      await door.publishDue();
      clocks.jump(-off).pass(SECOND);
      await door.publishDue();
    }
    expect(served()).toHaveLength(2);
    clocks.pass(12 * HOUR);
    await door.publishDue();
    clocks.jump(-DAY);
    await door.publishDue();
    clocks.jump(DAY).pass(6 * HOUR);
    await door.publishDue();
    expect(await revisions()).toBe(3);
  });
});

describe('a date that upstream announced', () => {
  const announced = held('api.example.com', '20.0.0.2', { status: 'announced', effectiveFrom: NOON });

  it('promotes nothing when it passes, and is told of once', async () => {
    const file = await storeWith(announced);
    const clocks = new Clocks(NEW_YEAR);
    const first = await startOn(file, clocks);
    await first.door.publishDue();
    expect(first.lines).toEqual([]);
    clocks.pass(12 * HOUR);
    await first.door.publishDue();
    await first.door.publishDue();
    expect(first.lines).toMatchObject([{ level: 30, addresses: [{ cidr: '20.0.0.2/32', effectiveFrom: NOON }] }]);
    expect(first.current.snapshot!.addresses).toEqual([announced]);
    expect(await first.revisions()).toBe(1);
  });

  it('is told of when it passed while the service was stopped, and not when it was past already', async () => {
    const past = held('api.example.com', '20.0.0.4', {
      status: 'announced',
      effectiveFrom: '2025-01-01T00:00:00.000Z',
    });
    const { door, lines } = await startOn(await storeWith(announced, past), new Clocks(EVENING));
    await door.publishDue();
    expect(lines).toMatchObject([{ addresses: [{ cidr: '20.0.0.2/32' }] }]);
  });
});

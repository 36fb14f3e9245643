import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/file.js';
import type { HistoryEntry } from '../../src/model/revision.js';
import { loadSeed, readSeed } from '../../src/publish/seed.js';
import { History } from '../../src/store/history.js';
import { linesOf } from '../../src/store/history-lines.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { fakeUpstream, list } from '../fake-upstream.js';
import { CATALOG, SEED } from '../publish/past.js';
import { AT_START, NEWEST, startService, trueList, until, type RunningService } from './service.js';

let folder: string;
let store: string;
const running: RunningService[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  store = path.join(folder, 'store.db');
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  await rm(folder, { recursive: true });
});

const start = async (settings: Readonly<Record<string, string>> = {}) => {
  const service = await startService({ DATABASE_URL: `file:${store}`, ...settings });
  running.push(service);
  return service;
};
const stop = async () => running.pop()!.stop();
/** A store that has these revisions. */
const begun = async (entries: readonly HistoryEntry[]) => {
  const history = await History.open(sqliteDialect(store));
  for (const { revision, content } of entries) await history.publish(revision, content);
  await history.close();
};
const seedOf = async (file: string) => (await loadSeed(file, await loadCatalog(file)))!;

describe('a first start', () => {
  it('has the history that ships, each revision at its own time, and is bundled', async () => {
    const { ask } = await start();
    const { body } = await ask.get('/revisions?first=500').expect(200);
    const { revisions } = body as { revisions: { publishedAt: string; cause: string; upstream: { url: string } }[] };
    const shipped = (await readSeed(SEED)).map(({ revision }) => revision);
    expect(revisions.map(({ publishedAt, cause }) => [publishedAt, cause])).toEqual(
      shipped.map(({ publishedAt, cause }) => [publishedAt, cause]).reverse(),
    );
    expect(new Set(revisions.map(({ upstream }) => upstream.url))).toEqual(
      new Set(['bundled:replicated.history.jsonl']),
    );
    expect((await ask.get('/status').expect(200)).body).toMatchObject({ freshness: 'bundled', checkedAt: null });
  });

  it('says what the list said then', async () => {
    const { ask } = await start({ DATABASE_URL: ':memory:' });
    const { body } = await ask.get('/hosts/registry.replicated.com?at=2018-01-01T00:00:00Z').expect(200);
    const { 'registry.replicated.com': then } = JSON.parse(trueList('2017-12-27T173220Z')) as Record<
      string,
      { current: string[] }
    >;
    const served = (body as { addresses: { cidr: string; status: string }[] }).addresses;
    expect(served.map(({ cidr, status }) => `${cidr} ${status}`).sort()).toEqual(
      then!.current.map((address) => `${address}/32 current`).sort(),
    );
    await ask.get('/requirements?at=2016-05-17T23:02:39Z').expect(404);
  });

  it('of two services at once on one store makes one history', async () => {
    const both = await Promise.all([start(), start()]);
    for (const { ask } of both) {
      expect((await ask.get('/version').expect(200)).body).toMatchObject({ revision: AT_START });
    }
  });
});

describe('a later start', () => {
  it('leaves a store as it is that began with the newest list alone', async () => {
    const { revision, content } = (await seedOf(CATALOG)).at(-1)!;
    await begun([
      { revision: { ...revision, revision: 1, previous: null, publishedAt: '2026-01-01T00:00:00.000Z' }, content },
    ]);
    const { ask } = await start();
    expect((await ask.get('/version').expect(200)).body).toMatchObject({ revision: 1 });
  });

  it('goes on with what a newer version ships, as long as nothing was read from upstream', async () => {
    const catalog = path.join(folder, 'replicated.yaml');
    await cp(CATALOG, catalog);
    const seed = path.join(folder, 'replicated.history.jsonl');
    const shipped = await readSeed(SEED);
    await writeFile(seed, `${[...linesOf('replicated', shipped.slice(0, 20))].join('\n')}\n`);
    const older = await start({ CATALOG: catalog });
    expect((await older.ask.get('/version').expect(200)).body).toMatchObject({ revision: 20 });
    await stop();
    await cp(SEED, seed);
    const newer = await start({ CATALOG: catalog });
    expect((await newer.ask.get('/version').expect(200)).body).toMatchObject({ revision: AT_START });
    // What was served meanwhile was served: the past is not rewritten.
    const { body } = await newer.ask.get('/revisions/21').expect(200);
    expect(Date.parse((body as { publishedAt: string }).publishedAt)).toBeGreaterThan(Date.now() - 600_000);
    const then = (await newer.ask.get('/hosts?at=2023-05-01').expect(200)).body as { asOf: { revision: number } };
    expect(then.asOf.revision).toBeLessThanOrEqual(20);
  });

  it('takes nothing of it where upstream has said that what ships is so', async () => {
    const catalog = path.join(folder, 'replicated.yaml');
    await cp(CATALOG, catalog);
    const seed = path.join(folder, 'replicated.history.jsonl');
    const older = (await readSeed(SEED)).slice(0, 20);
    await writeFile(seed, `${[...linesOf('replicated', older)].join('\n')}\n`);
    const version = older.at(-1)!.revision.upstream!.fetchedAt.replaceAll(':', '');
    const upstream = await fakeUpstream(list(trueList(version)));
    const { ask } = await start({ CATALOG: catalog, UPSTREAM_URL: upstream.url.href });
    const checkedAt = async () => ((await ask.get('/status').expect(200)).body as { checkedAt: unknown }).checkedAt;
    await until('it is confirmed', async () => (await checkedAt()) !== null);
    await stop();
    await upstream.close();
    await cp(SEED, seed);
    const later = await start({ CATALOG: catalog });
    expect((await later.ask.get('/version').expect(200)).body).toMatchObject({ revision: 20 });
  });

  it('takes nothing of it where a list was read', async () => {
    const catalog = path.join(folder, 'replicated.yaml');
    await cp(CATALOG, catalog);
    const seed = path.join(folder, 'replicated.history.jsonl');
    await writeFile(seed, `${[...linesOf('replicated', (await readSeed(SEED)).slice(0, 20))].join('\n')}\n`);
    const upstream = await fakeUpstream(list(trueList(NEWEST)));
    const older = await start({ CATALOG: catalog, UPSTREAM_URL: upstream.url.href });
    const revision = async ({ ask }: RunningService) =>
      (await ask.get('/version').expect(200)).body as { revision: number };
    await until('the list is read', async () => (await revision(older)).revision === 21);
    await stop();
    await upstream.close();
    await cp(SEED, seed);
    expect(await revision(await start({ CATALOG: catalog }))).toMatchObject({ revision: 21 });
  });
});

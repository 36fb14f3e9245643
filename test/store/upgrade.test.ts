import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddressListShape } from '../../src/answer/shapes/listing.js';
import type { ChangeListShape } from '../../src/answer/shapes/change.js';
import type { Revision } from '../../src/model/revision.js';
import { fakeUpstream, list, type FakeUpstream } from '../fake-upstream.js';
import { NEWEST, NO_UPSTREAM, startService, trueList, until, type RunningService } from '../e2e/service.js';

/**
 * A store that the release before the life of addresses wrote: that release, built, ran on a file with its clock set to
 * 2026-02-01, over an upstream that said the newest list, then the same with 52.7.167.120 for api.replicated.com, then
 * the newest list again. `store.sql` is that file: `sql` of sqlite_master and every row. `answers.json` is what it
 * answered: /revisions at the end, and /addresses at each revision.
 */
const FIXTURE = new URL('../fixtures/store-of-0.1/', import.meta.url);
const ADDED = '52.7.167.120/32';

interface Answers {
  readonly revisions: readonly Revision[];
  readonly addresses: Readonly<Record<string, AddressListShape['addresses']>>;
}

let folder: string;
let file: string;
let then: Answers;
const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-upgrade-'));
  file = path.join(folder, 'store.db');
  alter(await readFile(new URL('store.sql', FIXTURE), 'utf8'));
  then = JSON.parse(await readFile(new URL('answers.json', FIXTURE), 'utf8')) as Answers;
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.stop ?? one.close)?.();
  await rm(folder, { recursive: true });
});

function alter(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const start = async (upstream = NO_UPSTREAM): Promise<RunningService> => {
  const service = await startService({ DATABASE_URL: `file:${file}`, UPSTREAM_URL: upstream, REFRESH_SECONDS: '3600' });
  open.push(service);
  return service;
};
const upstreamOf = async (text: string): Promise<FakeUpstream> => {
  const upstream = await fakeUpstream(list(text));
  open.push(upstream);
  return upstream;
};
const revisionsOf = async ({ ask }: RunningService) =>
  ((await ask.get('/revisions?first=500').expect(200)).body as { readonly revisions: readonly Revision[] }).revisions;
const addressesAt = async ({ ask }: RunningService, at: number | string) =>
  ((await ask.get(`/addresses?at=${at}`).expect(200)).body as AddressListShape).addresses;
const addressChangesOf = async ({ ask }: RunningService) =>
  ((await ask.get('/changes').expect(200)).body as ChangeListShape).changes
    .filter(({ subject }) => subject === 'address')
    .map(({ revision, kind, host, address }) => [revision, kind, host, address]);

describe('a store of the release before', () => {
  it('keeps its revisions as they were recorded, with nothing of what ships before or after them', async () => {
    const revisions = await revisionsOf(await start());
    expect(revisions.slice(-3)).toEqual(then.revisions);
    // A catalog that reads otherwise since then is a revision of its own, over the same list.
    for (const { cause, upstream } of revisions.slice(0, -3)) {
      expect(cause).toBe('catalog');
      expect(upstream).toEqual(then.revisions[0]!.upstream);
    }
  });

  it.each([1, 2, 3])(
    'answers for revision %s what was answered then, by its number and by its time',
    async (number) => {
      const service = await start();
      const { publishedAt } = then.revisions.find(({ revision }) => revision === number)!;
      expect(await addressesAt(service, number)).toEqual(then.addresses[number]);
      expect(await addressesAt(service, publishedAt)).toEqual(then.addresses[number]);
    },
  );

  it('tells what changed in it', async () => {
    expect(await addressChangesOf(await start())).toEqual([
      [2, 'added', 'api.replicated.com', ADDED],
      [3, 'removed', 'api.replicated.com', ADDED],
    ]);
  });

  it('is continued by a new list', async () => {
    const more = JSON.parse(trueList(NEWEST)) as Record<string, { current: string[] }>;
    more['get.replicated.com']!.current.push('52.7.167.121');
    const service = await start((await upstreamOf(JSON.stringify(more))).url.href);
    // The store ends with a poll already.
    const isNew = ({ cause, revision }: Revision) => cause === 'poll' && revision > then.revisions[0]!.revision;
    await until('the list is published', async () => (await revisionsOf(service)).some(isNew));
    const revisions = await revisionsOf(service);
    expect(revisions.slice(-3)).toEqual(then.revisions);
    expect((await addressChangesOf(service)).at(-1)).toEqual([
      revisions[0]!.revision,
      'added',
      'get.replicated.com',
      '52.7.167.121/32',
    ]);
  });

  it('that had nothing but the list that ships keeps that as its beginning', async () => {
    alter(`
      DELETE FROM revision WHERE revision > 1;
      DELETE FROM address WHERE from_revision > 1;
      UPDATE address SET to_revision = NULL;
      DELETE FROM poll;
    `);
    const service = await start();
    const revisions = await revisionsOf(service);
    expect(revisions.at(-1)).toEqual(then.revisions.at(-1));
    expect(revisions.slice(0, -1).map(({ cause }) => cause)).not.toContain('import');
    expect(await addressesAt(service, 1)).toEqual(then.addresses['1']);
    expect(await addressChangesOf(service)).toEqual([]);
  });
});

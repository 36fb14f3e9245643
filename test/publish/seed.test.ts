import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/file.js';
import type { LoadedCatalog } from '../../src/catalog/read.js';
import type { Row } from '../../src/model/catalog.js';
import type { HistoryEntry } from '../../src/model/revision.js';
import { digestOf, type Revision } from '../../src/model/revision.js';
import { datedBy, findSeed, isBundled, loadSeed, readSeed, seedAfter } from '../../src/publish/seed.js';
import { linesOf } from '../../src/store/history-lines.js';
import { held } from '../upstream/lists.js';
import { CATALOG, SEED, historyOf, shippedOptions, trueLists } from './past.js';

/** How the file is made anew, from the folder of the repository. */
const ANEW = [
  'npm run gatepost -- history import test/fixtures/ip-list --database file:seed.db',
  'npm run gatepost -- history export catalogs/replicated.history.jsonl --database file:seed.db',
].join('\n');

/** What of a revision does not follow from its catalog. */
const withoutCatalog = ({ revision, content }: HistoryEntry) => ({
  ...revision,
  digest: null,
  catalog: null,
  listedHosts: content.listedHosts,
  addresses: content.addresses,
});

describe('the history that ships', () => {
  it('is what an import of every true version of the list gives', async () => {
    const made = historyOf(await trueLists(), await shippedOptions(), new Date().toISOString());
    const shipped = await readSeed(SEED);
    expect(shipped.map(withoutCatalog), `Make it anew:\n${ANEW}`).toEqual(made.map(withoutCatalog));
  });

  it('has the lines that an export of it has', async () => {
    const lines = [...linesOf('replicated', await readSeed(SEED))];
    expect(await readFile(SEED, 'utf8')).toBe(`${lines.join('\n')}\n`);
  });

  it.each([
    ['api.replicated.com', '162.159.137.43/32', '2020-10-29T16:56:22Z'],
    ['api.replicated.com', '2606:4700:7::a29f:892b/128', '2021-01-13T19:53:57Z'],
    // The same address is as old as each host's own.
    ['proxy-auth.replicated.com', '2606:4700:7::a29f:892b/128', '2023-04-06T17:22:29Z'],
    // Taken off by mistake on 2021-01-13 and put back on 2021-01-15: first seen when it first came.
    ['get.replicated.com', '34.194.217.225/32', '2018-07-13T15:51:14Z'],
    ['get.replicated.com', '34.200.116.158/32', '2018-07-13T15:51:14Z'],
    ['k8s.kurl.sh', '50.19.197.213/32', '2020-03-07T22:40:11Z'],
    ['replicated.app', '162.159.133.41/32', '2020-10-29T16:56:22Z'],
    ['general', '141.193.148.0/24', '2020-08-13T22:17:34Z'],
  ])('has seen %s at %s since %s', async (host, cidr, firstSeenAt) => {
    const { addresses } = (await readSeed(SEED)).at(-1)!.content;
    const status = host === 'general' ? 'announced' : 'current';
    expect(addresses.filter((address) => address.host === host && address.cidr === cidr)).toEqual([
      held(host, cidr, { firstSeenAt, status }),
    ]);
  });
});

describe('a seed', () => {
  let folder: string;
  let own: LoadedCatalog;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-seed-'));
    const { catalog } = await loadCatalog(CATALOG);
    const upstream = { ...catalog.upstream!, seed: 'own.history.jsonl' };
    own = { catalog: { ...catalog, title: 'Own', upstream }, sha256: 'e'.repeat(64) };
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const load = () => loadSeed(path.join(folder, 'own.yaml'), own);
  const write = async (entries: readonly HistoryEntry[]) =>
    writeFile(path.join(folder, 'own.history.jsonl'), [...linesOf('replicated', entries)].join('\n'));

  it('is told with the catalog that is loaded, as bundled, at its own times', async () => {
    const shipped = await readSeed(SEED);
    await write(shipped);
    const seed = (await load())!;
    expect(seed.map(({ revision }) => revision.publishedAt)).toEqual(
      shipped.map(({ revision }) => revision.publishedAt),
    );
    for (const [i, { revision, content }] of seed.entries()) {
      const { cause, upstream } = shipped[i]!.revision;
      expect(content).toEqual({ ...shipped[i]!.content, catalog: own.catalog });
      expect(revision).toEqual({
        ...shipped[i]!.revision,
        digest: digestOf(content),
        cause,
        upstream: { ...upstream, url: 'bundled:own.history.jsonl' },
        catalog: { sha256: own.sha256 },
      });
    }
  });

  it('leaves out what only another catalog changed, and what no list was read for', async () => {
    const [first, second] = (await readSeed(SEED)) as [HistoryEntry, HistoryEntry];
    const catalog = { ...first.content.catalog, title: 'Other' };
    const as = (number: number, entry: HistoryEntry, rest: Partial<Revision>, content = entry.content) => ({
      revision: {
        ...entry.revision,
        revision: number,
        previous: number === 1 ? null : number - 1,
        digest: digestOf(content),
        ...rest,
      },
      content,
    });
    await write([
      as(1, first, { upstream: null, cause: 'catalog', publishedAt: '2016-01-01T00:00:00.000Z' }),
      as(2, first, { publishedAt: '2016-02-01T00:00:00.000Z' }),
      as(3, first, { publishedAt: '2016-03-01T00:00:00.000Z', cause: 'catalog' }, { ...first.content, catalog }),
      as(4, second, { cause: 'poll', by: 'ann', note: 'A note.' }),
    ]);
    const seed = (await load())!;
    expect(seed.map(({ revision: { revision, cause, publishedAt } }) => [revision, cause, publishedAt])).toEqual([
      [1, 'import', '2016-02-01T00:00:00.000Z'],
      [2, 'import', second.revision.publishedAt],
    ]);
    expect(seed[1]!.revision).toMatchObject({ by: 'ann', note: 'A note.', previous: 1 });
  });

  it('is refused in a sentence where it is missing, damaged, empty or could never be served', async () => {
    await expect(load()).rejects.toThrow('There is no file "own.history.jsonl" beside the catalog');
    const file = path.join(folder, 'own.history.jsonl');
    await writeFile(file, (await readFile(SEED, 'utf8')).slice(0, -50));
    await expect(load()).rejects.toThrow('"own.history.jsonl" cannot be read: Line 30: It is not JSON.');
    await write([]);
    await expect(load()).rejects.toThrow('"own.history.jsonl" has no list.');
    const { revision, content } = (await readSeed(SEED))[0]!;
    const poisoned = { ...content, addresses: [held('api.replicated.com', '10.0.0.1/32')] };
    await write([{ revision: { ...revision, digest: digestOf(poisoned) }, content: poisoned }]);
    await expect(load()).rejects.toThrow('"own.history.jsonl" cannot be served: 10.0.0.1/32 of api.replicated.com');
  });

  it('is none where the catalog names none', async () => {
    const { catalog, sha256 } = own;
    const none = { catalog: { ...catalog, upstream: { ...catalog.upstream!, seed: null } }, sha256 };
    expect(await loadSeed(path.join(folder, 'own.yaml'), none)).toBeUndefined();
  });

  it('is looked for beside the catalog first, then among those that ship', async () => {
    const catalog = path.join(folder, 'own.yaml');
    expect(await findSeed(catalog, 'own.history.jsonl')).toBeUndefined();
    expect(await findSeed(catalog, 'replicated.history.jsonl')).toBe(SEED);
    await write([]);
    expect(await findSeed(catalog, 'own.history.jsonl')).toBe(path.join(folder, 'own.history.jsonl'));
    const beside = path.join(folder, 'replicated.history.jsonl');
    await writeFile(beside, '');
    expect(await findSeed(catalog, 'replicated.history.jsonl')).toBe(beside);
  });

  it('keeps the dates of its catalog, which act when it is published', async () => {
    await write(await readSeed(SEED));
    const row = own.catalog.rows[0]!;
    const dated: Row = { ...row, dated: { from: null, until: '2026-01-01T00:00:00.000Z', announcement: null } };
    own = { ...own, catalog: { ...own.catalog, rows: [dated, ...own.catalog.rows.slice(1)] } };
    const seed = (await load())!;
    expect(datedBy(seed, new Date('2025-12-31'))).toEqual(seed);
    for (const { revision, content } of datedBy(seed, new Date('2026-01-01'))) {
      expect(content.catalog.rows).toEqual(own.catalog.rows.slice(1));
      expect(revision.digest).toBe(digestOf(content));
    }
  });

  it('goes on after a head of it, wherever that is', async () => {
    await write(await readSeed(SEED));
    const seed = (await load())!;
    expect(seedAfter(seed, undefined)).toEqual(seed);
    for (const [i, { revision }] of seed.entries()) expect(seedAfter(seed, revision)).toEqual(seed.slice(i + 1));
  });

  it('goes on with later lists alone after a revision that was made since, and with its newest where there was none', async () => {
    await write(await readSeed(SEED));
    const seed = (await load())!;
    const [tenth, newest] = [seed[9]!.revision, seed.at(-1)!.revision];
    const today = { revision: 1, publishedAt: '2026-01-01T00:00:00.000Z' };
    expect(seedAfter(seed, { ...newest, ...today })).toEqual([]);
    const later = seedAfter(seed, { ...tenth, ...today });
    expect(later[0]!.revision.upstream!.fetchedAt > tenth.upstream!.fetchedAt).toBe(true);
    expect(later.at(-1)).toEqual(seed.at(-1));
    expect(seedAfter(seed, { ...newest, upstream: null })).toEqual([seed.at(-1)]);
  });

  it('is in use as long as nothing was accepted from upstream', async () => {
    const { revision } = (await readSeed(SEED)).at(-1)!;
    expect(isBundled(undefined)).toBe(true);
    expect(isBundled({ ...revision, upstream: null })).toBe(true);
    expect(isBundled({ ...revision, upstream: { ...revision.upstream!, url: 'bundled:a' } })).toBe(true);
    expect(isBundled(revision)).toBe(false);
  });
});

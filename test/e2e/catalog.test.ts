import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StatusShape } from '../../src/answer/shapes/status.js';
import { DatabaseSync } from 'node:sqlite';
import { fakeUpstream, list } from '../fake-upstream.js';
import { AT_START, NEWEST, startService, trueList, until, type RunningService } from './service.js';

const SHIPPED = new URL('../../catalogs/replicated.yaml', import.meta.url);

let folder: string;
let file: string;
let service: RunningService | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  file = path.join(folder, 'replicated.yaml');
  await cp(SHIPPED, file);
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  await rm(folder, { recursive: true });
});

const start = async (settings: Readonly<Record<string, string>> = {}) =>
  (service = await startService({ CATALOG: file, ...settings }));
const edit = async (from: string, to: string) => writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
const revision = async () => Number((await service!.ask.get('/version').expect(200)).headers['gatepost-revision']);
const status = async () => (await service!.ask.get('/status').expect(200)).body as StatusShape;

describe('a catalog that is edited while it is served', () => {
  it('is taken up as a revision of its own', async () => {
    await start();
    await edit('title: Where the administrators sit', 'title: The administrators');
    await until('a revision came', async () => (await revision()) === AT_START + 1);
    expect((await service!.ask.get('/revisions/latest')).body).toMatchObject({ cause: 'catalog', previous: AT_START });
    expect((await service!.ask.get('/requirements?zone=admin-network&task=run')).text).toContain('The administrators');
    expect((await service!.ask.get('/addresses?mode=online')).text).toContain('162.159.137.43/32');
  });

  it('and broken stays as it was, and /status says where', async () => {
    await start();
    const before = (await service!.ask.get('/requirements')).text;
    await edit('tcp: 8800', 'tcp: 880000');
    await until('the error is known', async () => (await status()).catalog.lastError !== null);
    const { catalog } = await status();
    expect(catalog.lastError?.faults).toMatchObject([
      { line: 133, column: 20, path: '/requirements/0/ports/0/tcp', found: '880000' },
    ]);
    expect((await service!.ask.get('/requirements')).text).toBe(before);
    await service!.ask.get('/health/ready').expect(200);

    await edit('tcp: 880000', 'tcp: 8800');
    await until('the error is gone', async () => (await status()).catalog.lastError === null);
    expect(await revision()).toBe(AT_START);
  });

  it('that breaks a promise stays as it was', async () => {
    await start();
    await edit('need: { online: required, airgap: not-required }', 'need: { online: required, airgap: required }');
    await until('the error is known', async () => (await status()).catalog.lastError !== null);
    expect((await status()).catalog.lastError?.message).toContain('replicated/install/airgap/get.replicated.com');
    expect(await revision()).toBe(AT_START);
  });

  it('may not become another product', async () => {
    await start();
    await edit('product: replicated', 'product: other');
    await until('the error is known', async () => (await status()).catalog.lastError !== null);
    expect((await service!.ask.get('/version')).body).toMatchObject({ product: 'replicated', revision: AT_START });
  });

  it('and taken away is served on', async () => {
    await start();
    await unlink(file);
    await until('the error is known', async () => (await status()).catalog.lastError !== null);
    await service!.ask.get('/requirements').expect(200);
  });

  it('may be swapped by rename, or behind a symbolic link', async () => {
    const link = path.join(folder, 'linked');
    const current = path.join(folder, 'current');
    await symlink(file, current);
    await start({ CATALOG: current });
    const other = path.join(folder, 'other');
    await writeFile(other, (await readFile(file, 'utf8')).replace('title: Replicated\n', 'title: Replicated Two\n'));
    await symlink(other, link);
    await rename(link, current);
    await until('a revision came', async () => (await revision()) === AT_START + 1);
    expect((await service!.ask.get('/catalog')).body).toMatchObject({ title: 'Replicated Two' });
  });

  it('only in its comments makes no revision', async () => {
    await start();
    const { loadedAt } = (await status()).catalog;
    await writeFile(file, `# a remark\n${await readFile(file, 'utf8')}`);
    await until('it was read', async () => (await status()).catalog.loadedAt !== loadedAt);
    expect(await revision()).toBe(AT_START);
  });
});

describe('the list that ships with a catalog', () => {
  const more = trueList(NEWEST).replace('"50.19.197.213",', '"50.19.197.213", "52.7.167.120",');

  it('never takes the place of one that was read, even where nothing says when', async () => {
    const store = path.join(folder, 'store.db');
    const upstream = await fakeUpstream(list(more));
    try {
      await start({ DATABASE_URL: `file:${store}`, UPSTREAM_URL: upstream.url.href });
      await until('the list is read', async () => (await revision()) === AT_START + 1);
    } finally {
      await upstream.close();
    }
    await service!.stop();
    const database = new DatabaseSync(store);
    database.exec('DELETE FROM poll');
    database.close();
    await start({ DATABASE_URL: `file:${store}` });
    expect(await revision()).toBe(AT_START + 1);
    await edit('title: Where the administrators sit', 'title: The administrators');
    await until('a revision came', async () => (await revision()) === AT_START + 2);
    expect((await service!.ask.get('/hosts/k8s.kurl.sh').expect(200)).text).toContain('52.7.167.120/32');
  });
});

describe('a catalog that names its own list', () => {
  it('may name another while it is served: that one is asked without the tag of the first', async () => {
    const first = await fakeUpstream(list(trueList(NEWEST), '"tag"'));
    const second = await fakeUpstream(list(trueList(NEWEST), '"tag"'));
    try {
      const url = 'https://raw.githubusercontent.com/replicatedhq/ips/HEAD/ip_addresses.json';
      await edit(url, first.url.href);
      await start({ UPSTREAM_URL: '', REFRESH_SECONDS: '1' });
      await until('the first is asked', () => first.asked.length > 1);
      expect(first.asked.at(-1)?.headers['if-none-match']).toBe('"tag"');
      await edit(first.url.href, second.url.href);
      await until('the second is asked', () => second.asked.length > 1);
      expect(second.asked[0]?.headers['if-none-match']).toBeUndefined();
      expect(second.asked[1]?.headers['if-none-match']).toBe('"tag"');
    } finally {
      await first.close();
      await second.close();
    }
  });

  it.each(['https://', 'https://ann:s3cret@a.example/list', 'file://elsewhere/list', 'file:///a%2fb'])(
    'cannot name %s: the edit is refused at its place, and everything is answered on',
    async (bad) => {
      await start();
      await edit('https://raw.githubusercontent.com/replicatedhq/ips/HEAD/ip_addresses.json', bad);
      await until('the error is known', async () => (await status()).catalog.lastError !== null);
      expect((await status()).catalog.lastError?.faults).toMatchObject([{ line: 5, column: 8, path: '/upstream/url' }]);
      expect(await revision()).toBe(AT_START);
    },
  );
});

describe('a store that does not take a changed catalog', () => {
  it('is tried again until it does', async () => {
    const store = path.join(folder, 'store.db');
    await start({ DATABASE_URL: `file:${store}` });
    const other = new DatabaseSync(store);
    other.exec('BEGIN IMMEDIATE');
    await edit('title: Where the administrators sit', 'title: The administrators');
    await until('the error is known', async () => (await status()).catalog.lastError !== null);
    expect(await revision()).toBe(AT_START);
    other.exec('ROLLBACK');
    other.close();
    await until('a revision came', async () => (await revision()) === AT_START + 1);
    expect((await status()).catalog.lastError).toBeNull();
  });
});

describe('a folder', () => {
  it('that is empty leaves what the store has, says so, and is taken up again when it has a catalog', async () => {
    const store = `file:${path.join(folder, 'store.db')}`;
    const catalogs = path.join(folder, 'catalogs');
    await start({ DATABASE_URL: store });
    await service!.stop();
    await mkdir(catalogs);
    await start({ CATALOG: catalogs, DATABASE_URL: store });
    expect(await revision()).toBe(AT_START);
    expect((await status()).catalog.lastError?.message).toContain('The folder has no catalog');
    const title = 'title: The administrators';
    const edited = (await readFile(file, 'utf8')).replace('title: Where the administrators sit', title);
    await writeFile(path.join(catalogs, 'replicated.yaml'), edited);
    await until('a revision came', async () => (await revision()) === AT_START + 1);
    expect((await status()).catalog.lastError).toBeNull();
    await writeFile(path.join(catalogs, 'replicated.yaml'), edited.replace(title, 'title: Administrators'));
    await until('a revision came', async () => (await revision()) === AT_START + 2);
  });

  it('with one catalog is as good as the file', async () => {
    await start({ CATALOG: folder });
    expect(await revision()).toBe(AT_START);
  });
});

import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogError, type CatalogFault } from '../../src/catalog/fault.js';
import { findCatalog, loadCatalog, watchCatalog } from '../../src/catalog/file.js';
import { small } from './own.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-catalog-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(name: string, text = small()): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

/** Every fault that a rejected promise tells of. */
async function faultsOf(failing: Promise<unknown>): Promise<readonly CatalogFault[]> {
  const error: unknown = await failing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(CatalogError);
  return (error as CatalogError).faults;
}

const whole = (file: string, message: string): CatalogFault => ({
  file,
  line: null,
  column: null,
  path: '',
  found: null,
  allowed: [],
  didYouMean: null,
  message,
});

describe('the catalog of a setting', () => {
  it('is the file, whatever its name', async () => {
    const file = await write('own.txt');
    expect(await findCatalog(file)).toBe(file);
  });

  it.each(['own.yaml', 'own.yml'])('is the only one of a folder: %s', async (name) => {
    const file = await write(name);
    await write('README.md');
    await write('own.history.jsonl');
    await write('.hidden.yaml');
    await write('own.yaml.bak');
    expect(await findCatalog(folder)).toBe(file);
  });

  it('is none in a folder without one', async () => {
    await write('README.md');
    expect(await faultsOf(findCatalog(folder))).toEqual([whole(folder, 'The folder has no catalog (*.yaml).')]);
  });

  it('is none in a folder with several, which are named', async () => {
    await write('b.yaml');
    await write('a.yml');
    await write('c.yaml');
    expect(await faultsOf(findCatalog(folder))).toEqual([
      whole(folder, 'The folder has 3 catalogs (a.yml, b.yaml, c.yaml); one can be served.'),
    ]);
  });

  it('is the place that was named where nothing is there, so that loading it tells', async () => {
    const missing = path.join(folder, 'missing.yaml');
    expect(await findCatalog(missing)).toBe(missing);
    expect(await faultsOf(loadCatalog(missing))).toEqual([whole(missing, 'The file cannot be read: ENOENT.')]);
  });
});

describe('a catalog file', () => {
  it('is loaded, known by the SHA-256 of its bytes', async () => {
    const { catalog, sha256 } = await loadCatalog(await write('own.yaml', `# one\n${small()}`));
    expect(catalog.product).toBe('own');
    const again = await loadCatalog(await write('own.yaml', `# two\n${small()}`));
    expect(again.catalog).toEqual(catalog);
    expect(again.sha256).not.toBe(sha256);
    expect([sha256, again.sha256].every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it('that is a folder cannot be read', async () => {
    const inside = path.join(folder, 'own.yaml');
    await mkdir(inside);
    expect(await faultsOf(loadCatalog(inside))).toEqual([whole(inside, 'The file cannot be read: EISDIR.')]);
  });

  it('that is broken names itself in its faults', async () => {
    const file = await write('own.yaml', small({ title: 7 }));
    expect(await faultsOf(loadCatalog(file))).toMatchObject([{ file, path: '/title', found: '7' }]);
  });
});

describe('a catalog that is watched', () => {
  it('tells of edits and of another file in its place, until it is told to stop', async () => {
    const file = await write('own.yaml');
    const seen = { watched: 0, stopped: 0 };
    const stop = new AbortController();
    const stopEarly = new AbortController();
    watchCatalog(file, 10, stop.signal, () => seen.watched++);
    watchCatalog(file, 10, stopEarly.signal, () => seen.stopped++);
    stopEarly.abort();
    // Each edit is another one, so that it is seen however late the watch began.
    let edits = 0;
    const edit = () => write('own.yaml', small({ title: 'x'.repeat(++edits) }));
    const replace = async () => rename(await write('new.yaml', small({ title: 'y'.repeat(++edits) })), file);
    try {
      for (const change of [edit, replace]) {
        const before = seen.watched;
        const count = async () => {
          await change();
          return seen.watched;
        };
        await expect.poll(count, { timeout: 10_000 }).toBeGreaterThan(before);
      }
      expect(seen.stopped).toBe(0);
    } finally {
      stop.abort();
    }
  });
});

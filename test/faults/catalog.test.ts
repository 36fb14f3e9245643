import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../e2e/service.js';
import { CATALOG_FAULTS } from './catalog-faults.js';
import { startWatched, type Watched } from './keeps.js';

let folder: string;
let file: string;
let watched: Watched;
let right: ReadonlyMap<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  file = path.join(folder, 'catalog.yaml');
  await copyFile(new URL('../../catalogs/replicated.yaml', import.meta.url), file);
  watched = await startWatched({ CATALOG: file });
  right = await watched.answers();
});
afterAll(async () => {
  await watched.service.stop();
  await rm(folder, { recursive: true });
});

const isRefused = async () => (await watched.status()).catalog.lastError !== null;

describe.each(CATALOG_FAULTS)('row $row: $what', (fault) => {
  it('is told by /status and changes no answer, and the file as it was is taken again', async () => {
    if (fault.at !== 'catalog') throw new Error('It is a fault of another kind.');
    const text = await readFile(file, 'utf8');
    await fault.edit(file, text);
    await until('the error is known', isRefused);
    expect(await watched.answers()).toEqual(right);
    await watched.service.ask.get('/health/ready').expect(200);
    await rm(file, { recursive: true, force: true });
    await writeFile(file, text);
    await until('the error is gone', async () => !(await isRefused()));
    expect(await watched.answers()).toEqual(right);
  });
});

it('row 59: a hundred saves in a row, each half written at first, change no answer', async () => {
  const text = await readFile(file, 'utf8');
  for (let i = 0; i < 100; i++) {
    await writeFile(file, text.slice(0, i * 50));
    await writeFile(file, `# ${i}\n${text}`);
  }
  expect(await watched.answers()).toEqual(right);
  await until('the last one is taken', async () => !(await isRefused()));
  expect(await watched.answers()).toEqual(right);
});

import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreementOf } from '../../src/store/agreement.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { copyFileOf } from '../../src/store/copy.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { copyText, entry, exported, opened, others, publish, storeWith } from './copied-store.js';
import { alter } from './stores.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-copy-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Publishes behind the copy's back, as a version without copies does. */
async function publishWithoutCopy(store: string, from: number, to: number): Promise<void> {
  const history = await History.open(sqliteDialect(store));
  await publish(history, from, to);
  await history.close();
}

describe('the copy of a store', () => {
  it('is what an export is, after each publish, byte for byte', async () => {
    await opened(path.join(folder, 'gatepost.db'), async ({ history }) => {
      for (let n = 1; n <= 8; n++) {
        await publish(history, n, n);
        expect(await copyText(path.join(folder, 'gatepost.db'))).toBe(exported(n));
      }
    });
  });

  it('goes on after a restart, and where many are published at once', async () => {
    const store = await storeWith(folder, 4);
    await opened(store, ({ history }) => history.publishAll([5, 6, 7].map((n) => entry(n))));
    expect(await copyText(store)).toBe(exported(7));
  });

  it('is not written anew for a publish: what stands there stays where it is', async () => {
    const store = await storeWith(folder, 5);
    const before = await stat(copyFileOf(store, 'own'));
    await opened(store, ({ history }) => publish(history, 6, 6));
    const after = await stat(copyFileOf(store, 'own'));
    expect(after.ino).toBe(before.ino);
    expect((await copyText(store)).startsWith(exported(5).split('\n').slice(0, -2).join('\n'))).toBe(true);
  });

  it('is made for a store that has none yet, and completed where it lags', async () => {
    const store = path.join(folder, 'gatepost.db');
    await publishWithoutCopy(store, 1, 3);
    await opened(store, async ({ mended }) => expect(mended).toEqual([]));
    expect(await copyText(store)).toBe(exported(3));
    await publishWithoutCopy(store, 4, 7);
    await opened(store, async ({ mended }) => expect(mended).toEqual([]));
    expect(await copyText(store)).toBe(exported(7));
  });

  it('is cut back to its last whole line and completed, wherever it was broken off', async () => {
    const store = await storeWith(folder, 4);
    const whole = Buffer.from(exported(4));
    const first = whole.indexOf('\n', whole.indexOf('"revision":1,')) + 1;
    for (let size = first; size < whole.length; size += 97) {
      await writeFile(copyFileOf(store, 'own'), whole.subarray(0, size));
      await opened(store, async ({ mended }) => expect(mended).toEqual([]));
      expect(await copyText(store), `cut at ${size}`).toBe(exported(4));
    }
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['is empty', (file) => truncate(file, 0)],
    ['is garbage', (file) => writeFile(file, 'no history at all\n'.repeat(50))],
    ['is cut off before its first revision', (file) => truncate(file, 300)],
    ['has garbage at its end', (file) => appendFile(file, 'garbage')],
    ['is gone', (file) => rm(file)],
  ])('is written anew from the store where it %s', async (_what, damage) => {
    const store = await storeWith(folder, 4);
    await damage(copyFileOf(store, 'own'));
    await opened(store, async ({ history }) => publish(history, 5, 5));
    expect(await copyText(store)).toBe(exported(5));
  });

  it('that cannot be written keeps nothing from being published, is told once, and completed later', async () => {
    const store = path.join(folder, 'gatepost.db');
    const blocked = `${copyFileOf(store, 'own')}.part`;
    const told: string[] = [];
    await opened(store, async ({ history, copies }) => {
      copies!.tellBy(({ kind }) => told.push(kind));
      // What is no file cannot be replaced by one.
      await mkdir(path.join(blocked, 'in the way'), { recursive: true });
      await publish(history, 1, 3);
      expect(told).toEqual(['behind']);
      expect((await history.head('own'))?.revision.revision).toBe(3);
      await rm(blocked, { recursive: true });
      await publish(history, 4, 4);
      expect(told).toEqual(['behind', 'complete']);
    });
    expect(await copyText(store)).toBe(exported(4));
  });

  it('leaves nothing else beside the store', async () => {
    expect(await others(await storeWith(folder, 3))).toEqual([]);
  });
});

describe('a comparison of the copy with the store', () => {
  async function compared(store: string): Promise<string> {
    const history = await History.open(sqliteDialect(store));
    const chronicle = new Chronicle(await history.recorded('own'));
    await history.close();
    return agreementOf(copyFileOf(store, 'own'), chronicle, new AbortController().signal);
  }

  it('finds that they agree', async () => {
    expect(await compared(await storeWith(folder, 5))).toBe('agrees');
  });

  it('finds the copy damaged where a seal is broken', async () => {
    const store = await storeWith(folder, 5);
    const text = await readFile(copyFileOf(store, 'own'), 'utf8');
    await writeFile(copyFileOf(store, 'own'), text.replace('1.0.0.2/32', '1.0.0.3/32'));
    expect(await compared(store)).toBe('copy-damaged');
  });

  it.each([
    ['an address', "UPDATE address SET first_seen_at = '2021-01-01T00:00:00Z' WHERE from_revision = 2"],
    ['a record, which no checksum is over', "UPDATE revision SET note = 'x' WHERE revision = 2"],
  ])('finds the store damaged in %s of the past', async (_what, sql) => {
    const store = await storeWith(folder, 5);
    alter(store, sql);
    expect(await compared(store)).toBe('store-damaged');
  });
});

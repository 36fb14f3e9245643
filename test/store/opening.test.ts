import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyFileOf } from '../../src/store/copy.js';
import { History } from '../../src/store/history.js';
import { noteDamage } from '../../src/store/opening.js';
import { Unrecoverable } from '../../src/store/recovery.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { copyText, entry, exported, numbered, opened, others, publish, storeWith } from './copied-store.js';
import { alter, publishAll, query } from './stores.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-opening-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const head = (store: string) =>
  opened(store, async ({ history, mended }) => ({ head: await history.head('own'), mended }));

async function overwrite(file: string, offset: number, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, offset);
  await handle.close();
}

const DAMAGES: readonly (readonly [string, (store: string) => Promise<unknown>])[] = [
  ['garbage', (store) => writeFile(store, 'no database at all, and never was one '.repeat(400))],
  ['truncated to half', async (store) => truncate(store, Math.floor((await stat(store)).size / 8192) * 4096)],
  ['truncated within its first page', (store) => truncate(store, 1000)],
  ['damaged in a page', async (store) => overwrite(store, (await stat(store)).size - 4096, Buffer.alloc(4096, 0xff))],
  ['damaged in its header', (store) => overwrite(store, 0, Buffer.alloc(100, 0xff))],
  ['damaged in its schema', (store) => overwrite(store, 100, Buffer.alloc(3000, 0xff))],
  [
    'altered in an address',
    async (store) => alter(store, "UPDATE address SET cidr = '6.6.6.6/32' WHERE host = 'b.com'"),
  ],
  ['altered in its catalog', async (store) => alter(store, "UPDATE catalog SET body = replace(body, '443', '80')")],
  [
    'altered in its newest record',
    async (store) => alter(store, "UPDATE revision SET published_at = '2821-01-01T00:00:00.000Z' WHERE revision = 6"),
  ],
  [
    'altered in an older record',
    async (store) => alter(store, "UPDATE revision SET published_at = '2821-01-01T00:00:00.000Z' WHERE revision = 3"),
  ],
  ['robbed of a revision', async (store) => alter(store, 'DELETE FROM revision WHERE revision = 3')],
  ['robbed of a table', async (store) => alter(store, 'DROP TABLE address')],
];

describe('row 44: a store', () => {
  it.each(DAMAGES)(
    'that is %s is moved aside and recovered from its copy, revision by revision',
    async (_what, damage) => {
      const store = await storeWith(folder, 6);
      await damage(store);
      const damaged = await readFile(store);
      const found = await head(store);
      expect(found.head).toEqual(entry(6));
      expect(found.mended).toHaveLength(1);
      expect(found.mended[0]).toContain('Revisions 1 to 6 of own were recovered');
      const [aside] = await others(store);
      expect(aside).toBe('gatepost.db.corrupt-2026-06-01T120000.000Z');
      expect((await readFile(path.join(folder, aside!))).equals(damaged)).toBe(true);
      expect(query(store, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      // It goes on from there, and so does its copy; the next start has nothing to mend.
      await opened(store, async ({ history, mended }) => {
        expect(mended).toEqual([]);
        await publish(history, 7, 7);
      });
      expect(await copyText(store)).toBe(exported(7));
    },
  );

  it.each<[string, (store: string) => Promise<void>]>([
    ['is gone', (store) => rm(store)],
    ['is empty', (store) => truncate(store, 0)],
  ])('that %s though its copy had a head is recovered, and no first start', async (_what, damage) => {
    const store = await storeWith(folder, 6);
    await damage(store);
    const found = await head(store);
    expect(found.head).toEqual(entry(6));
    expect(found.mended[0]).toContain('missing or empty, though its copy says that it had revisions');
  });

  it('that is gone together with its copy begins anew', async () => {
    const found = await head(path.join(folder, 'gatepost.db'));
    expect(found).toEqual({ head: undefined, mended: [] });
  });

  it('never meets the log of the one before it', async () => {
    const store = await storeWith(folder, 6);
    await rm(store);
    await writeFile(`${store}-wal`, 'left behind');
    expect((await head(store)).head).toEqual(entry(6));
    expect(await others(store)).toEqual(['gatepost.db.corrupt-2026-06-01T120000.000Z-wal']);
  });

  it('that a recovery was broken off for is recovered by the next start', async () => {
    const store = await storeWith(folder, 6);
    await copyFile(store, `${store}.recovering`);
    await rm(store);
    expect((await head(store)).head).toEqual(entry(6));
    expect(await others(store)).toEqual([]);
  });

  it('that lacks revisions which its copy has gets them back', async () => {
    const store = await storeWith(folder, 3);
    await copyFile(store, path.join(folder, 'backup'));
    await opened(store, ({ history }) => publish(history, 4, 6));
    await copyFile(path.join(folder, 'backup'), store);
    const found = await head(store);
    expect(found.head).toEqual(entry(6));
    expect(found.mended[0]).toContain('ended with revision 3 of own, though revision 6 was published');
    expect(await copyText(store)).toBe(exported(6));
  });

  it('that was put in the place of another is served, and the copy of that is kept', async () => {
    const store = await storeWith(folder, 3);
    const old = await copyText(store);
    await rm(store);
    const history = await History.open(sqliteDialect(store));
    const contents = [31, 32, 33, 34].map(numbered);
    await publishAll(history, contents);
    await history.close();
    const found = await head(store);
    expect(found.head?.content).toEqual(contents[3]);
    expect(found.mended[0]).toContain('is of another history of own than the store');
    expect(await others(store)).toEqual(['gatepost.db.own.copy.jsonl.other-2026-06-01T120000.000Z']);
    expect(await readFile(path.join(folder, (await others(store))[0]!), 'utf8')).toBe(old);
    expect((await head(store)).mended).toEqual([]);
  });

  it('that is damaged, as its copy is in the middle, gives no number again', async () => {
    const store = await storeWith(folder, 6);
    await writeFile(copyFileOf(store, 'own'), exported(6).replace('1.0.0.4/32', '1.0.0.9/32'));
    await writeFile(store, 'garbage '.repeat(1000));
    const found = await head(store);
    expect(found.mended[0]).toContain('What revisions 4 to 6 held is lost');
    expect(found.head?.revision).toMatchObject({ revision: 6, digest: entry(3).revision.digest });
    expect(found.head?.content).toEqual(entry(3).content);
    expect(await others(store)).toHaveLength(2);
    expect((await head(store)).mended).toEqual([]);
  });

  it.each<[string, (copy: string) => Promise<void>]>([
    ['is empty, too', (copy) => truncate(copy, 0)],
    ['is garbage, too', (copy) => writeFile(copy, 'garbage\n'.repeat(100))],
  ])('whose copy %s is refused, and nothing is changed', async (_what, damage) => {
    const store = await storeWith(folder, 6);
    await damage(copyFileOf(store, 'own'));
    await rm(store);
    await expect(head(store)).rejects.toThrow(Unrecoverable);
    expect(await others(store)).toEqual([]);
  });

  it('whose past was found damaged is made anew at the next start', async () => {
    const store = await storeWith(folder, 6);
    alter(store, "UPDATE address SET cidr = '6.6.6.6/32' WHERE from_revision = 2");
    await noteDamage(store, 'an older revision is not what its copy has');
    const found = await head(store);
    expect(found.mended[0]).toContain('an older revision is not what its copy has');
    expect((await others(store)).filter((name) => name.endsWith('.damaged'))).toEqual([]);
    await opened(store, async ({ history }) => {
      expect([...(await history.replay('own'))].at(1)).toEqual(entry(2));
    });
  });

  it('of a newer version is refused as it is', async () => {
    const store = await storeWith(folder, 2);
    alter(store, "INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030-01-01T00:00:00.000Z')");
    await expect(head(store)).rejects.toThrow('9999-later');
    expect(await others(store)).toEqual([]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HeldAddress } from '../../src/model/address.js';
import type { Content } from '../../src/model/revision.js';
import { checksumOf } from '../../src/store/content.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import type { Changed } from '../../src/store/intervals.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { contentOf, dump, query, revisionOf } from './stores.js';

// A thread runs a program, so these are of the built one, as tests of the process are.
const built = async <T>(file: string) =>
  (await import(new URL(`../../dist/store/${file}`, import.meta.url).href)) as Promise<T>;
const { WritingApart } = await built<typeof import('../../src/store/write-apart.js')>('write-apart.js');
const { History: BuiltHistory } = await built<typeof import('../../src/store/history.js')>('history.js');

const CATALOG = loaded();
const BEFORE = contentOf(CATALOG, addresses(0, 3_000));
const AFTER = contentOf(CATALOG, addresses(1_500, 5_000));

/** What there is at one moment. */
const HOW_MUCH = `SELECT
  (SELECT count(*) FROM revision) AS revisions,
  (SELECT count(*) FROM address WHERE to_revision IS NULL) AS open`;

/** Addresses by host, then in address order; every one with a time of its own. */
function addresses(from: number, to: number): HeldAddress[] {
  return Array.from({ length: to - from }, (_, i) =>
    held('a.com', `20.${(from + i) >> 8}.${(from + i) & 255}.0/24`, {
      status: (from + i) % 7 === 0 ? 'announced' : 'current',
      effectiveFrom: (from + i) % 7 === 0 ? '2030-01-01T00:00:00Z' : null,
    }),
  );
}

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-large-'));
  file = path.join(folder, 'gatepost.db');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Opens the store as the service does, does something with it and closes it. */
async function served<T>(use: (history: History) => Promise<T>, apart = true): Promise<T> {
  const reading = sqliteDialect(file, 'read');
  const history = apart
    ? await BuiltHistory.open(sqliteDialect(file), { reading, apart: new WritingApart(file) })
    : await History.open(sqliteDialect(file), { reading });
  try {
    return await use(history);
  } finally {
    await history.close();
  }
}

const knownOf = (content: Content) => ({ before: { content, checksum: checksumOf(content) } });

describe.each([
  ['in a thread', true],
  ['here', false],
])('a large revision that is written %s', (_where, apart) => {
  it('is what is read back, on top of what was there', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      await history.publish(revisionOf(2, AFTER), AFTER, knownOf(BEFORE));
      expect((await history.head('own'))?.content).toEqual(AFTER);
      expect([...(await history.replay('own'))].map(({ content }) => content)).toEqual([BEFORE, AFTER]);
    }, apart);
  });

  it('goes on from what is open, whatever was thought to be', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      await history.publish(revisionOf(2, AFTER), AFTER, knownOf(contentOf(CATALOG)));
      expect((await history.head('own'))?.content).toEqual(AFTER);
    }, apart);
  });

  it('is refused where another was first, and changes nothing', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      const there = dump(file);
      const again = revisionOf(1, AFTER);
      await expect(history.publish(again, AFTER)).rejects.toMatchObject({ name: 'HeadMoved' });
      const late = revisionOf(3, AFTER);
      await expect(history.publish(late, AFTER, knownOf(BEFORE))).rejects.toMatchObject({ name: 'HeadMoved' });
      expect(dump(file)).toEqual(there);
    }, apart);
  });

  it('is not seen before all of it is there, and nobody waits for it who only reads', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      const writing = { isOver: false };
      const written = history.publish(revisionOf(2, AFTER), AFTER, knownOf(BEFORE)).then(() => {
        writing.isOver = true;
      });
      const seen: unknown[] = [];
      while (!writing.isOver) {
        await history.ping();
        await turn();
        seen.push(...query(file, HOW_MUCH));
      }
      await written;
      const whole = [BEFORE, AFTER].map(({ addresses }, i) => ({ revisions: i + 1, open: addresses.length }));
      expect(seen[0]).toEqual(whole[0]);
      expect(seen.filter((look) => !whole.some((one) => isDeepStrictEqual(one, look)))).toEqual([]);
      expect((await history.recorded('own')).entries).toHaveLength(2);
    }, apart);
  });

  it('leaves nothing where it breaks off in the middle, and can be written then', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      const there = dump(file);
      const broken = { ...AFTER, addresses: [...AFTER.addresses] };
      // The store takes no address without a source: the rows before it were written by then.
      broken.addresses[4_000 - 1_500] = { ...broken.addresses[2_500]!, source: null as never };
      await expect(history.publish(revisionOf(2, AFTER), broken, knownOf(BEFORE))).rejects.toThrow('NOT NULL');
      expect(dump(file)).toEqual(there);
      await history.publish(revisionOf(2, AFTER), AFTER, knownOf(BEFORE));
      expect((await history.head('own'))?.content).toEqual(AFTER);
    }, apart);
  });
});

describe('a thread that writes a revision', () => {
  it('has the same rows written as would be here', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      await history.publish(revisionOf(2, AFTER), AFTER, knownOf(BEFORE));
    });
    const apart = dump(file);
    await rm(folder, { recursive: true });
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-large-'));
    file = path.join(folder, 'gatepost.db');
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      await history.publish(revisionOf(2, AFTER), AFTER, knownOf(BEFORE));
    }, false);
    const { kysely_migration: _, ...here } = dump(file);
    expect(apart).toMatchObject(here);
  });

  it('that is ended in the middle leaves nothing', async () => {
    await served(async (history) => {
      await history.publish(revisionOf(1, BEFORE), BEFORE);
      const there = dump(file);
      let parts = 0;
      /** Goes away when it is asked for its third part. */
      const opened: Changed['opened'] = Object.assign([...AFTER.addresses], {
        slice(from: number, to: number) {
          if (++parts === 3) throw new Error('ended');
          return AFTER.addresses.slice(from, to);
        },
      });
      const breaking = { ...AFTER, addresses: opened };
      const writing = new WritingApart(file);
      const row = { ...there['revision']![0]!, revision: 2 };
      const head = { row, previous: 1, catalogBody: '{}', listedHosts: ['a.com'], checkedAt: null };
      const changed: Changed = { closed: [], opened: breaking.addresses };
      await expect(writing.write(head as never, changed, checksumOf(BEFORE))).rejects.toThrow('ended');
      expect(parts).toBe(3);
      expect(dump(file)).toEqual(there);
    });
  });
});

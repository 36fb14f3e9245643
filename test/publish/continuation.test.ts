import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry, Revision } from '../../src/model/revision.js';
import { Continuation } from '../../src/publish/continuation.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { historyOf, shippedOptions, trueLists } from './past.js';

let history: History;
let entries: readonly HistoryEntry[];
beforeEach(async () => {
  history = await History.open(sqliteDialect(':memory:'));
  entries = historyOf((await trueLists()).slice(0, 3), await shippedOptions(), '2016-06-01T00:00:00Z');
  for (const { revision, content } of entries) await history.publish(revision, content);
});
afterEach(() => history.close());

const product = 'replicated';

describe('what is there already', () => {
  it('is there: every member of its record and all that it holds', async () => {
    const continuation = await Continuation.of(history, product);
    for (const entry of entries) expect(await continuation.take(entry)).toBe('there');
    continuation.end();
  });

  it.each<[name: string, altered: (record: Revision) => Partial<Revision>]>([
    ['by', () => ({ by: 'eve' })],
    ['note', () => ({ note: 'Another.' })],
    ['cause', () => ({ cause: 'operator' })],
    ['publishedAt', () => ({ publishedAt: '2016-05-18T00:00:00.000Z' })],
    ['upstream.url', ({ upstream }) => ({ upstream: { ...upstream!, url: 'https://b.example/list' } })],
    ['upstream.sha256', ({ upstream }) => ({ upstream: { ...upstream!, sha256: 'b' } })],
    ['upstream.fetchedAt', ({ upstream }) => ({ upstream: { ...upstream!, fetchedAt: '2016-05-18T00:00:00Z' } })],
    ['catalog.sha256', () => ({ catalog: { sha256: 'b' } })],
  ])('is another history where "%s" differs', async (name, altered) => {
    const continuation = await Continuation.of(history, product);
    const { revision, content } = entries[0]!;
    await expect(continuation.take({ revision: { ...revision, ...altered(revision) }, content })).rejects.toThrow(
      `The store has another history: in revision 1, "${name}" is `,
    );
  });

  it.each(['firstSeenAt', 'removedAt', 'retireAt'] as const)(
    'is another history where "%s" of one address differs',
    async (name) => {
      const continuation = await Continuation.of(history, product);
      const { revision, content } = entries[0]!;
      const [first, ...rest] = content.addresses;
      const addresses = [{ ...first!, [name]: '2015-01-01T00:00:00Z' }, ...rest];
      await expect(continuation.take({ revision, content: { ...content, addresses } })).rejects.toThrow(
        `in revision 1, "${name}" of ${first!.cidr} of ${first!.host} is ${first![name] ?? 'null'} in the store and 2015-01-01T00:00:00Z in the import.`,
      );
    },
  );

  it('is another history where the names of the list differ', async () => {
    const continuation = await Continuation.of(history, product);
    const { revision, content } = entries[0]!;
    await expect(
      continuation.take({ revision, content: { ...content, listedHosts: [...content.listedHosts, 'b.example'] } }),
    ).rejects.toThrow('in revision 1, the catalog or the names of the list are others.');
  });
});

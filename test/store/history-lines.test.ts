import { beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../src/model/revision.js';
import { History } from '../../src/store/history.js';
import { linesOf } from '../../src/store/history-lines.js';
import { readHistory } from '../../src/store/read-history.js';
import { sealOf } from '../../src/store/history-form.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { historyOf, shippedOptions, trueLists } from '../publish/past.js';

let entries: readonly HistoryEntry[];
let lines: readonly string[];
beforeAll(async () => {
  entries = historyOf(await trueLists(), await shippedOptions(), '2026-01-01T00:00:00Z');
  lines = [...linesOf('replicated', entries)];
});

const read = (changed: readonly string[]) => [...readHistory(`${changed.join('\n')}\n`).entries()];
/** A line, altered, with a seal that fits again. */
const altered = (line: string, alter: (said: Record<string, unknown>) => object) => {
  const { seal: _, ...said } = JSON.parse(line) as Record<string, unknown>;
  const other = alter(said);
  return JSON.stringify({ ...other, seal: sealOf(other) });
};

describe('a history written out', () => {
  it('says what it is, has each catalog once, a line a revision, and an end', () => {
    const kinds = lines.map((line) => Object.keys(JSON.parse(line) as object)[0]);
    expect(kinds).toEqual(['form', 'catalog', ...entries.map(() => 'revision'), 'end']);
  });

  it('is read as it was', () => {
    expect(readHistory(lines.join('\n')).product).toBe('replicated');
    expect(read(lines)).toEqual(entries);
  });

  it('has each catalog before its first use, and once also where it comes back', () => {
    const [first, second, third] = entries;
    const other = { ...second!.content.catalog, title: 'Other' };
    const changed = [first!, { ...second!, content: { ...second!.content, catalog: other } }, third!];
    const kinds = [...linesOf('replicated', changed)].map((line) => Object.keys(JSON.parse(line) as object)[0]);
    expect(kinds).toEqual(['form', 'catalog', 'revision', 'catalog', 'revision', 'revision', 'end']);
  });

  it('comes out of a store as it went in, and has equal lines', async () => {
    const history = await History.open(sqliteDialect(':memory:'));
    for (const { revision, content } of entries) await history.publish(revision, content);
    const replayed = [...(await history.replay('replicated'))];
    await history.close();
    expect(replayed).toEqual(entries);
    expect([...linesOf('replicated', replayed)]).toEqual(lines);
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    ['a line that is no JSON', (all) => all.with(4, '{'), 'Line 5: It is not JSON.'],
    ['a line of something else', (all) => all.with(4, '{"a":1}'), 'Line 5: It is none of a history.'],
    ['an empty line', (all) => all.toSpliced(4, 0, ''), 'Line 5: It is not JSON.'],
    ['a file of something else', () => ['{"a":1}'], 'Line 1: It is none of a history.'],
    ['an empty file', () => [], 'Line 1: It is not JSON.'],
    ['no first line', (all) => all.slice(1), 'Line 1: It is not the first line of a history'],
    ['an altered letter', (all) => all.with(4, all[4]!.replace('import', 'clock')), 'Line 5: It was altered'],
    ['a line that is missing', (all) => all.toSpliced(4, 1), 'Line 5: It is revision 4, where 3 is due.'],
    ['a line that is there twice', (all) => all.toSpliced(4, 0, all[4]!), 'Line 6: It is revision 3, where 4 is due.'],
    ['no catalog', (all) => all.toSpliced(1, 1), 'Line 2: Its catalog does not stand before it.'],
    ['no end', (all) => all.slice(0, -1), 'Line 30: The end is missing'],
    ['something after the end', (all) => [...all, all.at(-1)!], 'Line 30: There is more after the end.'],
    ['an end too early', (all) => [...all.slice(0, 5), all.at(-1)!], 'Line 6: It ends after another revision.'],
    ['a second beginning', (all) => [...all.slice(0, 5), all[0]!], 'Line 6: The history begins a second time.'],
    [
      'an address that no block is written like',
      (all) =>
        all.with(
          2,
          altered(all[2]!, (said) => JSON.parse(JSON.stringify(said).replace('54.174.248.164/32', '54.174.248.164'))),
        ),
      'Line 3: It is none of a history.',
    ],
    [
      'a member that no line has',
      (all) =>
        all.with(
          2,
          altered(all[2]!, (said) => ({ ...said, more: 1 })),
        ),
      'Line 3: It is none of a history.',
    ],
    [
      'a member missing in an address',
      (all) =>
        all.with(
          2,
          altered(all[2]!, (said) => JSON.parse(JSON.stringify(said).replace('"retireAt":null', '"retiredAt":null'))),
        ),
      'Line 3: It is none of a history.',
    ],
    [
      'an instant on a day that there is not',
      (all) =>
        all.with(
          2,
          altered(all[2]!, (said) => JSON.parse(JSON.stringify(said).replaceAll(/"2016-\d\d-\d\dT/g, '"2016-02-30T'))),
        ),
      'Line 3: It is none of a history.',
    ],
    [
      'an address that the digest does not fit',
      (all) =>
        all.with(
          2,
          altered(all[2]!, (said) =>
            JSON.parse(JSON.stringify(said).replace('54.174.248.164/32', '54.174.248.165/32')),
          ),
        ),
      'Line 3: Its digest does not fit what it holds.',
    ],
    [
      'a catalog that cannot be used',
      (all) =>
        all.with(
          1,
          altered(all[1]!, () => ({ catalog: { product: 'replicated' } })),
        ),
      'Line 2: It has no catalog that this version of Gatepost can read.',
    ],
    [
      'a catalog of another product',
      (all) =>
        all.with(
          0,
          altered(all[0]!, (said) => ({ ...said, product: 'other' })),
        ),
      'Line 2: It is of "replicated", not "other".',
    ],
  ])('is refused with %s', (_what, change, message) => {
    expect(() => read(change([...lines]))).toThrow(message);
  });
});

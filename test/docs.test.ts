import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../src/answer/problem.js';
import { FORMATS } from '../src/export/formats.js';
import { LIMITS } from '../src/graphql/limits.js';
import { ADDRESS_STATUSES } from '../src/model/address.js';
import { HOLD_REASONS, REJECT_REASONS } from '../src/model/guard/verdict.js';
import { LOOKUP_VERDICTS } from '../src/model/lookup-answer.js';
import { FRESHNESS } from '../src/publish/freshness.js';
import { UNREADABLE_REASONS } from '../src/upstream/decode.js';
import { FETCH_REASONS } from '../src/upstream/fetch-failed.js';
import { anchorsOf, firstColumn, linksOf } from './docs/prose.js';
import { Reader } from './docs/reader.js';
import { serviceWithPast, type AskedService } from './docs/service.js';
import { WRONG_PAGES } from './docs/wrong-pages.js';

const PAGES = [
  'README.md',
  'docs/rest.md',
  'docs/graphql.md',
  'docs/exports.md',
  'docs/catalog.md',
  'docs/operators.md',
] as const;
const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

let service: AskedService;
beforeAll(async () => {
  service = await serviceWithPast();
});
afterAll(() => service.stop());
const asked = () => service;

const readers = PAGES.map((page) => ({ page, reader: new Reader(textOf(page), asked) }));

describe.each(readers)('$page', ({ page, reader }) => {
  afterAll(() => reader.stop());

  const examples = reader.examples().map((example) => {
    const { line, text } = example.block;
    return { line, begins: text.split('\n', 1)[0], example };
  });
  it.each(examples)('line $line: $begins', async ({ example }) => {
    await expect(reader.follow(example)).resolves.toBeUndefined();
  });

  it('leads only to what is there', () => {
    const lost = linksOf(textOf(page)).filter(({ file, heading }) => {
      const target = new URL(file, new URL(`../${page}`, import.meta.url));
      if (heading === '') return !existsSync(target);
      return !anchorsOf(readFileSync(target, 'utf8')).includes(heading);
    });
    expect(lost).toEqual([]);
  });
});

it('the catalog that docs/catalog.md puts together stands beside it', async () => {
  const { reader } = readers.find(({ page }) => page === 'docs/catalog.md')!;
  await expect(reader.catalog).toMatchFileSnapshot('../docs/harbourline.yaml');
});

describe('a table of a page has what the code has', () => {
  const tableOf = (page: (typeof PAGES)[number], head: string) => firstColumn(textOf(page), head);

  it('limits', () => {
    const table = /<!-- limits:[^]*<!-- \/limits -->/.exec(textOf('docs/graphql.md'))?.[0] ?? '';
    const rows = [...table.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)];
    expect(Object.fromEntries(rows.map(([, name, most]) => [name, Number(most)]))).toEqual(LIMITS);
  });

  it('freshness', () => {
    expect(tableOf('docs/rest.md', 'freshness').sort()).toEqual(FRESHNESS.toSorted());
  });

  it('reasons why a list is held', () => {
    expect(tableOf('docs/operators.md', 'held because')).toEqual(expect.arrayContaining([...HOLD_REASONS]));
    expect(tableOf('docs/operators.md', 'held because')).toHaveLength(HOLD_REASONS.length + 1);
  });

  it('reasons why a poll fails', () => {
    const table = textOf('docs/operators.md').split('| reason |')[1]!.split('\n\n')[0]!;
    const told = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, names]) =>
      names!.replaceAll('`', '').split(', '),
    );
    const reasons = [...FETCH_REASONS, ...UNREADABLE_REASONS, ...REJECT_REASONS, 'store-failed', 'overdue', 'internal'];
    expect(told.toSorted()).toEqual([...new Set(reasons)].sort());
  });

  it('verdicts', () => {
    expect(tableOf('docs/rest.md', '`verdict`')).toEqual(LOOKUP_VERDICTS);
  });

  it('formats of exports', () => {
    expect(tableOf('docs/exports.md', 'format')).toEqual(FORMATS.map(({ id }) => id));
  });

  it('statuses of addresses', () => {
    for (const status of ADDRESS_STATUSES) expect(textOf('docs/rest.md')).toContain(`\`${status}\``);
  });

  it('codes of errors', () => {
    const codes = tableOf('docs/graphql.md', 'code').filter((code) => code !== 'PERSISTED_QUERY_NOT_FOUND');
    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => !(code in PROBLEMS))).toEqual([]);
  });
});

describe('a page that is wrong is found out, where it', () => {
  it.each(WRONG_PAGES)('%s', async (_what, page, said) => {
    const follow = async () => {
      const reader = new Reader(page, asked);
      try {
        for (const example of reader.examples()) await reader.follow(example);
      } finally {
        await reader.stop();
      }
    };
    await expect(follow()).rejects.toThrow(said);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backfill, countChanges, retirementsUntil } from '../../src/model/backfill.js';
import type { HistoryEntry } from '../../src/model/revision.js';
import { DAY_MS, historyOf } from '../publish/past.js';
import { catalog, listOf } from './fixture.js';

const OPTIONS = { catalog, catalogSha256: 'c'.repeat(64), url: 'https://a.example/list.json', graceMs: 30 * DAY_MS };
const LATER = '2026-12-31T00:00:00Z';

/** A list of one host, published on a day of 2026. */
const on = (day: string, ...texts: string[]) => ({
  at: `2026-${day}T00:00:00Z`,
  sha256: `${day} ${texts.join()}`,
  list: listOf({ 'api.example.com': texts }),
});

/** What a person would note of a history: when, why, and what of each address. */
const notes = (entries: readonly HistoryEntry[]) =>
  entries.map(({ revision, content }) => {
    const addresses = content.addresses.map(({ cidr, status }) => (status === 'current' ? cidr : `${cidr} ${status}`));
    return `${revision.revision} ${revision.publishedAt} ${revision.cause}: ${addresses.join(', ')}`;
  });

describe('a history of dated lists', () => {
  it.each([
    [
      'has the first list as its baseline',
      [on('01-01', '20.0.0.1')],
      ['1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32'],
    ],
    [
      'has no revision for a list that says what the one before said',
      [on('01-01', '20.0.0.1', '20.0.0.2'), on('01-02', '20.0.0.2', '20.0.0.1')],
      ['1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32'],
    ],
    [
      'retires at the end of grace what left, by a revision of its own',
      [on('01-01', '20.0.0.1', '20.0.0.2'), on('02-01', '20.0.0.2')],
      [
        '1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32',
        '2 2026-02-01T00:00:00.000Z import: 20.0.0.1/32 retiring, 20.0.0.2/32',
        '3 2026-03-03T00:00:00.000Z clock: 20.0.0.2/32',
      ],
    ],
    [
      'retires together what left together, and before a later list',
      [on('01-01', '20.0.0.1', '20.0.0.2', '20.0.0.3'), on('02-01', '20.0.0.3'), on('05-01', '20.0.0.3', '20.0.0.4')],
      [
        '1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32, 20.0.0.3/32',
        '2 2026-02-01T00:00:00.000Z import: 20.0.0.1/32 retiring, 20.0.0.2/32 retiring, 20.0.0.3/32',
        '3 2026-03-03T00:00:00.000Z clock: 20.0.0.3/32',
        '4 2026-05-01T00:00:00.000Z import: 20.0.0.3/32, 20.0.0.4/32',
      ],
    ],
    [
      'keeps what comes back within its grace',
      [on('01-01', '20.0.0.1', '20.0.0.2'), on('02-01', '20.0.0.2'), on('02-03', '20.0.0.2', '20.0.0.1')],
      [
        '1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32',
        '2 2026-02-01T00:00:00.000Z import: 20.0.0.1/32 retiring, 20.0.0.2/32',
        '3 2026-02-03T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32',
      ],
    ],
    [
      'retires at the very instant of a list first',
      [on('01-01', '20.0.0.1', '20.0.0.2'), on('02-01', '20.0.0.2'), on('03-03', '20.0.0.2', '20.0.0.3')],
      [
        '1 2026-01-01T00:00:00.000Z import: 20.0.0.1/32, 20.0.0.2/32',
        '2 2026-02-01T00:00:00.000Z import: 20.0.0.1/32 retiring, 20.0.0.2/32',
        '3 2026-03-03T00:00:00.000Z clock: 20.0.0.2/32',
        '4 2026-03-03T00:00:00.001Z import: 20.0.0.2/32, 20.0.0.3/32',
      ],
    ],
    [
      'goes on a millisecond later where a list says that it is older than the one before',
      [on('02-01', '20.0.0.1'), on('01-01', '20.0.0.1', '20.0.0.2')],
      ['1 2026-02-01T00:00:00.000Z import: 20.0.0.1/32', '2 2026-02-01T00:00:00.001Z import: 20.0.0.1/32, 20.0.0.2/32'],
    ],
  ])('%s', (_what, lists, expected) => {
    expect(notes(historyOf(lists, OPTIONS, LATER))).toEqual(expected);
  });

  it('ends with the retirements up to an instant, that one included', () => {
    const lists = [on('01-01', '20.0.0.1', '20.0.0.2'), on('02-01', '20.0.0.2')];
    const last = historyOf(lists, OPTIONS, '2026-02-01T00:00:00Z').at(-1);
    expect(retirementsUntil(last, '2026-03-02T23:59:59.999Z')).toEqual([]);
    expect(retirementsUntil(last, '2026-03-03T00:00:00Z')).toHaveLength(1);
    expect(retirementsUntil(undefined, LATER)).toEqual([]);
  });

  it('says of each revision which list it was made from, a retirement that of the list before', () => {
    const lists = [on('01-01', '20.0.0.1', '20.0.0.2'), on('02-01', '20.0.0.2')];
    const records = historyOf(lists, OPTIONS, LATER).map(({ revision }) => revision);
    expect(records.map(({ upstream }) => upstream)).toEqual(
      [lists[0]!, lists[1]!, lists[1]!].map(({ at, sha256 }) => ({ url: OPTIONS.url, sha256, fetchedAt: at })),
    );
    expect(records.map(({ previous }) => previous)).toEqual([null, 1, 2]);
    expect(new Set(records.map((record) => record.catalog.sha256))).toEqual(new Set([OPTIONS.catalogSha256]));
  });

  it('tells what the guard would have said, and takes the list all the same', () => {
    const [head] = historyOf([on('01-01', '20.0.0.1')], OPTIONS, LATER);
    const emptied = backfill(head, on('02-01'), OPTIONS);
    expect(emptied.verdict).toMatchObject({ verdict: 'hold', reason: 'host-emptied' });
    expect(notes([emptied.entry!])).toEqual(['2 2026-02-01T00:00:00.000Z import: 20.0.0.1/32 retiring']);
  });

  it('counts what a list brought and took away', () => {
    const [first, second] = historyOf([on('01-01', '20.0.0.1'), on('02-01', '20.0.0.2', '20.0.0.3')], OPTIONS, LATER);
    expect(countChanges(undefined, first!.content)).toEqual({ added: 1, removed: 0 });
    expect(countChanges(first!.content, second!.content)).toEqual({ added: 2, removed: 1 });
  });

  const days = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 });
  const lists = days.chain((numbers) =>
    fc
      .array(fc.subarray(['20.0.0.1', '20.0.0.2', '20.0.0.3', '20.0.0.4']), {
        minLength: numbers.length,
        maxLength: numbers.length,
      })
      .map((contents) =>
        numbers
          .toSorted((a, b) => a - b)
          .map((day, i) => ({
            at: new Date(Date.UTC(2026, 0, day)).toISOString(),
            sha256: contents[i]!.join(),
            list: listOf({ 'api.example.com': contents[i]! }),
          })),
      ),
  );

  it('is the same however it is split', () => {
    fc.assert(
      fc.property(lists, fc.nat(12), (versions, at) => {
        const whole = historyOf(versions, OPTIONS, LATER);
        const [first, rest] = [versions.slice(0, at), versions.slice(at)];
        // Up to the end of the first part, not beyond it.
        const begun = historyOf(first, OPTIONS, first.at(-1)?.at ?? '2026-01-01T00:00:00Z');
        expect(historyOf(rest, OPTIONS, LATER, begun)).toEqual(whole);
      }),
    );
  });

  it('has revisions one after another, each later and other than the one before', () => {
    fc.assert(
      fc.property(lists, (versions) => {
        const entries = historyOf(versions, OPTIONS, LATER);
        for (const [i, { revision }] of entries.entries()) {
          expect(revision.revision).toBe(i + 1);
          const before = entries[i - 1]?.revision;
          if (before === undefined) continue;
          expect(revision.previous).toBe(before.revision);
          expect(revision.publishedAt > before.publishedAt).toBe(true);
          expect(revision.digest).not.toBe(before.digest);
        }
        expect(entries.at(-1)!.content.addresses.every(({ status }) => status === 'current')).toBe(true);
      }),
    );
  });
});

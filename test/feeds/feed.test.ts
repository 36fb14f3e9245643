import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedOf, type FeedPage } from '../../src/feeds/feed.js';
import { stableId } from '../../src/feeds/stable-id.js';
import { EVERYTHING, PAGE, SORTS, asChanges } from './changes.js';

const idsOf = (page: FeedPage) => feedOf(page).entries.map(({ id }) => id);
const UPGRADE = { ...EVERYTHING, task: ['upgrade', 'install'], mode: ['online'] };

describe('an id', () => {
  it('is a UUID of version 8, and follows from names alone', () => {
    expect(stableId('a', 'b')).toBe(stableId('a', 'b'));
    expect(stableId('a', 'b')).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(stableId('ab')).not.toBe(stableId('a', 'b'));
  });

  it('is what it always was: a reader that has seen a change is not shown it again', () => {
    expect(idsOf({ ...PAGE, changes: asChanges([SORTS[0]![1]]) })).toEqual([
      'urn:uuid:ccf5702f-1499-891d-a072-77ebde61ba39',
    ]);
    expect(feedOf(PAGE).id).toBe('urn:uuid:3d2af2ac-d346-86a9-b660-987d253b1ba0');
  });

  it('of an entry is the same in every selection, page and wording', () => {
    const [, difference] = SORTS[0]!;
    const otherwise = {
      ...PAGE,
      product: { name: 'replicated', title: 'Renamed' },
      selection: UPGRADE,
      nextCursor: 'x',
    };
    expect(idsOf({ ...otherwise, changes: asChanges([difference]) })).toEqual(
      idsOf({ ...PAGE, changes: asChanges([{ ...difference, reason: 'moved' }]) }),
    );
  });

  it.each<[string, FeedPage]>([
    ['product', { ...PAGE, product: { name: 'other', title: 'Replicated' } }],
    ['revision', { ...PAGE, changes: asChanges([SORTS[0]![1]], 8) }],
    ['time, as after a store was lost', { ...PAGE, changes: asChanges([SORTS[0]![1]], 7, '2023-04-06T17:30:00.001Z') }],
  ])('of an entry is another for another %s', (_what, page) => {
    const known = new Set(idsOf(PAGE));
    expect(idsOf(page).filter((id) => known.has(id))).toEqual([]);
  });

  it('of entries is unique', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.nat(50), fc.nat(50)), { selector: String }), (places) => {
        const changes = places.flatMap(([revision, n]) => ({
          ...asChanges([SORTS[0]![1]], revision + 2)[0]!,
          id: `${revision + 2}-${n + 1}`,
        }));
        expect(new Set(idsOf({ ...PAGE, changes })).size).toBe(changes.length);
      }),
    );
  });

  it('of a feed is its selection, in whatever order, and not its page', () => {
    const id = (page: Partial<FeedPage>) => feedOf({ ...PAGE, ...page }).id;
    expect(id({ selection: UPGRADE })).not.toBe(id({}));
    expect(id({ selection: { ...UPGRADE, task: ['install', 'upgrade'] } })).toBe(id({ selection: UPGRADE }));
    expect(id({ nextCursor: 'x', asked: { at: null, first: 3, after: 'y' } })).toBe(id({}));
    expect(id({ selection: { ...EVERYTHING, product: 'other' } })).not.toBe(id({}));
  });
});

describe('a page', () => {
  it('says what it is of, in its title and in its links', () => {
    const feed = feedOf({ ...PAGE, selection: UPGRADE });
    expect(feed.title).toBe('Replicated: changes of network requirements (task install,upgrade; mode online)');
    expect(feed.pages.self).toBe('product=replicated&task=install,upgrade&mode=online');
  });

  it('leads to the first and the next, as they were asked for', () => {
    const asked = { at: 7, first: 2, after: '7-3.abc' };
    expect(feedOf({ ...PAGE, nextCursor: '7-1.def', asked }).pages).toEqual({
      first: 'product=replicated&at=7&first=2',
      self: 'product=replicated&at=7&first=2&after=7-3.abc',
      next: 'product=replicated&at=7&first=2&after=7-1.def',
    });
    expect(feedOf(PAGE).pages).toEqual({ first: 'product=replicated', self: 'product=replicated', next: null });
  });

  it('lets nothing of a value out into the query', () => {
    const feed = feedOf({ ...PAGE, selection: { ...EVERYTHING, host: ['*.example.com', 'a&b=c#d"e'] } });
    expect(new URL(`http://a/?${feed.pages.self}`).searchParams.get('host')).toBe('*.example.com,a&b=c#d"e');
  });

  it('without changes has no entries, and is as old as its newest revision', () => {
    const feed = feedOf({ ...PAGE, changes: [], asOf: { revision: 1, publishedAt: '2016-11-04T00:00:00.000Z' } });
    expect([feed.entries, feed.updated]).toEqual([[], '2016-11-04T00:00:00.000Z']);
  });
});

import * as fc from 'fast-check';
import { parseJsonFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { PublicUrl } from '../../src/answer/public-url.js';
import { feedOf, type FeedPage } from '../../src/feeds/feed.js';
import { jsonFeed } from '../../src/feeds/json-feed.js';
import { PAGE, asChanges, hostileChange, hostileText } from './changes.js';
import { faultsOfJsonFeed } from './json-feed-schema.js';

const NOWHERE = new PublicUrl(null);
const PUBLIC = new PublicUrl(new URL('https://example.com/gatepost/'));
const MANY_PAGES = { ...PAGE, nextCursor: '7-1.def', asked: { at: null, first: 20, after: '9-9.abc' } };

/** As it is sent. */
const sent = (page: FeedPage, publicUrl = PUBLIC) =>
  JSON.parse(JSON.stringify(jsonFeed(feedOf(page), publicUrl))) as Record<string, unknown> & {
    items: Record<string, unknown>[];
  };

it('is what the golden file shows', async () => {
  await expect(`${JSON.stringify(sent(PAGE), null, 2)}\n`).toMatchFileSnapshot('../golden/feeds/changes.feed.json');
});

describe('is JSON Feed 1.1', () => {
  it.each([
    ['with one item of every sort', sent(PAGE)],
    ['without a public URL', sent(PAGE, NOWHERE)],
    ['in the midst of many pages', sent(MANY_PAGES)],
    ['without any change', sent({ ...PAGE, changes: [] })],
  ])('%s', (_what, feed) => {
    expect(faultsOfJsonFeed(feed)).toEqual([]);
  });

  it('whatever its texts are', () => {
    fc.assert(
      fc.property(hostileChange, (difference) => {
        expect(faultsOfJsonFeed(sent({ ...PAGE, changes: asChanges([difference]) }))).toEqual([]);
      }),
    );
  });

  it.each<[string, object]>([
    ['has no version', { version: undefined }],
    ['is of an older version', { version: 'https://jsonfeed.org/version/1' }],
    ['has a relative link', { feed_url: 'feed.json' }],
    ['has a member that nobody knows', { gatepost: {} }],
    ['has an item without an id', { items: [{ content_text: 'a' }] }],
    [
      'has an item with a day for an instant',
      { items: [{ id: 'a', content_text: 'a', date_published: '2023-04-06' }] },
    ],
    ['has an author without anything', { authors: [{}] }],
  ])('and its twin is not, which %s', (_what, broken) => {
    expect(faultsOfJsonFeed(JSON.parse(JSON.stringify({ ...sent(PAGE), ...broken })))).not.toEqual([]);
  });
});

it('has the whole change in every item', () => {
  expect(sent(PAGE).items.map(({ _gatepost }) => _gatepost)).toEqual(PAGE.changes);
});

it('has the same ids, titles and texts as Atom', () => {
  expect(sent(PAGE).items.map(({ id, title, content_text }) => [id, title, content_text])).toEqual(
    feedOf(PAGE).entries.map(({ id, title, text }) => [id, title, text]),
  );
});

it('leads to the next page, and calls itself the same on each', () => {
  expect(sent(MANY_PAGES)).toMatchObject({
    home_page_url: 'https://example.com/gatepost/',
    feed_url: 'https://example.com/gatepost/feed.json?product=replicated&first=20',
    next_url: 'https://example.com/gatepost/feed.json?product=replicated&first=20&after=7-1.def',
  });
});

it('without a public URL has no links, and says where to go on', () => {
  const feed = sent(MANY_PAGES, NOWHERE);
  expect(Object.keys({ ...feed, ...feed.items[0] }).filter((name) => name.endsWith('url'))).toEqual([]);
  expect(feed['_gatepost']).toMatchObject({ nextCursor: '7-1.def' });
});

it('is read by a reader of feeds', () => {
  const feed = feedOf(PAGE);
  const read = parseJsonFeed(JSON.stringify(jsonFeed(feed, PUBLIC)));
  expect(read).toMatchObject({ title: feed.title, authors: [{ name: 'Replicated' }] });
  expect(read.items?.map(({ id, title, content_text, tags }) => [id, title, content_text, tags])).toEqual(
    feed.entries.map(({ id, title, text, tags }) => [id, title, text, tags]),
  );
});

it('carries any title of a product', () => {
  fc.assert(
    fc.property(hostileText, (title) => {
      const text = JSON.stringify(jsonFeed(feedOf({ ...PAGE, product: { name: 'replicated', title } }), NOWHERE));
      expect(JSON.parse(text)).toMatchObject({
        authors: [{ name: feedOf({ ...PAGE, product: { name: 'replicated', title } }).author }],
      });
    }),
  );
});

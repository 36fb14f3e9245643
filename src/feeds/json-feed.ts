import type { PublicUrl } from '../answer/public-url.js';
import type { Change } from '../model/change.js';
import type { Selection } from '../model/selection.js';
import type { Feed } from './feed.js';

export const JSON_FEED_TYPE = 'application/feed+json';

/** A page of a feed as JSON Feed has it. What is undefined is not in the JSON. Source: jsonfeed.org, version 1.1. */
export interface JsonFeed {
  readonly version: 'https://jsonfeed.org/version/1.1';
  readonly title: string;
  readonly description: string;
  readonly home_page_url: string | undefined;
  readonly feed_url: string | undefined;
  readonly next_url: string | undefined;
  readonly authors: readonly { readonly name: string }[];
  readonly _gatepost: {
    readonly id: string;
    readonly product: string;
    readonly asOf: { readonly revision: number; readonly publishedAt: string };
    readonly selection: Selection;
    readonly nextCursor: string | null;
  };
  readonly items: readonly JsonFeedItem[];
}

export interface JsonFeedItem {
  readonly id: string;
  readonly url: string | undefined;
  readonly title: string;
  readonly content_text: string;
  readonly date_published: string;
  readonly tags: readonly string[];
  readonly _gatepost: Change;
}

/** A page of a feed as JSON Feed. Without a public URL it has no links, because they have to be absolute there. */
export function jsonFeed(feed: Feed, publicUrl: PublicUrl): JsonFeed {
  const link = (path: string) => publicUrl.absolute(path) ?? undefined;
  const { first, next } = feed.pages;
  const { product, asOf, selection, nextCursor } = feed.page;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.subtitle,
    home_page_url: link('./'),
    // The feed's, not the page's: readers take it for the name of the feed.
    feed_url: link(`feed.json?${first}`),
    next_url: next === null ? undefined : link(`feed.json?${next}`),
    authors: [{ name: feed.author }],
    _gatepost: { id: feed.id, product: product.name, asOf, selection, nextCursor },
    items: feed.entries.map(({ id, title, text, publishedAt, tags, path, change }) => ({
      id,
      url: link(path),
      title,
      content_text: text,
      date_published: publishedAt,
      tags,
      _gatepost: change,
    })),
  };
}

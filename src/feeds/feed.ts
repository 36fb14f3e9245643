import type { Change } from '../model/change.js';
import type { Selection } from '../model/selection.js';
import { oneLine } from './phrases.js';
import { stableId } from './stable-id.js';
import { queryString, subscriptionTo } from './subscription.js';
import { textOf } from './text.js';
import { titleOf } from './title.js';

/** What a page of a feed is made of. */
export interface FeedPage {
  readonly product: { readonly name: string; readonly title: string };
  readonly selection: Selection;
  /** The newest revision that changed anything of it. */
  readonly asOf: { readonly revision: number; readonly publishedAt: string };
  /** Newest first. */
  readonly changes: readonly Change[];
  readonly nextCursor: string | null;
  /** How it was asked for; `null` where it was not said. `at` is the revision that it was asked as of. */
  readonly asked: { readonly at: number | null; readonly first: number | null; readonly after: string | null };
}

/** One page of a feed, in the words that every format of feeds has. */
export interface Feed {
  /** The same for every page and format of it. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly updated: string;
  /** The query strings of its pages. */
  readonly pages: { readonly first: string; readonly self: string; readonly next: string | null };
  readonly page: FeedPage;
  readonly entries: readonly Entry[];
}

/** One change, as a reader of feeds shows it. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: string;
  readonly tags: readonly string[];
  /** A path that tells of the whole revision. */
  readonly path: string;
  readonly change: Change;
}

/** Describes a page of a feed. It depends on nothing but what it is given. */
export function feedOf(page: FeedPage): Feed {
  const { product, selection, asked, nextCursor } = page;
  const subscription = subscriptionTo(selection);
  const chosen = subscription.filter(([name]) => name !== 'product').map(([name, value]) => `${name} ${value}`);
  const whole = [...subscription, ...said('at', asked.at), ...said('first', asked.first)];
  const author = oneLine(product.title) || product.name;
  return {
    id: stableId('gatepost feed', queryString(subscription)),
    title: `${author}: changes of network requirements${chosen.length === 0 ? '' : ` (${chosen.join('; ')})`}`,
    subtitle: 'What to open, what to close and what to know of. One entry a change, newest first.',
    author,
    updated: page.asOf.publishedAt,
    pages: {
      first: queryString(whole),
      self: queryString([...whole, ...said('after', asked.after)]),
      next: nextCursor === null ? null : queryString([...whole, ...said('after', nextCursor)]),
    },
    page,
    entries: page.changes.map((change) => entryOf(product, change)),
  };
}

function said(name: string, value: string | number | null): [name: string, value: string][] {
  return value === null ? [] : [[name, String(value)]];
}

/** The same in every feed that it is in: it knows no selection and no page. */
function entryOf(product: FeedPage['product'], change: Change): Entry {
  const { publishedAt, revision } = change;
  const between = queryString([
    ['product', product.name],
    ['from', String(revision - 1)],
    ['to', String(revision)],
  ]);
  return {
    // The number of a change is its own in one history only. When a store is lost and another begins, its revisions
    // have the old numbers and new times, and no reader may take what they say for what it has read already.
    id: stableId('gatepost change', product.name, new Date(publishedAt).toISOString(), change.id),
    title: titleOf(change, product.title),
    text: textOf(change, product.title),
    publishedAt,
    tags: tagsOf(change),
    path: `diff?${between}`,
    change,
  };
}

/** Words to filter by. */
function tagsOf({ subject, kind, reason, action, firstOfFamily }: Change): string[] {
  const tags = [
    `subject:${subject}`,
    `kind:${kind}`,
    `reason:${reason}`,
    `by-name:${action.byName}`,
    `by-address:${action.byAddress}`,
  ];
  return firstOfFamily === null ? tags : [...tags, `first-of-family:${firstOfFamily}`];
}

import type { PublicUrl } from '../answer/public-url.js';
import type { Entry, Feed } from './feed.js';
import { xmlDocument, type XmlElement } from './xml.js';

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8';
const NAMESPACE = 'http://www.w3.org/2005/Atom';

/** A page of a feed as Atom. Without a public URL its links are relative. Source: RFC 4287; RFC 5005, 3. */
export function atom(feed: Feed, publicUrl: PublicUrl): string {
  const { first, self, next } = feed.pages;
  const page = (rel: string, query: string) => link(rel, ATOM_TYPE, publicUrl.reference(`feed.atom?${query}`));
  return xmlDocument(NAMESPACE, {
    name: 'feed',
    content: [
      text('id', feed.id),
      text('title', feed.title),
      text('subtitle', feed.subtitle),
      text('updated', feed.updated),
      { name: 'author', content: [text('name', feed.author)] },
      link('alternate', 'text/html', publicUrl.reference('./')),
      page('self', self),
      ...(self === first ? [] : [page('first', first)]),
      ...(next === null ? [] : [page('next', next)]),
      ...feed.entries.map((entry) => entryElement(entry, publicUrl)),
    ],
  });
}

function entryElement(entry: Entry, publicUrl: PublicUrl): XmlElement {
  return {
    name: 'entry',
    content: [
      text('id', entry.id),
      text('title', entry.title),
      text('published', entry.publishedAt),
      text('updated', entry.publishedAt),
      link('alternate', 'application/json', publicUrl.reference(entry.path)),
      ...entry.tags.map((term) => ({ name: 'category', attributes: { term } })),
      { name: 'content', attributes: { type: 'text' }, content: entry.text },
    ],
  };
}

function text(name: string, content: string): XmlElement {
  return { name, content };
}

function link(rel: string, type: string, href: string): XmlElement {
  return { name: 'link', attributes: { rel, type: type.split(';', 1)[0]!, href } };
}

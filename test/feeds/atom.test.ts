import { XmlElement, XmlText, parseXml } from '@rgrove/parse-xml';
import * as fc from 'fast-check';
import { parseAtomFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { PublicUrl } from '../../src/answer/public-url.js';
import { atom } from '../../src/feeds/atom.js';
import { feedOf } from '../../src/feeds/feed.js';
import { carriedByXml, xmlDocument } from '../../src/feeds/xml.js';
import { PAGE, asChanges, hostileChange, hostileText } from './changes.js';
import { IS_LEFT_OUT, faultsOfAtom } from './xmllint.js';

const NOWHERE = new PublicUrl(null);
const PUBLIC = new PublicUrl(new URL('https://example.com/gatepost'));
const MANY_PAGES = { ...PAGE, nextCursor: '7-1.def', asked: { at: null, first: 20, after: '9-9.abc' } };

it('is what the golden file shows', async () => {
  await expect(atom(feedOf(PAGE), PUBLIC)).toMatchFileSnapshot('../golden/feeds/changes.atom.xml');
});

describe.skipIf(IS_LEFT_OUT)('is Atom as xmllint knows it', () => {
  it.each([
    ['with one entry of every sort', atom(feedOf(PAGE), PUBLIC)],
    ['without a public URL', atom(feedOf(PAGE), NOWHERE)],
    ['in the midst of many pages', atom(feedOf(MANY_PAGES), PUBLIC)],
    ['without any change', atom(feedOf({ ...PAGE, changes: [] }), NOWHERE)],
    ['with hostile text', atom(feedOf({ ...PAGE, changes: asChanges(fc.sample(hostileChange, 200)) }), NOWHERE)],
  ])('%s', (_what, document) => {
    expect(faultsOfAtom(document)).toBe('');
  });

  const good = atom(feedOf(PAGE), PUBLIC);
  it.each<[string, (text: string) => string]>([
    ['has no id', (text) => text.replace(/<id>[^<]*<\/id>/, '')],
    ['has an id that is no UUID', (text) => text.replace(/<id>urn:uuid:/, '<id>urn:')],
    ['has no author', (text) => text.replace(/<author>[^]*?<\/author>/, '')],
    ['has an entry without updated', (text) => text.replace(/(<\/published>\s*)<updated>[^<]*<\/updated>/, '$1')],
    ['has two titles', (text) => text.replace('<title>', '<title>Another</title><title>')],
    ['has a day for an instant', (text) => text.replace(/<updated>(.{10})[^<]*/, '<updated>$1')],
    ['has an instant without a zone', (text) => text.replace(/Z<\/updated>/, '</updated>')],
    ['has a link without a target', (text) => text.replace(/ href="[^"]*"/, '')],
    ['has content that calls itself HTML', (text) => text.replace('type="text"', 'type="html"')],
    ['has an element of another namespace', (text) => text.replace('<subtitle>', '<subtitle xmlns="">')],
    ['is not well-formed', (text) => text.replace('</feed>', '')],
  ])('and its twin is not, which %s', (_what, broken) => {
    expect(broken(good)).not.toBe(good);
    expect(faultsOfAtom(broken(good))).not.toBe('');
  });
});

describe('any text', () => {
  const inXml = (text: string) =>
    xmlDocument('urn:a', { name: 'a', attributes: { b: text }, content: [{ name: 'c', content: text }] });
  const readBack = (document: string) => {
    const { root } = parseXml(document);
    const elements = root!.children.filter((child) => child instanceof XmlElement);
    return { attribute: root!.attributes['b'], texts: elements.map(({ text }) => text) };
  };

  it('comes out of XML as it went in, but for what XML cannot carry', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const carried = carriedByXml(text);
        expect(readBack(inXml(text))).toEqual({ attribute: carried, texts: [carried] });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a NUL and an escape', 'a\u0000b\u001bc', 'a\ufffdb\ufffdc'],
    ['half a surrogate pair', '\ud800a\udfff', '\ufffda\ufffd'],
    ['what is no character', '\ufffea\uffff', '\ufffda\ufffd'],
    ['the end of a line, whatever it was', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['the end of CDATA, quotes and separators', `]]>"'<&>\u2028\u202e\u{1f600}`, `]]>"'<&>\u2028\u202e\u{1f600}`],
  ])('carries %s', (_what, text, carried) => {
    expect(readBack(inXml(text))).toEqual({ attribute: carried, texts: [carried] });
  });

  it('of a change stays inside its entry', () => {
    fc.assert(
      fc.property(fc.array(hostileChange, { maxLength: 5 }), hostileText, (differences, title) => {
        const feed = feedOf({ ...PAGE, product: { name: 'replicated', title }, changes: asChanges(differences) });
        const { root } = parseXml(atom(feed, NOWHERE));
        const elementsOf = (parent: XmlElement) => parent.children.filter((child) => child instanceof XmlElement);
        const entries = elementsOf(root!).filter(({ name }) => name === 'entry');
        const contents = entries.map((entry) => elementsOf(entry).at(-1)!);
        expect(contents.map(({ text }) => text)).toEqual(feed.entries.map(({ text }) => carriedByXml(text)));
        for (const { children } of contents) expect(children.every((child) => child instanceof XmlText)).toBe(true);
      }),
    );
  });
});

it('is read by a reader of feeds', () => {
  const feed = feedOf(MANY_PAGES);
  const read = parseAtomFeed(atom(feed, PUBLIC));
  expect(read).toMatchObject({
    id: feed.id,
    title: { value: feed.title },
    updated: feed.updated,
    authors: [{ name: 'Replicated' }],
    links: [
      { rel: 'alternate', href: 'https://example.com/gatepost/' },
      { rel: 'self', href: 'https://example.com/gatepost/feed.atom?product=replicated&first=20&after=9-9.abc' },
      { rel: 'first', href: 'https://example.com/gatepost/feed.atom?product=replicated&first=20' },
      { rel: 'next', href: 'https://example.com/gatepost/feed.atom?product=replicated&first=20&after=7-1.def' },
    ],
  });
  expect(read.entries?.map(({ id, title, content }) => [id, title?.value, content?.value])).toEqual(
    feed.entries.map(({ id, title, text }) => [id, title, text]),
  );
});

it('without a public URL leads to where it was asked, whatever that is called', () => {
  const hrefs = [...atom(feedOf(MANY_PAGES), NOWHERE).matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
  expect(hrefs.filter((href) => /^[a-z]+:|^\//.test(href))).toEqual([]);
  expect(hrefs.slice(0, 2)).toEqual(['./', 'feed.atom?product=replicated&amp;first=20&amp;after=9-9.abc']);
});

import { lexer, type Token } from 'marked';

/** A part of a line of text, safe to write wherever each part is escaped as the format wants it. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'break' }
  /** `href` is a web address or a relative one, in the characters of a URL alone. */
  | { readonly kind: 'link'; readonly href: string; readonly of: readonly Inline[] };

/**
 * Reads free CommonMark as text that fits into a cell: paragraphs and items become lines, emphasis and pictures their
 * words; HTML stays the text that it is written with. Links lead to the web, or have their words alone.
 * Source: CommonMark 0.31.2.
 */
export function readCommonMark(text: string): Inline[] {
  const lines = blocksOf(lexer(text, { gfm: false })).filter((line) => line.length > 0);
  return lines.flatMap((line, i): Inline[] => (i === 0 ? line : [{ kind: 'break' }, ...line]));
}

/** The words alone, on one line. */
export function wordsOf(inlines: readonly Inline[]): string {
  const words = (parts: readonly Inline[]): string =>
    parts.map((part) => (part.kind === 'break' ? ' ' : part.kind === 'link' ? words(part.of) : part.text)).join('');
  return words(inlines).replace(/ +/g, ' ').trim();
}

/** A line of plain text, which no mark in it makes more of. */
export function plain(text: string): Inline[] {
  return [{ kind: 'text', text: visible(text).trim() }];
}

/** What a person sees of a text: controls, marks that turn its direction, and ends of lines are spaces. */
function visible(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ');
}

function blocksOf(tokens: readonly Token[]): Inline[][] {
  return tokens.flatMap((token): Inline[][] => {
    if (token.type === 'list') return token['items'].flatMap((item: Token) => blocksOf(childrenOf(item)));
    if (token.type === 'blockquote') return blocksOf(childrenOf(token));
    if (token.type === 'code') return [code(token['text'])];
    if (token.type === 'html') return [plain(token.raw)];
    return [inlinesOf(childrenOf(token))];
  });
}

function inlinesOf(tokens: readonly Token[]): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    if (token.type === 'codespan') return code(token['text']);
    if (token.type === 'br') return [{ kind: 'break' }];
    if (token.type === 'text') return textOf(decoded(token['text']));
    if (token.type === 'escape') return textOf(token['text']);
    if (token.type === 'html') return textOf(token.raw);
    const of = inlinesOf(childrenOf(token));
    const href = token.type === 'link' ? hrefOf(decoded(token['href'])) : undefined;
    return href === undefined || of.length === 0 ? of : [{ kind: 'link', href, of }];
  });
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

function textOf(text: string): Inline[] {
  return text === '' ? [] : [{ kind: 'text', text: visible(text) }];
}

/** Its spaces stand outside: a mark of code in Markdown cannot hold them at its ends. */
function code(text: string): Inline[] {
  const [, before = '', shown = '', after = ''] = /^( ?)(.*?)( ?)$/.exec(visible(text))!;
  return [...textOf(before), ...(shown === '' ? [] : [{ kind: 'code', text: shown } as const]), ...textOf(after)];
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Character references, of the named ones those of XML and the space; others stay as they are written. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g,
    (_all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name]!;
      const point = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
      return point === 0 || point > 0x10_ffff ? '\ufffd' : String.fromCodePoint(point);
    },
  );
}

/** Nothing is there: it only makes relative addresses whole. */
const BASE = 'https://relative.invalid';

/** Where a link may lead: `undefined` where that is no page, however its scheme is hidden. */
function hrefOf(text: string): string | undefined {
  const whole = URL.parse(text, BASE);
  if (text.trim() === '' || whole === null || !['http:', 'https:'].includes(whole.protocol)) return undefined;
  const href = Array.from(URL.parse(text)?.href ?? text.trim(), (character) =>
    /[A-Za-z0-9\-._~:/?#[\]@!$&'*+,;=%]/.test(character) ? character : encoded(character),
  ).join('');
  // Nobody else is to take the beginning of a relative address for a scheme.
  return /^(?:https?:\/\/|[^:/?#]*(?:[/?#]|$))/.test(href) ? href : undefined;
}

/** In per cent, also what URL escaping leaves and what closes a link. */
function encoded(character: string): string {
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

import { lexer, type Token } from 'marked';

/** What a person sees of a line: what cannot be seen, or turns the direction of text, counts as a space. */
export function seen(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .split(' ')
    .filter((word) => word !== '')
    .join(' ');
}

/** The words of a text in CommonMark, HTML in it as it is written. */
export function seenOfCommonMark(text: string): string {
  return seen(wordsOf(lexer(text, { gfm: false }), (html) => html));
}

/** The words of tokens, one after another. */
export function wordsOf(tokens: readonly Token[], htmlOf: (html: string) => string): string {
  return tokens
    .map((token) => {
      if (token.type === 'html') return htmlOf(token.raw) + (token['block'] === true ? ' ' : '');
      if (token.type === 'code') return `${token['text']} `;
      if (token.type === 'br') return ' ';
      if (token.type === 'codespan' || token.type === 'escape') return String(token['text']);
      if (token.type === 'text' && !('tokens' in token)) return referenced(token.text);
      if (token.type === 'list') return token['items'].map((item: Token) => wordsOf([item], htmlOf)).join(' ');
      if ('tokens' in token && token.tokens !== undefined) {
        const words = wordsOf(token.tokens, htmlOf);
        return ['paragraph', 'heading', 'list_item', 'blockquote'].includes(token.type) ? `${words} ` : words;
      }
      return '';
    })
    .join('');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function referenced(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp);|&#(\d+);/g, (_all, name?: string, point?: string) =>
    name === undefined ? String.fromCodePoint(Number(point)) : NAMED[name]!,
  );
}

/** Whether a link leads to a page of the web, or is relative: before its first `/`, `?` or `#` there is no colon. */
export function isPageLink(href: string): boolean {
  return /^[\w\-.~:/?#[\]@!$&'*+,;=%]+$/.test(href) && /^(?:https?:\/\/|[^:/?#]*(?:[/?#]|$))/.test(href);
}

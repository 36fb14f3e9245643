import { lexer, type Token, type Tokens } from 'marked';
import { strange, type FormatCheck } from '../check.js';
import { linesOf } from '../grammar.js';
import { isPageLink, seen, wordsOf } from '../plain-text.js';
import { needTold } from '../table-rows.js';

/** What a cell, a heading or an item of a list may be made of. */
const INLINE = ['text', 'escape', 'codespan', 'link', 'html', 'br'];

/** The words of a line that a person sees, where it has no more than words, code and links to pages. */
function words(tokens: readonly Token[]): string {
  return wordsOf(tokens.map(checked), (html) => (html === '<br>' ? ' ' : strange('HTML', html)));
}

function checked(token: Token): Token {
  if (!INLINE.includes(token.type)) strange('no part of a line', `${token.type} ${token.raw}`);
  if (token.type === 'link') {
    const href = String(token['href']);
    // A mail address in a text is made a link by whoever shows it.
    if (!isPageLink(href) && href !== `mailto:${token['text']}`) strange('a link', href);
  }
  for (const child of 'tokens' in token ? (token.tokens ?? []) : []) checked(child);
  return token;
}

/** Cells of a line, between bars that are not escaped. */
function cellCount(line: string): number {
  return line.replace(/\\./g, '').split('|').length - 2;
}

const NETWORKS = 'Network,Direction,Ports';
const NEEDS = ['Required', 'Conditional', 'Not Required', ''];

/** The needs that a table says, by task and mode. */
export function needsOfTable(
  heading: string,
  head: readonly string[],
  rows: readonly (readonly string[][])[],
): string[] {
  const hasTasks = head[0] === 'Task';
  const columns = hasTasks ? head.slice(1) : head;
  const far = columns.slice(0, 3).join() === NETWORKS ? 3 : 1;
  if (far === 1 && columns[0] !== 'Host') strange('another column', columns[0] ?? '');
  if (columns.at(-1) !== 'Description' || columns.length < far + 2) strange('no description', columns.join());
  const modes = columns.slice(far, -1);
  const seenRows = new Set<string>();
  return rows.flatMap((row) => {
    const key = JSON.stringify(row);
    if (seenRows.has(key)) strange('a row twice', key);
    seenRows.add(key);
    const cells = row.map((lines) => seen(lines.join(' ')));
    const tasks = hasTasks ? row[0]!.map(seen) : [''];
    const rest = hasTasks ? cells.slice(1) : cells;
    const needs = rest.slice(far, -1);
    const strangeNeed = needs.find((need) => !NEEDS.includes(need));
    if (strangeNeed !== undefined || needs.every((need) => need === '')) strange('no need', needs.join());
    const [side, description] = [rest.slice(0, far).join(' | '), rest.at(-1)!];
    return tasks.flatMap((task) =>
      modes.flatMap((mode, i) =>
        needs[i] === '' ? [] : [needTold(heading, task, [side, `${mode}: ${needs[i]}`, description].join(' | '))],
      ),
    );
  });
}

/** A title, a list of what it is of, then headings with tables. */
function read(body: string | Uint8Array): string[] {
  const lines = linesOf(body);
  const tokens = lexer(`${lines.join('\n')}\n`).filter(({ type }) => type !== 'space');
  const [title, about, ...rest] = tokens;
  if (title?.type !== 'heading' || title['depth'] !== 1) strange('no title', title?.raw ?? '');
  words(childrenOf(title));
  if (about?.type !== 'list') strange('no list', about?.raw ?? '');
  for (const item of (about as Tokens.List).items) {
    const [line, ...more] = item.tokens;
    if (line?.type !== 'text' || more.length > 0) strange('no line', item.raw);
    words(childrenOf(line));
  }
  if (rest.length === 1 && rest[0]!.raw.trim() === 'There are no requirements.') return [];
  if (rest.length === 0 || rest.at(-1)?.type !== 'table') strange('no table at the end', rest.at(-1)?.raw ?? '');
  let heading: string | undefined;
  let isUsed = true;
  return rest.flatMap((token) => {
    if (token.type === 'heading' && token['depth'] === 2 && isUsed) {
      heading = seen(words(childrenOf(token)));
      isUsed = false;
      return [];
    }
    if (token.type !== 'table' || heading === undefined) return strange('no table', token.raw);
    isUsed = true;
    const { header, rows, raw } = token as Tokens.Table;
    const [first = '', ...others] = raw.trimEnd().split('\n');
    for (const line of others) if (cellCount(line) !== cellCount(first)) strange('a cell more or less', line);
    const linesOfCell = (cell: Tokens.TableCell) => {
      const parts: Token[][] = [[]];
      for (const one of cell.tokens) {
        if (one.type === 'html' && one.raw === '<br>') parts.push([]);
        else parts.at(-1)!.push(one);
      }
      return parts.map((part) => words(part));
    };
    return needsOfTable(
      heading,
      header.map((cell) => seen(linesOfCell(cell).join(' '))),
      rows.map((row) => row.map(linesOfCell)),
    );
  });
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

export const markdownCheck: FormatCheck = {
  id: 'markdown',
  read,
  broken: {
    'a cell more': (body) => body.replace(/ Required \|/, ' Required | Required |'),
    'another word for a need': (body) => body.replace(/ Required \|/, ' Needed |'),
    HTML: (body) => body.replace(/ Required \|/, ' <b>Required</b> |'),
    'a script': (body) => body.replace(/^# .*/, '# <script>alert(1)</script>'),
    'a link that runs': (body) => body.replace(/\|\n$/, '[x](javascript:alert(1)) |\n'),
    'a picture': (body) => body.replace(/\|\n$/, '![x](https://a.com/x.png) |\n'),
    'a line between two tables': (body) => body.replace(/\n$/, '\n\nAnd all else is open.\n'),
    'a heading without a table': (body) => body.replace(/\n$/, '\n\n## More\n'),
    'a row twice': (body) => body.replace(/(\n\|[^\n]*\n)$/, '$1$1'.replace('\n', '')),
    'no end': (body) => body.trimEnd(),
  },
};

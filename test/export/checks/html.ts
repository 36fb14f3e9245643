import { parseXml, type XmlElement, type XmlNode, type XmlText } from '@rgrove/parse-xml';
import { failureOf, strange, type FormatCheck } from '../check.js';
import { linesOf } from '../grammar.js';
import { isPageLink, seen } from '../plain-text.js';
import { needsOfTable } from './markdown.js';

/** What an element may hold, and the attributes that it has; `#` is text. */
const ELEMENTS: Readonly<Record<string, { readonly holds: readonly string[]; readonly has: readonly string[] }>> = {
  html: { holds: ['head', 'body'], has: ['lang'] },
  head: { holds: ['meta', 'title'], has: [] },
  meta: { holds: [], has: ['charset'] },
  title: { holds: ['#'], has: [] },
  body: { holds: ['h1', 'ul', 'h2', 'table', 'p'], has: [] },
  h1: { holds: ['#'], has: [] },
  h2: { holds: ['#'], has: [] },
  p: { holds: ['#'], has: [] },
  ul: { holds: ['li'], has: [] },
  li: { holds: ['#'], has: [] },
  table: { holds: ['thead', 'tbody'], has: [] },
  thead: { holds: ['tr'], has: [] },
  tbody: { holds: ['tr'], has: [] },
  tr: { holds: ['th', 'td'], has: [] },
  th: { holds: ['#'], has: ['scope'] },
  td: { holds: ['#', 'a', 'code', 'br'], has: [] },
  a: { holds: ['#', 'code', 'br'], has: ['href'] },
  code: { holds: ['#'], has: [] },
  br: { holds: [], has: [] },
};

/** The elements of an element, in which there is nothing that there should not be. */
function elementsOf(element: XmlElement): XmlElement[] {
  const rules = ELEMENTS[element.name] ?? strange('an element', element.name);
  if (Object.keys(element.attributes).join() !== rules.has.join()) strange('attributes', element.name);
  const { href } = element.attributes;
  if (href !== undefined && !isPageLink(href)) strange('a link', href);
  return element.children.filter(isMeant).flatMap((node) => {
    const name = node.type === 'element' ? (node as XmlElement).name : node.type === 'text' ? '#' : node.type;
    if (!rules.holds.includes(name)) strange(`not in ${element.name}`, name);
    if (name === '#') return [];
    elementsOf(node as XmlElement);
    return [node as XmlElement];
  });
}

/** Not an end of line between two elements. */
function isMeant(node: XmlNode): boolean {
  return !(node.type === 'text' && (node as XmlText).text.trim() === '');
}

/** The lines of a cell, between its breaks. */
function linesOfCell({ children }: XmlElement): string[] {
  const lines = [''];
  for (const node of children) {
    if (node.type === 'element' && (node as XmlElement).name === 'br') lines.push('');
    else lines.push(`${lines.pop()}${node.type === 'text' ? (node as XmlText).text : (node as XmlElement).text}`);
  }
  return lines;
}

/** A page of headings with tables, and nothing else in it. It is read as XML. */
function read(body: string | Uint8Array): string[] {
  const [doctype, ...lines] = linesOf(body);
  if (doctype !== '<!DOCTYPE html>') strange('no document type', doctype ?? '');
  const { root } = parseXml(lines.join('\n'));
  if (root?.name !== 'html') strange('no page', root?.name ?? '');
  const [head, page, ...more] = elementsOf(root);
  if (head?.name !== 'head' || page?.name !== 'body' || more.length > 0) strange('no page', '');
  if (
    elementsOf(head)
      .map(({ name }) => name)
      .join() !== 'meta,title'
  )
    strange('another head', head.text);
  const [title, about, ...rest] = elementsOf(page);
  if (title?.name !== 'h1' || about?.name !== 'ul') strange('no title', title?.name ?? '');
  if (rest.length === 1 && rest[0]!.name === 'p' && rest[0]!.text === 'There are no requirements.') return [];
  if (rest.at(-1)?.name !== 'table') strange('no table at the end', rest.at(-1)?.name ?? '');
  let heading: string | undefined;
  return rest.flatMap((element, i) => {
    if (element.name === 'h2' && rest[i + 1]?.name === 'table') {
      heading = seen(element.text);
      return [];
    }
    if (element.name !== 'table' || heading === undefined) return strange('no table', element.name);
    const [top, rows, ...others] = elementsOf(element);
    if (top?.name !== 'thead' || rows?.name !== 'tbody' || others.length > 0) strange('no table', element.text);
    const [columns = [], ...extra] = elementsOf(top).map(elementsOf);
    if (extra.length > 0 || columns.some(({ name }) => name !== 'th')) strange('no columns', top.text);
    return needsOfTable(
      heading,
      columns.map((column) => seen(column.text)),
      elementsOf(rows).map((row) => {
        const cells = elementsOf(row);
        if (cells.length !== columns.length || cells.some(({ name }) => name !== 'td'))
          strange('other cells', row.text);
        return cells.map(linesOfCell);
      }),
    );
  });
}

export const htmlCheck: FormatCheck = {
  id: 'html',
  read,
  broken: {
    'an element that is not closed': (body) => body.replace('</table>', ''),
    'a bare ampersand': (body) => body.replace('<h1>', '<h1>a & <'),
    'an unknown element': (body) => body.replace('<td>Required</td>', '<td><gate>Required</gate></td>'),
    'an unknown attribute': (body) => body.replace('<td>Required</td>', '<td needed="yes">Required</td>'),
    'no title': (body) => body.replace(/<title>.*<\/title>\n/, ''),
    'a script': (body) => body.replace('</h1>', '</h1><script>alert(1)</script>'),
    'a link that runs': (body) => body.replace(/<\/td><\/tr>/, '<a href="javascript:alert(1)">x</a></td></tr>'),
    'a cell more': (body) => body.replace('<td>Required</td>', '<td>Required</td><td>Required</td>'),
    'another word for a need': (body) => body.replace('<td>Required</td>', '<td>Needed</td>'),
    'no end': (body) => body.replace('</body>\n</html>\n', ''),
  },
  tools: [
    {
      name: 'tidy',
      needs: ['tidy'],
      refusal: (file) => failureOf('tidy', ['-e', '-q', file]),
      // All of it is good HTML; it is what nobody asked for. A page may leave out its last end tags.
      blindTo: ['a script', 'a link that runs', 'a cell more', 'another word for a need', 'no end'],
    },
  ],
};

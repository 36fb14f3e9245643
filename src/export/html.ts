import { plain, wordsOf, type Inline } from './commonmark.js';
import { escapeHtml } from './escape-html.js';
import type { Exporter } from './exporter.js';
import { requirementTables, type RequirementTable } from './requirement-tables.js';
import { EVERYTHING } from './supports.js';

/**
 * The tables of the vendor's document as a page that needs nothing else: no script, no style, no picture. It is XML as
 * well, for tools that read it.
 * Source: HTML Living Standard, section 4.9.
 */
export const html: Exporter = {
  id: 'html',
  title: 'Tables in HTML',
  mediaType: 'text/html; charset=utf-8',
  extension: 'html',
  kind: 'table',
  supports: EVERYTHING,
  limits: [],
  options: [],
  canBeEmpty: true,
  render({ catalog, requirements, header: [, ...header] }) {
    const title = plain(catalog.title);
    const sections = requirementTables({ catalog, requirements });
    return [
      '<!DOCTYPE html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8"/>',
      `<title>${escapeHtml(wordsOf(title))}</title>`,
      '</head>',
      '<body>',
      `<h1>${htmlOf(title)}</h1>`,
      ...(header.length === 0 ? [] : ['<ul>', ...header.map((line) => `<li>${htmlOf(plain(line))}</li>`), '</ul>']),
      ...(sections.length === 0 ? ['<p>There are no requirements.</p>'] : []),
      ...sections.flatMap(({ heading, tables }) => [`<h2>${htmlOf(heading)}</h2>`, ...tables.flatMap(tableLines)]),
      '</body>',
      '</html>',
      '',
    ].join('\n');
  },
};

function tableLines({ columns, rows }: RequirementTable): string[] {
  return [
    '<table>',
    '<thead>',
    `<tr>${columns.map((column) => `<th scope="col">${htmlOf(column)}</th>`).join('')}</tr>`,
    '</thead>',
    '<tbody>',
    ...rows.map((cells) => `<tr>${cells.map((cell) => `<td>${htmlOf(cell)}</td>`).join('')}</tr>`),
    '</tbody>',
    '</table>',
  ];
}

function htmlOf(inlines: readonly Inline[]): string {
  return inlines
    .map((part) => {
      if (part.kind === 'break') return '<br/>';
      if (part.kind === 'link') return `<a href="${escapeHtml(part.href)}">${htmlOf(part.of)}</a>`;
      return part.kind === 'code' ? `<code>${escapeHtml(part.text)}</code>` : escapeHtml(part.text);
    })
    .join('');
}

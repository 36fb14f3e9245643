import { markdownTable } from 'markdown-table';
import { plain, type Inline } from './commonmark.js';
import type { Exporter } from './exporter.js';
import { requirementTables } from './requirement-tables.js';
import { EVERYTHING } from './supports.js';

/**
 * The tables of the vendor's document, in GitHub's Markdown.
 * Source: GitHub Flavored Markdown 0.29, section 4.10.
 */
export const markdown: Exporter = {
  id: 'markdown',
  title: 'Tables in Markdown',
  mediaType: 'text/markdown; charset=utf-8',
  extension: 'md',
  kind: 'table',
  supports: EVERYTHING,
  limits: [],
  options: [],
  canBeEmpty: true,
  render({ catalog, requirements, header: [, ...header] }) {
    const sections = requirementTables({ catalog, requirements });
    const blocks = [
      `# ${markdownOf(plain(catalog.title))}`,
      header.map((line) => `- ${markdownOf(plain(line))}`).join('\n'),
      ...(sections.length === 0 ? ['There are no requirements.'] : []),
      ...sections.flatMap(({ heading, tables }) => [
        `## ${markdownOf(heading)}`,
        ...tables.map(({ columns, rows }) =>
          // Not aligned: a longer cell changes its own line alone.
          markdownTable(
            [columns, ...rows].map((cells) => cells.map(markdownOf)),
            { alignDelimiters: false },
          ),
        ),
      ]),
    ];
    return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
  },
};

function markdownOf(inlines: readonly Inline[]): string {
  return inlines
    .map((part) => {
      if (part.kind === 'break') return '<br>';
      if (part.kind === 'link') return `[${markdownOf(part.of)}](${part.href.replaceAll('&', String.raw`\&`)})`;
      // A code span has no escape for these.
      return part.kind === 'code' && !/[`|\\]/.test(part.text) ? `\`${part.text}\`` : escaped(part.text);
    })
    .join('');
}

/** Text of which no character means more than itself, nor is made a link because it looks like one. */
function escaped(text: string): string {
  return (
    text
      .replace(/[\\`*_[\]<>&|~#$]/g, String.raw`\$&`)
      // Before a link it would make a picture of it.
      .replace(/!$/, String.raw`\!`)
      .replaceAll('://', String.raw`\://`)
      .replace(/www\./gi, (start) => `${start.slice(0, -1)}\\.`)
  );
}

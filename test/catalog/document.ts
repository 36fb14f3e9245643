import { readFileSync } from 'node:fs';

/** The document that the catalog that ships was written from. */
export const SOURCE = readFileSync(new URL('../fixtures/firewalls.md', import.meta.url), 'utf8');

/** Every place where the catalog words something otherwise than the document: misprints, nothing else. */
export const CORRECTIONS: readonly (readonly [misprint: string, meant: string])[] = [
  ['pacakge', 'package'],
  ['maintence', 'maintenance'],
  ['install script that used in', 'install script that is used in'],
  ['license sync check and used to', 'license sync check and is used to'],
];

export interface Section {
  /** `null` before the first heading. */
  readonly title: string | null;
  readonly paragraphs: string[];
  /** Each row of its tables by the names of the columns. */
  readonly rows: Record<string, string>[];
}

/** The document's front matter, and its text by section. */
export function readDocument(): {
  readonly front: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
} {
  const corrected = CORRECTIONS.reduce((text, [misprint, meant]) => text.replace(misprint, meant), SOURCE);
  const [, frontText = '', body = ''] = corrected.split(/^---$/m);
  const front = Object.fromEntries(
    frontText
      .trim()
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const sections: Section[] = [{ title: null, paragraphs: [], rows: [] }];
  for (const block of body.split(/\n\s*\n|\n(?=#)|(?<=^#.*)\n/m)) {
    const text = block.trim();
    const section = sections.at(-1)!;
    if (text === '') continue;
    if (text.startsWith('## ')) sections.push({ title: text.slice(3), paragraphs: [], rows: [] });
    else if (text.startsWith('|')) section.rows.push(...readTable(text));
    else section.paragraphs.push(fold(text));
  }
  return { front, sections };
}

function readTable(text: string): Record<string, string>[] {
  const [head = [], , ...rows] = text.split('\n').map((line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i] ?? '', cell])));
}

export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

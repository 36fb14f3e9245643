import { describe, expect, it } from 'vitest';
import { exportOf } from '../../src/export/exported.js';
import { markdown } from '../../src/export/markdown.js';
import { readDocument } from '../catalog/document.js';
import { FIXTURES, questionOf } from './fixtures.js';

const { sections } = readDocument();
const shipped = FIXTURES.find(({ name }) => name === 'shipped')!;
const body = String(exportOf(shipped.snapshot, questionOf(shipped, markdown)).body);

/** Each row of the tables under each heading, by the names of the columns, as it is written. */
const exported = body
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [title = '', ...lines] = section.split('\n');
    const [head = [], , ...rows] = lines
      .filter((line) => line.startsWith('|'))
      .map((line) => line.slice(2, -2).split(' | '));
    return { title, rows: rows.map((cells) => Object.fromEntries(head.map((column, i) => [column, cells[i]]))) };
  });

/** The document marks its needs with pictures as well. */
function withoutPictures(row: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cell.replace(/<i [^>]*\/> /, '')]));
}

describe('the Markdown of the catalog that ships', () => {
  it('has the headings of the document, in its order, and no other', () => {
    expect(exported.map(({ title }) => title)).toEqual(sections.slice(1).map(({ title }) => title));
  });

  it('has every table of the document: the same columns, rows and words, and no other', () => {
    const tables = sections.filter(({ rows }) => rows.length > 0);
    expect(tables.map(({ rows }) => rows.length)).toEqual([4, 5, 2]);
    expect(exported.slice(1)).toEqual(tables.map(({ title, rows }) => ({ title, rows: rows.map(withoutPictures) })));
    expect(exported.slice(1).map(({ rows }) => Object.keys(rows[0]!))).toEqual(
      tables.map(({ rows }) => Object.keys(rows[0]!)),
    );
  });

  it('has the rules for ports under their heading, in the words of the document', () => {
    const [rules] = exported;
    expect(rules!.rows.map((row) => [row['Ports'], row['Direction'], row['Online Installation']])).toEqual([
      ['TCP 8800', 'inbound/outbound', 'Required'],
      ['TCP 9870-9880', 'inbound/outbound', 'Required'],
    ]);
    expect(rules!.rows.map((row) => row['Airgap Installation'])).toEqual(['Required', 'Required']);
    expect(rules!.rows.map((row) => row['Description'])).toEqual(sections[1]!.paragraphs);
  });

  it('has nothing else but its title and what it is of', () => {
    const rest = body.split('\n').filter((line) => line !== '' && !/^(?:\||## )/.test(line));
    expect(rest).toEqual([
      '# Replicated',
      '- Selection: product=replicated status=current,retiring',
      '- As of revision 1, 2026-01-01T00:00:00.000Z',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MATRIX, type Place } from './matrix.js';

const ROWS = 86;
const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const written = (title: string) => [`'${title}`, `"${title}`, `\`${title}`];

/** Whether a test, or a group of tests, begins its title so. */
const holds = ([file, title]: Place) => {
  const text = readFileSync(pathOf(file), 'utf8');
  return written(title).some((start) => text.includes(start));
};
const tested = MATRIX.flatMap((row) => ('tests' in row ? row.tests.map((place) => ({ row: row.row, place })) : []));

it('every row is there once, in order', () => {
  expect(MATRIX.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, i) => i + 1));
});

it('every row has a test, or says in a sentence why not', () => {
  const silent = MATRIX.filter((row) => {
    if ('tests' in row) return row.tests.length === 0;
    return !/^[A-Z].*\.$/.test(row.notBuilt);
  });
  expect(silent).toEqual([]);
});

it.each(tested)('row $row is tested by $place', ({ place }) => {
  expect(place).toSatisfy(holds);
});

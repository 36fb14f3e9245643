import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Fault } from './fault.ts';

const written = (what: string, of: (text: string) => string): Fault => ({
  row: 59,
  what: `a catalog that ${what}`,
  at: 'catalog',
  edit: (file, text) => writeFile(file, of(text)),
});

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
  .split('')
  .map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefg'[i]}`).join(', ')}]\n`)
  .join('')}`;

/** What may be done to the file of a catalog. Source: the matrix of faults, row 59. */
export const CATALOG_FAULTS: readonly Fault[] = [
  written('is no YAML', (text) => `${text}\n\t]: [`),
  written('is half there', (text) => text.slice(0, Math.floor(text.length / 2))),
  written('is empty', () => ''),
  written('names an endpoint that is not there', (text) =>
    text.replace('endpoint: docker-hub', 'endpoint: docker-hubb'),
  ),
  written('has a port that is none', (text) => text.replace('tcp: 8800', 'tcp: 880000')),
  written('has a bomb of aliases', (text) => `${text}\n${BOMB}`),
  written('has a NUL', (text) => text.replace('product:', 'product\u0000:')),
  written('is another product', (text) => text.replace('product: replicated', 'product: other')),
  { row: 59, what: 'a catalog that is deleted', at: 'catalog', edit: (file) => rm(file) },
  {
    row: 59,
    what: 'a catalog that is a folder',
    at: 'catalog',
    async edit(file) {
      await rm(file);
      await mkdir(file);
    },
  },
];

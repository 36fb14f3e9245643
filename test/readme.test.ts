import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTINGS } from '../src/settings.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const scripts = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { scripts: object })
  .scripts;

it('the settings table is the one of the code', () => {
  const rows = Object.entries(SETTINGS).map(
    ([name, { fallback, about, allowed }]) =>
      `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${about} | ${allowed} |`,
  );
  const table = ['| setting | default | what it is | allowed |', '|---|---|---|---|', ...rows].join('\n');
  const committed = /<!-- settings:[^>]*-->\n([\s\S]*?)\n?<!-- \/settings -->/.exec(readme)?.[1];
  expect(committed).toBe(table);
});

it('every npm script that it names exists', () => {
  const named = [...readme.matchAll(/npm run (\w+)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it('every path of the project that it names exists', () => {
  const paths = [...readme.matchAll(/`((?:src|schema|catalogs|test)\/[\w./-]*)`/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths)
    expect(() => readFileSync(new URL(`../${path}`, import.meta.url)), path).not.toThrow(/ENOENT/);
});

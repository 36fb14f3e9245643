import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { nameOption } from '../../src/export/name-option.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that is written in a file. */
function expressionsIn(file: string): Expression[] {
  const tree = ts.createSourceFile(file, readFileSync(path.join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ where: `${file}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Every pattern of a JSON schema, as Ajv reads it. */
function patternsIn(value: unknown, where: string): Expression[] {
  return Object.entries(Object(value) as object).flatMap(([name, member]): Expression[] =>
    name === 'pattern' && typeof member === 'string'
      ? [{ where, source: member, flags: 'u' }]
      : typeof member === 'object'
        ? patternsIn(member, where)
        : [],
  );
}

const SCHEMAS = ['catalog.schema.json', 'upstream.schema.json', 'openapi.json'];
const ofSchemas = SCHEMAS.flatMap((file) =>
  patternsIn(JSON.parse(readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8')), file),
);
/** The one that is made of a number. */
const { source, flags } = nameOption(63).pattern;
const all = [...files.flatMap(expressionsIn), ...ofSchemas, { where: 'export/name-option.ts', source, flags }];

it('row 75: there are expressions to look at, and a bad one is found', async () => {
  expect(all.length).toBeGreaterThan(50);
  expect((await check('^(a|a)*$', '')).status).toBe('vulnerable');
});

it.each(all)(
  'row 75: $where takes time that grows no faster than its text: /$source/$flags',
  { timeout: 30_000 },
  async ({ source, flags }) => {
    expect((await check(source, flags, { timeout: 20_000 })).status).toBe('safe');
  },
);

it('row 75: no other expression is made while the service runs', () => {
  const made = files.filter((file) => /\bnew RegExp\(|[^.\w]RegExp\(/.test(readFileSync(path.join(SRC, file), 'utf8')));
  expect(made).toEqual(['export/name-option.ts']);
});

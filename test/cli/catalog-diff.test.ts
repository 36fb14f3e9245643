import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogDiff } from '../../src/cli/catalog-diff.js';
import { SMALL, SMALL_ROW, small } from '../catalog/own.js';
import { gatepost, said } from './program.js';

let folder: string;
const file = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-diff-'));
  const endpoints = { ...SMALL.endpoints, 'b.com': { kind: 'host', from: '2099-01-01' } };
  const requirements = [
    { ...SMALL_ROW, ports: [{ tcp: '8443-8450' }] },
    { ...SMALL_ROW, endpoint: 'b.com', description: 'B.' },
  ];
  await writeFile(file('old.yaml'), small());
  await writeFile(file('same.yaml'), `# Only a comment.\n${small()}`);
  await writeFile(file('new.yaml'), small({ title: 'Our own', endpoints, requirements }));
  await writeFile(file('other.yaml'), small({ product: 'other' }));
  await writeFile(file('broken.yaml'), small({ tittle: 'Own' }));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what differs between two catalogs', () => {
  it('is a table: what is to be done, and by when', async () => {
    expect(await said(['catalog', 'diff', file('old.yaml'), file('new.yaml')])).toBe(
      [
        'CHANGE    WHAT                                          WHY        BY NAME  BY ADDRESS  ACT BY',
        'modified  catalog: title                                text       none     none',
        'added     catalog: endpoints b.com                      text       none     none',
        'added     requirement own/install/online/b.com          announced  open     none        2099-01-01T00:00:00Z',
        'added     port own/install/online/a.com: tcp 8443-8450  widened    open     none        now',
        'removed   port own/install/online/a.com: tcp 443        narrowed   close    none',
        '',
      ].join('\n'),
    );
  });

  it('is JSON, as /changes has it', async () => {
    const found = JSON.parse(
      await said(['catalog', 'diff', file('old.yaml'), file('new.yaml'), '--json']),
    ) as CatalogDiff;
    expect(found.product).toBe('own');
    expect(found.changes.map(({ subject, reason }) => `${subject} ${reason}`)).toEqual([
      'catalog text',
      'catalog text',
      'requirement announced',
      'port widened',
      'port narrowed',
    ]);
  });

  it('is nothing where only the text of the file differs', async () => {
    expect(await said(['catalog', 'diff', file('old.yaml'), file('same.yaml')])).toBe(
      'Nothing that is answered is different.\n',
    );
  });

  it('is not told of two products', async () => {
    const { code, stdout, stderr } = await gatepost(['catalog', 'diff', file('old.yaml'), file('other.yaml')]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `${file('old.yaml')} is of the product "own" and ${file('other.yaml')} of "other". Only catalogs of one product are compared.\n`,
    );
  });

  it.each([['old.yaml', 'broken.yaml'] as const, ['broken.yaml', 'old.yaml'] as const])(
    'is not told of %s and %s, one of which does not load',
    async (before, after) => {
      const { code, stdout, stderr } = await gatepost(['catalog', 'diff', file(before), file(after)]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('broken.yaml:1:');
      expect(stderr).toContain('"tittle" is no member here. Did you mean "title"?');
    },
  );
});

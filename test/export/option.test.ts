import { describe, expect, it } from 'vitest';
import { optionValues, parseOptions, type ExportOption } from '../../src/export/option.js';

const OPTIONS: readonly ExportOption[] = [
  { name: 'table', type: 'text', pattern: /^[a-z]+$/, default: 'own', description: 'A table.' },
  { name: 'priority', type: 'whole-number', least: 100, most: 4096, default: 200, description: 'The first.' },
];
const read = (given: Readonly<Record<string, readonly string[]>>) =>
  parseOptions(OPTIONS, new Map(Object.entries(given)));

describe('the options of a format', () => {
  it('have their defaults', () => {
    const { chosen, faults } = read({});
    expect(faults).toEqual([]);
    expect([...chosen]).toEqual([
      ['table', 'own'],
      ['priority', 200],
    ]);
    const values = optionValues(chosen);
    expect([values.text('table'), values.number('priority')]).toEqual(['own', 200]);
    expect(() => values.text('other')).toThrow('the format has no option other');
  });

  it('are chosen', () => {
    expect([...read({ priority: ['4096'], table: ['mine'] }).chosen.values()]).toEqual(['mine', 4096]);
  });

  it.each([
    [
      { table: ['Own'] },
      'malformed-value',
      '"Own" is not a value of the parameter "table". It takes text like own (^[a-z]+$).',
    ],
    [{ table: ['a\nb'] }, 'malformed-value', 'It takes text like own'],
    [{ table: [''] }, 'malformed-value', 'It takes text like own'],
    [{ table: ['a', 'b'] }, 'repeated-parameter', 'The parameter "table" can be given once.'],
    [{ priority: ['99'] }, 'malformed-value', 'It takes 100…4096.'],
    [{ priority: ['4097'] }, 'malformed-value', 'It takes 100…4096.'],
    [{ priority: ['1e3'] }, 'malformed-value', 'It takes 100…4096.'],
    [{ priority: ['-200'] }, 'malformed-value', 'It takes 100…4096.'],
    [{ tabel: ['a'] }, 'unknown-parameter', 'This format has no option "tabel". Did you mean "table"?'],
    [{ other: ['a'] }, 'unknown-parameter', 'This format has no option "other". Allowed: table, priority.'],
  ])('are not %j', (given, code, message) => {
    const { faults } = read(given);
    expect(faults.map((fault) => fault.code)).toEqual([code]);
    expect(faults[0]!.message).toContain(message);
  });

  it('may be none', () => {
    expect(parseOptions([], new Map([['a', ['b']]])).faults[0]!.message).toBe(
      'This format has no option "a". It has none.',
    );
  });
});

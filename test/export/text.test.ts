import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commented } from '../../src/export/comment.js';
import { label, plainLabel, type LabelRules } from '../../src/export/text.js';
import { HOSTILE } from './fixtures.js';

const PLAIN = plainLabel(40);
const WIDE: LabelRules = { bytes: 7, allow: /[\p{L} ]/u };

describe('a label', () => {
  it.each<[text: string, rules: LabelRules, label: string]>([
    ['api.example.com', PLAIN, 'api.example.com'],
    ['  a \t b  ', PLAIN, 'a b'],
    ['a"b\nc', PLAIN, 'a b c'],
    ['a;b', PLAIN, 'a b'],
    ['"""', PLAIN, ''],
    ['', PLAIN, ''],
    ['x'.repeat(50), PLAIN, 'x'.repeat(40)],
    [`${'x'.repeat(39)} y`, PLAIN, 'x'.repeat(39)],
    ['äöüß', WIDE, 'äöü'],
    // Two marks that make one letter are one.
    ['a\u0308', WIDE, 'ä'],
    ['€€€', { bytes: 7, allow: /€/u }, '€€'],
    ['𝒳𝒳', { bytes: 7, allow: /𝒳/u }, '𝒳'],
  ])('of %j is %j', (text, rules, expected) => {
    expect(label(text, rules)).toBe(expected);
  });

  it('is one line of what is allowed, no longer than it may be, whatever the text', () => {
    const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, bytes) => {
        const made = label(text, plainLabel(bytes));
        expect(made).toMatch(/^(?:[\w.:/()#,@+=*-]+(?: [\w.:/()#,@+=*-]+)*)?$/);
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(bytes);
        expect(label(made, plainLabel(bytes))).toBe(made);
      }),
    );
  });
});

describe('comments', () => {
  it('are a line each, and none of what says nothing', () => {
    expect(commented(['One', 'two\nthree', '"'], '!')).toEqual(['! One', '! two three']);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectName } from '../../src/export/object-name.js';

const RULES = { length: 31, allow: /[.]/ };

describe('the name of an object', () => {
  it.each([
    ['api.example.com', 'gp-api.example.com'],
    ['2001:db8::1', 'gp-2001-db8--1-4f1b8ad3'],
    ['2001-db8--1', 'gp-2001-db8--1'],
  ])('of %s is told from others', (content, name) => {
    expect(objectName('gp-', content, RULES).slice(0, name.length - 8)).toBe(name.slice(0, -8));
  });

  it('is of characters that are taken, not too long, and another for other content', () => {
    const anyContent = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('a:b', 'a-b', 'a b', 'x'.repeat(60)));
    fc.assert(
      fc.property(anyContent, anyContent, (one, other) => {
        const names = [one, other].map((content) => objectName('gp-', content, RULES));
        expect(names[0]).toMatch(/^gp-[A-Za-z0-9.-]{0,28}$/);
        expect(names[0] === names[1]).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });
});

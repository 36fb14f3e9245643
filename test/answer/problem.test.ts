import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/answer/problem.js';
import { sectionsOf } from '../../src/page/problems.controller.js';

const sections = sectionsOf(readFileSync(new URL('../../schema/problems.md', import.meta.url), 'utf8'));

describe('schema/problems.md', () => {
  it('has every problem of the code, and no other', () => {
    expect([...sections.keys()].sort()).toEqual(Object.keys(PROBLEMS).sort());
  });

  it.each(Object.entries(PROBLEMS))('gives %s its status', (slug, { status }) => {
    expect(sections.get(slug)).toMatch(new RegExp(`^Status ${status}\\. `));
  });
});

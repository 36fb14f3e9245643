import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/model/nearest.js';

describe('the nearest name', () => {
  it.each([
    ['upgrad', 'upgrade', 'a letter is missing'],
    ['upgradee', 'upgrade', 'a letter is too many'],
    ['upgrsde', 'upgrade', 'a letter is wrong'],
    ['ugprade', 'upgrade', 'two letters are swapped'],
    ['UPGRADE', 'upgrade', 'only the case differs'],
    ['upgrade', 'upgrade', 'it is the same'],
    ['instal', 'install', 'a letter is missing at the end'],
    ['app-instal', 'app-install', 'the closer one wins'],
    ['runs', 'run', 'a short word may have one letter wrong'],
  ])('to %s is %s: %s', (text, expected) => {
    expect(nearest(text, ['install', 'app-install', 'upgrade', 'run'])).toBe(expected);
  });

  it.each(['delete', 'xyz', 'up', 'pugarde-now', ''])('to %j is none, since none is close', (text) => {
    expect(nearest(text, ['install', 'app-install', 'upgrade', 'run'])).toBeNull();
  });

  it.each([
    ['abcdefgx', 'abcdefgh', 'one of eight'],
    ['abcdefxx', 'abcdefgh', 'a quarter of eight'],
    ['abx', 'abc', 'one of a short word'],
    ['admin-net', 'admin-network', 'a third, where one begins with the other'],
    ['task[]', 'task', 'a third, where one begins with the other'],
  ])('%s may be %s: %s differs', (text, meant) => {
    expect(nearest(text, [meant])).toBe(meant);
  });

  it.each([
    ['abcdexxx', 'abcdefgh'],
    ['axx', 'abc'],
    ['ax', 'ab'],
    ['offline', 'online'],
    ['admin', 'admin-network'],
  ])('%s is not %s', (text, other) => {
    expect(nearest(text, [other])).toBeNull();
  });

  it('is the earlier of two that are equally close', () => {
    expect(nearest('host-c', ['host-a', 'host-b'])).toBe('host-a');
    expect(nearest('host-c', ['host-b', 'host-a'])).toBe('host-b');
  });

  it('keeps the case of the candidate', () => {
    expect(nearest('docker hub', ['DOCKER HUB'])).toBe('DOCKER HUB');
  });

  it('counts a swap as one slip, not two', () => {
    expect(nearest('tpc', ['tcp'])).toBe('tcp');
  });

  it('is none where there are no candidates', () => {
    expect(nearest('run', [])).toBeNull();
  });

  it('looks at no more than the first 256 letters of what was asked', () => {
    expect(nearest('a'.repeat(100_000), ['a'.repeat(256)])).toBe('a'.repeat(256));
  });

  const word = fc.stringMatching(/^[a-z]{4,12}$/);

  it('finds any word again after one slip', () => {
    const slip = fc.tuple(word, fc.nat(), fc.constantFrom('drop', 'double', 'replace', 'swap'));
    fc.assert(
      fc.property(slip, ([wanted, at, kind]) => {
        const i = at % (wanted.length - 1);
        const [before, a, b, after] = [wanted.slice(0, i), wanted[i]!, wanted[i + 1]!, wanted.slice(i + 2)];
        const typed = { drop: before + b, double: before + a + a + b, replace: `${before}-${b}`, swap: before + b + a };
        expect(nearest(typed[kind] + after, ['0123456789', wanted])).toBe(wanted);
      }),
    );
  });

  const most = (a: string, b: string) => {
    const length = Math.max(a.length, b.length);
    if (a.startsWith(b) || b.startsWith(a)) return length / 3;
    return length < 3 ? 0 : Math.max(1, length / 4);
  };

  it('agrees with the distance written out plainly', () => {
    const text = fc.stringMatching(/^[ab]{1,7}$/);
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 5 }), (wanted, candidates) => {
        const close = candidates
          .map((candidate) => ({ candidate, distance: plainDistance(wanted, candidate) }))
          .filter(({ candidate, distance }) => distance <= most(wanted, candidate))
          .sort((a, b) => a.distance - b.distance);
        expect(nearest(wanted, candidates)).toBe(close[0]?.candidate ?? null);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Optimal string alignment, straight from its definition. */
function plainDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const cut = (text: string, by: number) => text.slice(0, text.length - by);
  const ways = [
    plainDistance(cut(a, 1), b) + 1,
    plainDistance(a, cut(b, 1)) + 1,
    plainDistance(cut(a, 1), cut(b, 1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(plainDistance(cut(a, 2), cut(b, 2)) + 1);
  }
  return Math.min(...ways);
}

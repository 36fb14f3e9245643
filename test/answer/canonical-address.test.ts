import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAddress } from '../../src/answer/canonical-address.js';

describe('the form of an address', () => {
  it.each([
    ['/requirements?task=upgrade&mode=online', '/requirements?mode=online&task=upgrade'],
    ['/requirements?task=upgrade,install', '/requirements?task=install&task=upgrade'],
    ['/requirements?task=upgrade', '/requirements?task=%75pgrade'],
    ['/exports/edl?fill=a:b&port=443', '/exports/edl?port=443&fill=a:b'],
  ])('is one for %s and %s', (one, other) => {
    expect(canonicalAddress(one)).toBe(canonicalAddress(other));
  });

  it.each([
    ['/requirements?task=upgrade', '/requirements?task=upgrade,upgrade'],
    ['/requirements?task=upgrade', '/hosts?task=upgrade'],
    ['/lookup?q=a,b', '/lookup?q=a&q=b'],
    ['/exports/edl?fill=a:b&fill=c:d', '/exports/edl?fill=c:d&fill=a:b'],
    ['/requirements?task=a&mode=b', '/requirements?task=b&mode=a'],
    ['/requirements?task=a%2Cb', '/requirements?task%3Da%2Cb'],
    ['/lookup?q=a%26r%3Db', '/lookup?q=a&r=b'],
  ])('tells %s and %s apart', (one, other) => {
    expect(canonicalAddress(one)).not.toBe(canonicalAddress(other));
  });

  it.each(['/requirements', '/requirements?task=%ff', '/requirements?task=%00', '/requirements?task=%zz'])(
    'is %s itself where there is nothing to read, or nothing that can be read',
    (url) => {
      expect(canonicalAddress(url)).toBe(url);
    },
  );

  it('is the same for any order of parameters, and of values in a list', () => {
    const name = fc.constantFrom('task', 'mode', 'port', 'family');
    const pairs = fc.array(fc.tuple(name, fc.constantFrom('a', 'b', 'c d', 'é')), { minLength: 1, maxLength: 8 });
    const shuffled = pairs.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const queryOf = (all: readonly (readonly [string, string])[]) =>
      `/hosts?${all.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(canonicalAddress(queryOf(other))).toBe(canonicalAddress(queryOf(one)));
      }),
    );
  });
});

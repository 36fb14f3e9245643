import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, compareText, plainJson, sha256, withoutOrder, type Json } from '../../src/model/canonical.js';

describe('canonical JSON', () => {
  it.each<[Json, string]>([
    [null, 'null'],
    [true, 'true'],
    ['', '""'],
    [[], '[]'],
    [{}, '{}'],
    [-0, '0'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [4.5, '4.5'],
    [Number('333333333.33333329'), '333333333.3333333'],
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    [[3, 1, 2], '[3,1,2]'],
    [{ b: [{ d: 1, c: 2 }], a: null }, '{"a":null,"b":[{"c":2,"d":1}]}'],
  ])('of %j is %s', (value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('sorts members by UTF-16 code units, as the example of RFC 8785 does', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('keeps a member called __proto__', () => {
    const value = JSON.parse('{"b":1,"__proto__":{"a":2}}') as Json;
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":2},"b":1}');
  });

  // Lone surrogates are no text, and RFC 8785 has no form for them.
  const wellFormed = fc.jsonValue({ stringUnit: 'binary' });

  it('is what the reference implementation writes', () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        expect(canonicalJson(value as Json)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('says the same as the value', () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which members were written', () => {
    const members = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), { selector: ([name]) => name });
    fc.assert(
      fc.property(members, (entries) => {
        const forward = Object.fromEntries(entries);
        const backward = Object.fromEntries(entries.toReversed());
        expect(canonicalJson(forward)).toBe(canonicalJson(backward));
      }),
    );
  });
});

describe('a SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j is %s', (text, expected) => {
    expect(sha256(text)).toBe(expected);
    expect(sha256(new TextEncoder().encode(text))).toBe(expected);
  });

  it('of text is that of its UTF-8', () => {
    expect(sha256('€')).toBe(sha256(new Uint8Array([0xe2, 0x82, 0xac])));
  });
});

describe('the order of text', () => {
  it('is by code unit, whatever the language says', () => {
    expect(['ä', 'b', 'a', 'Z', '10', '9', ''].sort(compareText)).toEqual(['', '10', '9', 'Z', 'a', 'b', 'ä']);
  });

  it('calls equal only what is equal', () => {
    expect(compareText('a', 'a')).toBe(0);
    expect(compareText('é', 'e\u0301')).not.toBe(0);
  });
});

describe('a value as JSON', () => {
  it('is what its JSON text reads as', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(plainJson(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has no member that is absent', () => {
    expect(Object.keys(Object(plainJson({ here: null, absent: undefined })))).toEqual(['here']);
  });
});

describe('a value without order', () => {
  it.each<[string, Json, Json]>([
    ['a list', ['b', 'a'], ['a', 'b']],
    ['a list in a list', [[2, 1], [0]], [[0], [1, 2]]],
    ['a list in a member', { list: [{ b: [2, 1] }, { a: null }] }, { list: [{ a: null }, { b: [1, 2] }] }],
  ])('has %s sorted', (_, value, expected) => {
    expect(withoutOrder(value)).toEqual(expected);
  });

  it('still differs where something is said twice', () => {
    expect(withoutOrder(['a', 'a'])).not.toEqual(withoutOrder(['a']));
  });
});

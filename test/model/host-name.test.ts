import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHostName, wildcardMatches } from '../../src/model/host-name.js';

const label63 = 'a'.repeat(63);
const name253 = [label63, label63, label63, 'a'.repeat(61)].join('.');

describe('a host name', () => {
  it.each([
    'api.replicated.com',
    'localhost',
    'registry-1.docker.io',
    '1.example.com',
    '0.pool.ntp.org',
    'a.b',
    'xn--bcher-kva.example',
    'a--b.example',
    '3com.com',
    'example.4u',
    `${label63}.example`,
    name253,
  ])('is taken: %s', (text) => {
    expect(parseHostName(text)).toBe(text);
  });

  it.each([
    ['', 'it is empty'],
    ['.', 'its labels are empty'],
    ['.example.com', 'a label is empty'],
    ['example..com', 'a label is empty'],
    ['example.com.', 'it has a trailing dot'],
    ['Example.com', 'it is in upper case'],
    ['-a.example.com', 'a label begins with a hyphen'],
    ['a-.example.com', 'a label ends with a hyphen'],
    ['*.example.com', 'it is a wildcard'],
    ['*', 'it is a wildcard'],
    ['0x7f000001', 'URL parsers read it as an address'],
    ['example.0x7f', 'URL parsers read it as an address'],
    ['a_b.example.com', 'it has an underscore'],
    ['a b.example.com', 'it has a space'],
    [' example.com', 'it begins with a space'],
    ['example.com\n', 'it ends with a line feed'],
    ['exаmple.com', 'a letter is Cyrillic'],
    ['bücher.example', 'a letter is not ASCII'],
    ['example.com:443', 'it has a port'],
    ['https://example.com', 'it is a URL'],
    ['example.com/', 'it has a path'],
    ['1.2.3.4', 'it is an address'],
    ['example.1', 'its last label reads as part of an address'],
    ['16909060', 'it reads as an address'],
    ['::1', 'it is an address'],
    [`${label63}a.example`, 'a label has 64 octets'],
    [`${name253}a`, 'it has 254 octets'],
  ])('%j is refused: %s', (text) => {
    expect(parseHostName(text)).toBeUndefined();
  });

  it('is taken as it is or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string()), (text) => {
        expect([text, undefined]).toContain(parseHostName(text));
      }),
    );
  });
});

describe('a wildcard', () => {
  it.each([
    ['*.example.com', 'a.example.com'],
    ['*.example.com', 'a.b.example.com'],
    ['*.com', 'example.com'],
  ])('%s stands for %s', (pattern, name) => {
    expect(wildcardMatches(pattern, name)).toBe(true);
  });

  it.each([
    ['*.example.com', 'example.com'],
    ['*.example.com', '.example.com'],
    ['*.example.com', 'badexample.com'],
    ['*.example.com', 'a.example.com.evil.net'],
    ['*.example.com', 'a.example.org'],
    ['example.com', 'example.com'],
    ['example.com', 'a.example.com'],
    ['*example.com', 'aexample.com'],
    ['*', 'example.com'],
  ])('%s does not stand for %s', (pattern, name) => {
    expect(wildcardMatches(pattern, name)).toBe(false);
  });
});

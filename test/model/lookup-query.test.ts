import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/model/cidr.js';
import { parseLookup } from '../../src/model/lookup-query.js';

describe('what can be looked up', () => {
  it.each([
    ['20.0.0.1', 'addresses', '20.0.0.1'],
    ['20.0.0.1/32', 'addresses', '20.0.0.1/32'],
    ['20.0.0.0/24', 'addresses', '20.0.0.0/24'],
    ['2600:0001:0:0::1', 'addresses', '2600:1::1'],
    ['2600:1::/64', 'addresses', '2600:1::/64'],
    ['20.0.0.1-20.0.0.9', 'addresses', '20.0.0.1-20.0.0.9'],
    ['20.0.0.1-20.0.0.1', 'addresses', '20.0.0.1-20.0.0.1'],
    ['2600::0:1-2600::00ff', 'addresses', '2600::1-2600::ff'],
    ['api.example.com', 'name', 'api.example.com'],
    ['API.Example.COM', 'name', 'api.example.com'],
    ['api.example.com.', 'name', 'api.example.com'],
    ['a-b.example.com', 'name', 'a-b.example.com'],
    ['*.cdn.example.net', 'name', '*.cdn.example.net'],
    ['localhost', 'name', 'localhost'],
  ])('%s is %s', (text, kind, canonical) => {
    expect(parseLookup(text)).toMatchObject({ kind, text: canonical });
  });

  it.each([
    ['20.0.0.0/30', '20.0.0.0', '20.0.0.3'],
    ['20.0.0.5', '20.0.0.5', '20.0.0.5'],
    ['20.0.0.5-20.0.1.9', '20.0.0.5', '20.0.1.9'],
    ['2600::/127', '2600::', '2600::1'],
  ])('%s reaches from %s to %s', (text, first, last) => {
    const { family, value } = parseAddress(first)!;
    expect(parseLookup(text)).toMatchObject({ range: { family, first: value, last: parseAddress(last)!.value } });
  });

  const allowed = ['an IP address', 'a CIDR block', 'a range first-last', 'a DNS name'];

  it.each([
    ['20.0.0.1/24', 'has bits set after its prefix, so it is not one block', '20.0.0.0/24'],
    ['2600:1::1/64', 'has bits set after its prefix, so it is not one block', '2600:1::/64'],
    ['20.0.0.9-20.0.0.1', 'ends before it begins', '20.0.0.1-20.0.0.9'],
    ['2600::00ff-2600::1', 'ends before it begins', '2600::1-2600::ff'],
    ['20.0.0.1-2600::1', 'mixes IPv4 and IPv6', null],
    [
      'https://get.example.com/docker?x=1',
      'is not an IP address, a CIDR block, a range or a DNS name',
      'get.example.com',
    ],
    ['HTTPS://Get.Example.com:8443', 'is not an IP address, a CIDR block, a range or a DNS name', 'get.example.com'],
    ['get.example.com/v2/', 'is not an IP address, a CIDR block, a range or a DNS name', 'get.example.com'],
    ['get.example.com:443', 'is not an IP address, a CIDR block, a range or a DNS name', 'get.example.com'],
    ['20.0.0.1/33', 'has a prefix length that there is not', null],
    ['2600::/129', 'has a prefix length that there is not', null],
    ['20.0.0.0/-1', 'has a prefix length that there is not', null],
    ['https://user@get.example.com/', 'is not an IP address, a CIDR block, a range or a DNS name', 'get.example.com'],
    ['s3://bucket.example.com/x', 'is not an IP address, a CIDR block, a range or a DNS name', 'bucket.example.com'],
    ['https://20.0.0.1/', 'is not an IP address, a CIDR block, a range or a DNS name', '20.0.0.1'],
    ['20.0.0.1:443', 'is not an IP address, a CIDR block, a range or a DNS name', '20.0.0.1'],
    ['https://[2600::1]:443/', 'is not an IP address, a CIDR block, a range or a DNS name', '2600::1'],
    ['20.0.0.256', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['20.0.0.1-20.0.0.2-20.0.0.3', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['20.0.0.1-', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['-20.0.0.1', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['two words', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['*', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['a.*.example.com', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['162.159.137.043', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['8800', 'is not an IP address, a CIDR block, a range or a DNS name', null],
    ['exаmple.com', 'is not an IP address, a CIDR block, a range or a DNS name', 'xn--exmple-4nf.com'],
    ['.', 'is not an IP address, a CIDR block, a range or a DNS name', null],
  ])('%s is malformed: it %s', (value, what, didYouMean) => {
    const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
    expect(parseLookup(value)).toEqual({
      code: 'malformed-value',
      parameter: 'q',
      value,
      message: `"${value}" ${what}.${hint}`,
      allowed,
      didYouMean,
    });
  });

  it('is not nothing', () => {
    expect(parseLookup('')).toEqual({
      code: 'empty-value',
      parameter: 'q',
      value: '',
      message: 'The parameter "q" has an empty value.',
      allowed,
      didYouMean: null,
    });
  });

  it('is told what was meant only in words that can be looked up', () => {
    const text = fc.array(
      fc.constantFrom('20.0.0.1', '2600::1', 'a.example', '/', '-', '24', ':', 'https://', '.', '*', ' '),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(text, (parts) => {
        const query = parseLookup(parts.join(''));
        const meant = 'code' in query ? query.didYouMean : query.text;
        expect(meant === null || 'kind' in parseLookup(meant)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

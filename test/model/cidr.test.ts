import { BlockList, isIP } from 'node:net';
import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { aggregate, aggregateWithMembers, blocksOfRange, mergeRanges } from '../../src/model/aggregate.js';
import {
  blockAround,
  blockOf,
  compareBlocks,
  contains,
  familyOf,
  formatAddress,
  formatBlock,
  overlaps,
  parseAddress,
  parseBlock,
  rangeOf,
  type AddressRange,
  type Cidr,
} from '../../src/model/cidr.js';
import { anyBlock, ipv4Value, ipv6Value, nearAddress, nearBlock, nearRange } from './arbitrary.js';
import { cidr } from './fixture.js';

/** The oracle: the addresses of some ranges, as Node's own block list holds them. */
function blockList(ranges: readonly AddressRange[]): BlockList {
  const list = new BlockList();
  for (const { family, first, last } of ranges) {
    list.addRange(formatAddress(family, first), formatAddress(family, last), family);
  }
  return list;
}

function range(text: string): AddressRange {
  const [first, last] = text.split('-').map(parseAddress);
  return { family: first!.family, first: first!.value, last: last!.value };
}

describe('reading a block', () => {
  it.each([
    ['162.159.137.43', '162.159.137.43/32'],
    ['162.159.137.43/32', '162.159.137.43/32'],
    ['141.193.148.0/24', '141.193.148.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['2606:4700:0007:0000:0000:0000:A29F:892B', '2606:4700:7::a29f:892b/128'],
    ['2606:4700:7::/48', '2606:4700:7::/48'],
    ['::', '::/128'],
    ['::/0', '::/0'],
    ['::1', '::1/128'],
    ['1::', '1::/128'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0/128'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8/128'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221/128'],
  ])('%s is %s', (text, expected) => {
    const parsed = parseBlock(text);
    expect(parsed.ok && formatBlock(parsed.block)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '-',
    '/',
    '/24',
    '127.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.04',
    '0x1.2.3.4',
    '16909060',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4\n',
    '1.2.3.4\0',
    '1.2.3.4:443',
    '１.２.３.４',
    '1.2.3.4-1.2.3.5',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    '::ffff:01.2.3.4',
    '[::1]',
    'fe80::1%eth0',
    'fe80::1%eth0/64',
    'example.com',
  ])('%j is no address', (text) => {
    expect(parseBlock(text)).toEqual({ ok: false, reason: 'syntax', nearest: null });
    expect(parseAddress(text)).toBeUndefined();
  });

  it.each([
    '1.2.3.4/',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/+8',
    '1.2.3.0/024',
    '1.2.3.0/24 ',
    '1.2.3.0/ 24',
    '1.2.3.0/1e1',
    '1.2.3.0/24.0',
    '1.2.3.0/24/24',
    '1.2.3.0/255.255.255.0',
    '::/129',
    '::/0128',
    '::/1000',
  ])('%j has no prefix length', (text) => {
    expect(parseBlock(text)).toEqual({ ok: false, reason: 'prefix', nearest: null });
  });

  it.each([
    ['162.159.137.43/24', '162.159.137.0/24'],
    ['10.0.0.1/31', '10.0.0.0/31'],
    ['128.0.0.0/0', '0.0.0.0/0'],
    ['2606:4700:7::1/64', '2606:4700:7::/64'],
    ['::1/0', '::/0'],
  ])('%s has host bits, and %s is offered', (text, nearest) => {
    expect(parseBlock(text)).toEqual({ ok: false, reason: 'host-bits', nearest });
  });

  it('reads back every block that it writes', () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        const text = formatBlock(block);
        expect(parseBlock(text)).toEqual({ ok: true, block });
        expect(blockOf(text)).toEqual(block);
      }),
    );
  });

  it('takes no text for an address that Node does not', () => {
    const part = fc.constantFrom(
      '0',
      '1',
      '9',
      '25',
      '255',
      '256',
      'a',
      'ffff',
      '.',
      ':',
      '::',
      '%',
      ' ',
      '/',
      '-',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0 && !text.includes('%'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses to take other text for a canonical block', () => {
    expect(() => blockOf('example.com/24' as Cidr)).toThrow(TypeError);
  });
});

describe('writing an address', () => {
  it.each([
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1', 'the first of two equal runs is shortened'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3', 'the longest run is shortened'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7', 'a single zero group is not shortened'],
    ['0:0:1:2:3:4:5:6', '::1:2:3:4:5:6', 'a run may stand at the start'],
    ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::', 'a run may stand at the end'],
    ['2001:DB8::AAAA', '2001:db8::aaaa', 'hexadecimal is in lower case'],
    ['2001:0db8::0001', '2001:db8::1', 'leading zeros go'],
    ['::ffff:102:304', '::ffff:1.2.3.4', 'an IPv4-mapped address shows its IPv4 part'],
    ['::fffe:102:304', '::fffe:102:304', 'any other address does not'],
    ['::102:304', '::102:304', 'nor does an IPv4-compatible one'],
  ])('%s is written %s: %s', (text, expected) => {
    const { family, value } = parseAddress(text)!;
    expect(formatAddress(family, value)).toBe(expected);
  });

  it('agrees with ipaddr.js on IPv4', () => {
    fc.assert(
      fc.property(ipv4Value, (value) => {
        const text = formatAddress('ipv4', value);
        const bytes = [0, 8, 16, 24].map((shift) => Number((value >> BigInt(shift)) & 255n)).reverse();
        expect(text).toBe(new ipaddr.IPv4(bytes).toString());
        expect(parseAddress(text)).toEqual({ family: 'ipv4', value });
      }),
    );
  });

  it('agrees with ipaddr.js on IPv6, except where an IPv4 address is mapped', () => {
    const notMapped = ipv6Value.filter((value) => value >> 32n !== 0xffffn);
    fc.assert(
      fc.property(notMapped, (value) => {
        const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(16 * (7 - i))) & 0xffffn));
        const oracle = new ipaddr.IPv6(groups);
        expect(formatAddress('ipv6', value)).toBe(oracle.toRFC5952String());
        expect(parseAddress(oracle.toNormalizedString().toUpperCase())).toEqual({ family: 'ipv6', value });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the order of blocks', () => {
  it('is by family, then by number, then the wider first', () => {
    const ordered = ['2.0.0.0/8', '2.0.0.0/32', '10.0.0.0/8', '10.0.0.1/32', '::/0', '::2/128', '::10/128'].map(cidr);
    const shuffled = [4, 2, 6, 0, 5, 3, 1].map((i) => ordered[i]!);
    expect(shuffled.sort((a, b) => compareBlocks(blockOf(a), blockOf(b)))).toEqual(ordered);
  });

  it('calls a block equal to itself only', () => {
    fc.assert(
      fc.property(nearBlock, nearBlock, (a, b) => {
        expect(compareBlocks(a, b) === 0).toBe(formatBlock(a) === formatBlock(b));
        expect(Math.sign(compareBlocks(a, b)) + Math.sign(compareBlocks(b, a))).toBe(0);
      }),
    );
  });

  it.each([
    ['1.2.3.4/32', 'ipv4'],
    ['::/0', 'ipv6'],
    ['::ffff:1.2.3.4/128', 'ipv6'],
  ])('knows the family of %s', (text, family) => {
    expect(familyOf(cidr(text))).toBe(family);
  });
});

describe('ranges', () => {
  it.each([
    ['20.0.0.0/24', '20.0.0.0-20.0.0.255'],
    ['20.0.0.7/32', '20.0.0.7-20.0.0.7'],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
    ['2600::/127', '2600::-2600::1'],
    ['::/0', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s reaches %s', (text, expected) => {
    expect(rangeOf(blockOf(cidr(text)))).toEqual(range(expected));
  });

  it.each([
    ['20.0.0.0-20.0.0.9', '20.0.0.0-20.0.0.9', true, true],
    ['20.0.0.0-20.0.0.9', '20.0.0.9-20.0.0.9', true, true],
    ['20.0.0.0-20.0.0.9', '20.0.0.9-20.0.0.10', false, true],
    ['20.0.0.0-20.0.0.9', '20.0.0.10-20.0.0.11', false, false],
    ['20.0.0.4-20.0.0.4', '20.0.0.0-20.0.0.9', false, true],
    ['0.0.0.0-255.255.255.255', '::-::1', false, false],
    ['::-::ffff:ffff', '1.2.3.4-1.2.3.4', false, false],
  ])('%s and %s: the first holds the second %s, they meet %s', (a, b, holds, meet) => {
    expect([contains(range(a), range(b)), overlaps(range(a), range(b))]).toEqual([holds, meet]);
  });

  it('hold and meet each other just as in a block list', () => {
    fc.assert(
      fc.property(nearRange, nearRange, (a, b) => {
        const has = (list: BlockList, value: bigint) => list.check(formatAddress(b.family, value), b.family);
        const inA = blockList([a]);
        const same = a.family === b.family;
        expect(contains(a, b)).toBe(same && has(inA, b.first) && has(inA, b.last));
        const meet =
          has(inA, b.first) ||
          has(inA, b.last) ||
          (same && blockList([b]).check(formatAddress(a.family, a.first), a.family));
        expect(overlaps(a, b)).toBe(same && meet);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [[], []],
    [['20.0.0.5-20.0.0.9', '20.0.0.0-20.0.0.4'], ['20.0.0.0-20.0.0.9']],
    [['20.0.0.0-20.0.0.9', '20.0.0.2-20.0.0.3', '20.0.0.8-20.0.0.12'], ['20.0.0.0-20.0.0.12']],
    [
      ['20.0.0.0-20.0.0.1', '20.0.0.3-20.0.0.4'],
      ['20.0.0.0-20.0.0.1', '20.0.0.3-20.0.0.4'],
    ],
    [
      ['::-::1', '255.255.255.255-255.255.255.255'],
      ['255.255.255.255-255.255.255.255', '::-::1'],
    ],
  ])('%j merge to %j', (ranges, merged) => {
    expect(mergeRanges(ranges.map(range))).toEqual(merged.map(range));
  });

  it('merge to the same ones in any order', () => {
    fc.assert(
      fc.property(shuffled(nearRange), ([ranges, other]) => {
        expect(mergeRanges(other)).toEqual(mergeRanges(ranges));
      }),
    );
  });
});

describe('the blocks of a range', () => {
  it.each([
    ['20.0.0.0-20.0.0.255', ['20.0.0.0/24']],
    ['20.0.0.1-20.0.0.1', ['20.0.0.1/32']],
    ['20.0.0.1-20.0.0.6', ['20.0.0.1/32', '20.0.0.2/31', '20.0.0.4/31', '20.0.0.6/32']],
    ['20.0.0.255-20.0.1.0', ['20.0.0.255/32', '20.0.1.0/32']],
    ['0.0.0.0-255.255.255.255', ['0.0.0.0/0']],
    ['128.0.0.0-255.255.255.255', ['128.0.0.0/1']],
    ['255.255.255.254-255.255.255.255', ['255.255.255.254/31']],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
    ['::1-::4', ['::1/128', '::2/127', '::4/128']],
  ])('%s is %j', (text, blocks) => {
    expect(blocksOfRange(range(text)).map(formatBlock)).toEqual(blocks);
  });

  it('of 0.0.0.1 to 255.255.255.254 are 62', () => {
    expect(blocksOfRange(range('0.0.0.1-255.255.255.254'))).toHaveLength(62);
  });

  it('cover it without a gap and without an overlap', () => {
    fc.assert(
      fc.property(nearRange, (whole) => {
        const parts = blocksOfRange(whole).map(rangeOf);
        expect(parts[0]!.first).toBe(whole.first);
        expect(parts.at(-1)!.last).toBe(whole.last);
        for (const [i, part] of parts.slice(1).entries()) expect(part.first).toBe(parts[i]!.last + 1n);
      }),
    );
  });

  it('are the fewest there can be', () => {
    const fewest = (first: number, last: number): number => {
      const size = last - first + 1;
      if ((size & (size - 1)) === 0 && first % size === 0) return 1;
      const cuts = Array.from({ length: size - 1 }, (_, i) => first + i);
      return Math.min(...cuts.map((cut) => fewest(first, cut) + fewest(cut + 1, last)));
    };
    const base = parseAddress('20.0.0.0')!.value;
    const ends = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(ends, ([a, b]) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const blocks = blocksOfRange({ family: 'ipv4', first: base + BigInt(first), last: base + BigInt(last) });
        expect(blocks).toHaveLength(fewest(first, last));
      }),
    );
  });
});

describe('aggregation', () => {
  it.each([
    [[], []],
    [['20.0.0.0/32', '20.0.0.1/32'], ['20.0.0.0/31']],
    [
      ['20.0.0.1/32', '20.0.0.2/32'],
      ['20.0.0.1/32', '20.0.0.2/32'],
    ],
    [['20.0.0.0/24', '20.0.0.7/32'], ['20.0.0.0/24']],
    [['20.0.0.0/32', '20.0.0.1/32', '20.0.0.2/32', '20.0.0.3/32'], ['20.0.0.0/30']],
    [['20.0.1.0/24', '20.0.0.0/25', '20.0.0.128/25'], ['20.0.0.0/23']],
    [['20.0.0.0/32', '20.0.0.0/32'], ['20.0.0.0/32']],
    [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0']],
    [
      ['2600::/128', '20.0.0.0/32', '2600::1/128'],
      ['20.0.0.0/32', '2600::/127'],
    ],
  ])('%j is %j', (blocks, expected) => {
    expect(aggregate(blocks.map(cidr))).toEqual(expected);
  });

  it('holds exactly the addresses that went in', () => {
    fc.assert(
      fc.property(fc.array(nearBlock, { maxLength: 20 }), fc.array(nearAddress, { minLength: 1 }), (blocks, probes) => {
        const before = blockList(blocks.map(rangeOf));
        const after = blockList(aggregate(blocks.map(formatBlock)).map((text) => rangeOf(blockOf(text))));
        for (const { family, value } of probes) {
          const text = formatAddress(family, value);
          expect(after.check(text, family), text).toBe(before.check(text, family));
        }
      }),
    );
  });

  it('leaves no siblings and nothing covered, in the order of addresses', () => {
    fc.assert(
      fc.property(fc.array(nearBlock, { maxLength: 20 }), (blocks) => {
        const result = aggregate(blocks.map(formatBlock)).map(blockOf);
        const parents = result.map(({ family, first, prefix }) => {
          const shift = BigInt((family === 'ipv4' ? 32 : 128) - prefix + 1);
          return `${family} ${first >> shift} ${prefix}`;
        });
        expect(new Set(parents).size).toBe(parents.length);
        for (const [i, block] of result.entries()) {
          expect(result.some((other, j) => i !== j && overlaps(rangeOf(other), rangeOf(block)))).toBe(false);
        }
        expect(result.toSorted(compareBlocks)).toEqual(result);
      }),
    );
  });

  it('is what the ranges that the blocks make together are cut into', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nearBlock, anyBlock)), (blocks) => {
        const expected = mergeRanges(blocks.map(rangeOf)).flatMap(blocksOfRange).map(formatBlock);
        expect(aggregate(blocks.map(formatBlock))).toEqual(expected);
      }),
    );
  });

  it('is the same in any order, and a second time', () => {
    fc.assert(
      fc.property(shuffled(nearBlock), ([blocks, other]) => {
        const once = aggregate(blocks.map(formatBlock));
        expect(aggregate(other.map(formatBlock))).toEqual(once);
        expect(aggregate(once)).toEqual(once);
      }),
    );
  });
});

/** A list, and the same list in another order. */
function shuffled<T>(item: fc.Arbitrary<T>): fc.Arbitrary<[T[], T[]]> {
  return fc
    .array(item, { maxLength: 12 })
    .chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })));
}

describe('joined blocks with their members', () => {
  const near = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
    .map(([address, prefix]) => formatBlock(blockAround('ipv4', 0x1400_0000n + BigInt(address), prefix)));

  it('are the joined blocks, and every given block is in the one that holds it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(near), (cidrs) => {
        const joined = aggregateWithMembers(cidrs);
        expect(joined.map(({ cidr }) => cidr)).toEqual(aggregate(cidrs));
        expect(joined.flatMap(({ members }) => members).toSorted()).toEqual(cidrs.toSorted());
        const strays = joined.flatMap(({ cidr, members }) =>
          members.filter((member) => !contains(rangeOf(blockOf(cidr)), rangeOf(blockOf(member)))),
        );
        expect(strays).toEqual([]);
      }),
    );
  });
});

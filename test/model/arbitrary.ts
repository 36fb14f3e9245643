import * as fc from 'fast-check';
import { rangeOf, type AddressRange, type Block, type Family } from '../../src/model/cidr.js';

const BITS = { ipv4: 32, ipv6: 128 } as const;

/** An IPv6 address, with runs of zeros as real ones have them. */
export const ipv6Value: fc.Arbitrary<bigint> = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constant(0n) }, fc.bigInt({ min: 0n, max: 0xffffn })), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups) => groups.reduce((sum, group) => (sum << 16n) | group, 0n));

export const ipv4Value: fc.Arbitrary<bigint> = fc.bigInt({ min: 0n, max: 0xffffffffn });

/** Any block of either family. */
export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.tuple(ipv4Value, fc.integer({ min: 0, max: 32 })).map(([value, prefix]) => blockAround('ipv4', value, prefix)),
  fc.tuple(ipv6Value, fc.integer({ min: 0, max: 128 })).map(([value, prefix]) => blockAround('ipv6', value, prefix)),
);

/** The first address of two small neighbourhoods, in which random blocks meet often. */
const BASE = { ipv4: 0x14000000n, ipv6: 0x2600n << 112n } as const;

const offset = fc.bigInt({ min: 0n, max: 127n });
const family = fc.constantFrom<Family>('ipv4', 'ipv6');

/** Addresses of a neighbourhood, and a few around it. */
export const nearAddress: fc.Arbitrary<{ family: Family; value: bigint }> = fc
  .tuple(family, fc.bigInt({ min: -8n, max: 135n }))
  .map(([family, at]) => ({ family, value: BASE[family] + at }));

export const nearBlock: fc.Arbitrary<Block> = fc
  .tuple(family, offset, fc.integer({ min: 1, max: 7 }))
  .map(([family, at, size]) => blockAround(family, BASE[family] + at, BITS[family] - 7 + size));

export const nearRange: fc.Arbitrary<AddressRange> = fc.oneof(
  fc.tuple(family, offset, offset).map(([family, a, b]) => ({
    family,
    first: BASE[family] + (a < b ? a : b),
    last: BASE[family] + (a < b ? b : a),
  })),
  nearBlock.map(rangeOf),
);

function blockAround(family: Family, value: bigint, prefix: number): Block {
  const shift = BigInt(BITS[family] - prefix);
  return { family, first: (value >> shift) << shift, prefix };
}

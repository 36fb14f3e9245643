import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inAddressOrder } from '../../src/model/address.js';
import { BlocksInOrder } from '../../src/model/blocks-in-order.js';
import { compareText } from '../../src/model/canonical.js';
import { compareBlocks, formatBlock, orderOf, blockOf, overlaps, rangeOf } from '../../src/model/cidr.js';
import { anyBlock, nearBlock, nearRange } from './arbitrary.js';

const block = fc.oneof({ weight: 4, arbitrary: nearBlock }, anyBlock);
const addresses = fc.array(
  fc.record({ cidr: block.map(formatBlock), host: fc.constantFrom('a.example.com', 'b.example.com', 'general') }),
  { maxLength: 40 },
);

describe('the order of a block', () => {
  it('is that of its numbers', () => {
    fc.assert(
      fc.property(block, block, (a, b) => {
        const order = compareText(orderOf(formatBlock(a)), orderOf(formatBlock(b)));
        expect(order).toBe(Math.sign(compareBlocks(a, b)));
      }),
    );
  });
});

describe('blocks in order', () => {
  it('are found by a range exactly where they have an address in common with it, in address order', () => {
    fc.assert(
      fc.property(addresses, fc.oneof(nearRange, block.map(rangeOf)), (all, range) => {
        const meeting = inAddressOrder(all).filter(({ cidr }) => overlaps(rangeOf(blockOf(cidr)), range));
        expect(new BlocksInOrder(all).meeting(range)).toEqual(meeting);
      }),
    );
  });
});

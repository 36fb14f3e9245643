import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inAddressOrder } from '../../src/model/address.js';
import { BlocksInOrder } from '../../src/model/blocks-in-order.js';
import { compareText } from '../../src/model/canonical.js';
import { holds, orderOf } from '../../src/model/block-order.js';
import { blockOf, compareBlocks, contains, formatBlock, overlaps, rangeOf } from '../../src/model/cidr.js';
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

describe('a block', () => {
  it('holds another by its order exactly where it does by its numbers', () => {
    fc.assert(
      fc.property(block, block, (a, b) => {
        const isHeld = contains(rangeOf(a), rangeOf(b));
        expect(holds(orderOf(formatBlock(a)), orderOf(formatBlock(b)))).toBe(isHeld);
      }),
    );
  });
});

describe('blocks in order', () => {
  it('are found by a range exactly where they have an address in common with it, in address order', () => {
    fc.assert(
      fc.property(addresses, fc.oneof(nearRange, block.map(rangeOf)), (all, range) => {
        const meeting = inAddressOrder(all).filter(({ cidr }) => overlaps(rangeOf(blockOf(cidr)), range));
        expect(new BlocksInOrder(Map.groupBy(all, ({ host }) => host)).meeting(range)).toEqual(meeting);
      }),
    );
  });

  it('are found the same way where they were put in order after others that are nearly the same', () => {
    const kept = fc.tuple(addresses, addresses, addresses);
    fc.assert(
      fc.property(kept, nearRange, ([gone, stay, come], range) => {
        const by = (all: typeof stay) => Map.groupBy(all, ({ host }) => host);
        const before = new BlocksInOrder(by([...gone, ...stay]));
        before.meeting(range);
        const after = new BlocksInOrder(by([...stay, ...come]), before);
        const order = (all: typeof stay) => all.map(({ cidr, host }) => `${cidr} ${host}`);
        expect(order(after.meeting(range))).toEqual(order(new BlocksInOrder(by([...stay, ...come])).meeting(range)));
      }),
    );
  });
});

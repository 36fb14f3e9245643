import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockOf, formatBlock, overlaps, rangeOf, type AddressRange } from '../../src/model/cidr.js';
import { BlockIndex } from '../../src/store/block-index.js';
import { nearBlock } from '../model/arbitrary.js';

const anyRange = fc
  .tuple(nearBlock, nearBlock)
  .filter(([a, b]) => a.family === b.family)
  .map(([a, b]): AddressRange => {
    const [one, other] = [rangeOf(a), rangeOf(b)];
    const [first, last] = one.first <= other.last ? [one.first, other.last] : [other.first, one.last];
    return { family: a.family, first, last };
  });

it('finds exactly the blocks that have an address in common with a range, each once', () => {
  fc.assert(
    fc.property(fc.array(nearBlock), fc.array(nearBlock), anyRange, (early, late, range) => {
      const index = new BlockIndex();
      const [before, after] = [early.map(formatBlock), late.map(formatBlock)];
      const meeting = (cidrs: typeof before) =>
        [...new Set(cidrs)].filter((cidr) => overlaps(rangeOf(blockOf(cidr)), range)).sort();
      for (const cidr of before) index.add(cidr);
      expect(index.meeting(range).sort()).toEqual(meeting(before));
      for (const cidr of after) index.add(cidr);
      expect(index.meeting(range).sort()).toEqual(meeting([...before, ...after]));
    }),
  );
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGE_SUBJECTS } from '../../src/model/change.js';
import { diff } from '../../src/model/diff.js';
import { differs } from '../../src/model/revision.js';
import { apply, inverse, linesOf, viewOf } from './apply.js';
import { anyContent, reordered, twoContents } from './arbitrary-content.js';

const AT = '2026-04-10T00:00:00.000Z';
const runs = { numRuns: 150 };

describe('the differences of two contents', () => {
  it('lead from the one to the other', () => {
    fc.assert(
      fc.property(twoContents, ([a, b]) => {
        expect(linesOf(apply(viewOf(a), diff(a, b, AT)))).toEqual(linesOf(viewOf(b)));
      }),
      runs,
    );
  });

  it('lead back when they are inverted', () => {
    fc.assert(
      fc.property(twoContents, ([a, b]) => {
        expect(linesOf(apply(viewOf(b), inverse(diff(a, b, AT))))).toEqual(linesOf(viewOf(a)));
      }),
      runs,
    );
  });

  it('are none exactly where the contents do not differ', () => {
    fc.assert(
      fc.property(twoContents, ([a, b]) => {
        expect(diff(a, b, AT).length > 0).toBe(differs(a, b));
      }),
      runs,
    );
  });

  it('are none between a content and itself, read anew', () => {
    fc.assert(
      fc.property(anyContent, (a) => {
        expect(diff(a, structuredClone(a), AT)).toEqual([]);
      }),
      runs,
    );
  });

  it('are none where only the order changed of what has none', () => {
    fc.assert(
      fc.property(
        anyContent.chain((a) => fc.tuple(fc.constant(a), reordered(a))),
        ([a, b]) => {
          expect(diff(a, b, AT)).toEqual([]);
        },
      ),
      runs,
    );
  });

  it('are the same, in the same order, however the contents were written', () => {
    fc.assert(
      fc.property(
        twoContents.chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), reordered(a), reordered(b))),
        ([a, b, a2, b2]) => {
          const told = (list: ReturnType<typeof diff>) =>
            list.map(({ previous, current, ...rest }) => ({ ...rest, of: Object.keys(Object(current ?? previous)) }));
          expect(told(diff(a2, b2, AT))).toEqual(told(diff(a, b, AT)));
        },
      ),
      runs,
    );
  });

  it('stand in the order of their subjects', () => {
    fc.assert(
      fc.property(twoContents, ([a, b]) => {
        const order = diff(a, b, AT).map(({ subject }) => CHANGE_SUBJECTS.indexOf(subject));
        expect(order).toEqual(order.toSorted((x, y) => x - y));
      }),
      runs,
    );
  });

  it('say by when exactly where there is something to open, and are added, removed or modified as they say', () => {
    fc.assert(
      fc.property(twoContents, ([a, b]) => {
        for (const { kind, action, actBy, previous, current } of diff(a, b, AT)) {
          expect(actBy !== null).toBe(action.byName === 'open' || action.byAddress === 'open');
          expect(kind).toBe(previous === null ? 'added' : current === null ? 'removed' : 'modified');
        }
      }),
      runs,
    );
  });
});

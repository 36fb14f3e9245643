import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { choose } from '../../src/model/select.js';
import { requirementsOf } from '../../src/model/requirement.js';
import { parseSelection } from '../../src/model/selection.js';
import { PortKinds } from '../../src/store/port-kinds.js';
import { catalog } from '../model/fixture.js';

const portNumber = fc.integer({ min: 1, max: 65_535 });
const near = fc.oneof(fc.integer({ min: 1, max: 12 }), portNumber);
const range = fc
  .tuple(near, near)
  .map(([a, b]) => ({ protocol: 'tcp', from: Math.min(a, b), to: Math.max(a, b), basis: 'stated' }) as const);
const catalogs = fc
  .array(fc.array(range, { maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all.map((ports, i) => ({ from: i + 1, value: { ...catalog, rows: [{ ...catalog.rows[0]!, ports }] } })),
  );

it('ports of the same kinds choose the same of every catalog so far', () => {
  const { selection } = parseSelection({}, catalog, null);
  fc.assert(
    fc.property(catalogs, fc.array(near, { minLength: 1 }), fc.array(near, { minLength: 1 }), (steps, some, others) => {
      const kinds = new PortKinds();
      const [one, other] = [kinds.of(some, steps), kinds.of(others, steps)].map((of) =>
        of!.toSorted((a, b) => a - b).join(),
      );
      fc.pre(one === other);
      for (const { value } of steps) {
        const chosen = (port: number[]) => choose(requirementsOf(value), { ...selection, port });
        expect(chosen(some)).toEqual(chosen(others));
      }
    }),
  );
});

it('ports that no rule tells apart are of one kind, and no ports at all are none', () => {
  const steps = [{ from: 1, value: { ...catalog, rows: [{ ...catalog.rows[0]!, ports: [] }] } }];
  expect(new PortKinds().of([1, 443, 65_535], steps)).toEqual([0]);
  expect(new PortKinds().of(null, steps)).toBeNull();
});

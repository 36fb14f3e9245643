import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIRECTIONS, NEEDS, PROTOCOLS, type Catalog } from '../../src/model/catalog.js';
import { FAMILIES } from '../../src/model/cidr.js';
import { meets, namesOf, requirementsOf } from '../../src/model/requirement.js';
import { indexOf } from '../../src/model/requirement-index.js';
import { choose } from '../../src/model/select.js';
import { hostNames, parseSelection, type Selection } from '../../src/model/selection.js';
import { anyCatalog } from './arbitrary-content.js';

const namesIn = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name);
const someOf = <T>(values: readonly T[]) => fc.option(fc.subarray([...values]), { nil: null });

/** A catalog, and a selection of what it has. */
const selected = anyCatalog.chain((catalog) =>
  fc.tuple(
    fc.constant(catalog),
    fc.record({
      product: fc.constant(catalog.product),
      task: someOf(namesIn(catalog.tasks)),
      mode: someOf(namesIn(catalog.modes)),
      need: someOf(NEEDS),
      host: someOf(hostNames(catalog)),
      zone: someOf(namesIn(catalog.zones)),
      direction: someOf(DIRECTIONS),
      protocol: someOf(PROTOCOLS),
      port: someOf([443, 8800]),
      family: someOf(FAMILIES),
      status: fc.constant(['current', 'retiring'] as const),
    }),
  ),
);

/** What is chosen when every requirement is looked at. */
function scanned(catalog: Catalog, selection: Selection): string[] {
  const { host, protocol, port } = selection;
  return requirementsOf(catalog)
    .filter((one) => meets(one, selection))
    .filter(
      ({ endpoint }) => host === null || [endpoint.name, ...namesOf(endpoint)].some((name) => host.includes(name)),
    )
    .filter(
      ({ ports }) =>
        (protocol === null && port === null) ||
        ports.some(
          (range) =>
            (protocol === null || protocol.includes(range.protocol)) &&
            (port === null || port.some((one) => range.from <= one && one <= range.to)),
        ),
    )
    .map(({ ref }) => ref);
}

describe('requirements that are found by an index', () => {
  it('are those that a look at all of them finds, in the same order', () => {
    fc.assert(
      fc.property(selected, ([catalog, selection]) => {
        expect(choose(requirementsOf(catalog), selection).map(({ ref }) => ref)).toEqual(scanned(catalog, selection));
      }),
    );
  });

  it('are found by a name behind them, and by their place', () => {
    fc.assert(
      fc.property(anyCatalog, (catalog) => {
        const all = requirementsOf(catalog);
        const index = indexOf(all);
        for (const name of hostNames(catalog)) {
          expect(index.behind(name)).toEqual(all.filter(({ endpoint }) => namesOf(endpoint).includes(name)));
          expect(index.ofFarSide(name)).toEqual(all.filter(({ endpoint }) => endpoint.name === name));
        }
        expect(all.map(({ ref }) => index.placeOf(ref))).toEqual(all.map((_, place) => place));
      }),
    );
  });
});

describe('the values of a selection', () => {
  it('stand in the order of the catalog, each once', () => {
    fc.assert(
      fc.property(
        anyCatalog.chain((catalog) =>
          fc.tuple(
            fc.constant(catalog),
            fc.array(fc.constantFrom(...hostNames(catalog)), { minLength: 1, maxLength: 20 }),
          ),
        ),
        ([catalog, host]) => {
          const chosen = hostNames(catalog).filter((name) => host.includes(name));
          expect(parseSelection({ host }, catalog, null).selection.host).toEqual(chosen);
        },
      ),
    );
  });
});

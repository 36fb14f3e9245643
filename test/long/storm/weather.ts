import { CATALOG_FAULTS } from '../../faults/catalog-faults.ts';
import type { Fault } from '../../faults/fault.ts';
import { poisonFaults } from './poison-faults.ts';
import { upstreamFaults } from '../../faults/upstream-faults.ts';
import type { World } from './world.ts';

/** What comes next. */
export type Event =
  | Fault
  | { readonly at: 'list'; readonly text: string }
  | { readonly at: 'edit'; readonly text: string };

/** Rows that stand for many faults come so many times as often as others. */
const WEIGHTS: ReadonlyMap<number, number> = new Map([
  [14, 2],
  [27, 6],
  [59, 3],
]);
/** After so many faults something true happens. */
const TRUE_EVERY = 8;

/**
 * Faults by lot, each row as often as any other unless it has a weight, and none twice before its fellows had their turn; a true change
 * now and then.
 */
export function weather(world: World, random: () => number, isLong: boolean): () => Event {
  const drawn = new Map<string, number>();
  let count = 0;
  // Made once for each list: the clients are measured in this process.
  const made = new Map<string, readonly Fault[]>();
  const faultsOf = (text: string): readonly Fault[] => [
    ...upstreamFaults(text, random, isLong),
    ...poisonFaults(text, random),
    ...CATALOG_FAULTS,
    ...(world.disk === null ? [] : [{ row: 46, what: 'a full disk', at: 'disk' } as const]),
  ];
  return () => {
    if (++count % TRUE_EVERY === 0) return trueChange(world, count / TRUE_EVERY);
    const faults = made.getOrInsertComputed(world.list, faultsOf);
    const rows = [...new Set(faults.map(({ row }) => row))];
    const row = leastDrawn(rows, (one) => (drawn.get(`${one}`) ?? 0) / (WEIGHTS.get(one) ?? 1), random);
    const fault = leastDrawn(
      faults.filter((one) => one.row === row),
      ({ what }) => drawn.get(`${row} ${what}`) ?? 0,
      random,
    );
    for (const key of [`${row}`, `${row} ${fault.what}`]) drawn.set(key, (drawn.get(key) ?? 0) + 1);
    return fault;
  };
}

function trueChange(world: World, turn: number): Event {
  const added = '"current": ["52.7.167.120",';
  if (turn % 2 === 1) {
    const had = world.list.includes(added);
    return {
      at: 'list',
      text: had ? world.list.replace(added, '"current": [') : world.list.replace('"current": [', added),
    };
  }
  const { text } = world.catalog;
  const [one, other] = ['title: Where the administrators sit', 'title: The place of administrators'] as const;
  return { at: 'edit', text: text.includes(one) ? text.replace(one, other) : text.replace(other, one) };
}

function leastDrawn<T>(all: readonly T[], times: (one: T) => number, random: () => number): T {
  const least = Math.min(...all.map(times));
  const fresh = all.filter((one) => times(one) === least);
  return fresh[Math.floor(random() * fresh.length)]!;
}

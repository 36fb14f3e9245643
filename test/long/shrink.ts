import type { Kind } from './kind.ts';

const MOST_TRIES = 2_000;

/** The smallest input that fails too, as far as single steps lead. */
export async function shrink<I>(kind: Kind<I>, failing: I, fault: string): Promise<{ input: I; fault: string }> {
  let found = { input: failing, fault };
  let tries = 0;
  for (let isSmaller = true; isSmaller && tries < MOST_TRIES;) {
    isSmaller = false;
    for (const input of kind.smaller(found.input)) {
      if (tries++ >= MOST_TRIES) break;
      const outcome = await kind.send(input);
      if (outcome.fault === undefined) continue;
      found = { input, fault: outcome.fault };
      isSmaller = true;
      break;
    }
  }
  return found;
}

/** A list without one part of it: first without halves, at last without single entries. */
export function* without<T>(list: readonly T[]): Generator<T[]> {
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < list.length; start += size) yield list.toSpliced(start, size);
  }
}

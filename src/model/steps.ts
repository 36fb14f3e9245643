/**
 * Work in steps: it yields wherever it may be broken off for a while, so that whoever drives it can let others have
 * their turn in between, and returns what it was for.
 */
export type Steps<T> = Generator<undefined, T>;

/** How many small things are done between two places where work may be broken off. */
export const STRIDE = 128;

/** Does all the work in one piece. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** A list in order; equal members stay as they stood. */
export function* sorted<T>(list: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  if (list.length <= RUN) return list.toSorted(compare);
  const half = list.length >>> 1;
  const left = yield* sorted(list.slice(0, half), compare);
  const right = yield* sorted(list.slice(half), compare);
  yield;
  if (compare(left.at(-1)!, right[0]!) <= 0) return left.concat(right);
  const merged: T[] = [];
  for (let l = 0, r = 0; l < left.length || r < right.length;) {
    const isLeft = r === right.length || (l < left.length && compare(left[l]!, right[r]!) <= 0);
    merged.push(isLeft ? left[l++]! : right[r++]!);
    if (merged.length % STRIDE === 0) yield;
  }
  return merged;
}

/** As many as are sorted in well under a millisecond. */
const RUN = 512;

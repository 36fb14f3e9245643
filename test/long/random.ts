/** Chance that comes out the same for the same seed. */
export interface Random {
  /** A whole number from 0 up to, but not, `below`. */
  int(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** Whether something with a probability of one in so many happens. */
  oneIn(many: number): boolean;
  /** Up to so many, each made anew. */
  some<T>(most: number, make: () => T): T[];
}

/** The chance of one input: of a seed and its place alone, so that any input can be made again without those before it. */
export function randomOf(seed: number, place: number): Random {
  // Mulberry32, by Tommy Ettinger; public domain.
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(place + 1, 0x85ebca6b)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const int = (below: number) => next() % below;
  return {
    int,
    pick: (from) => from[int(from.length)]!,
    oneIn: (many) => int(many) === 0,
    some: (most, make) => Array.from({ length: int(most + 1) }, make),
  };
}

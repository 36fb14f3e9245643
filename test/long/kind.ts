import type { Random } from './random.ts';

/** What came of one input. */
export interface Outcome {
  readonly status: number;
  /** What is wrong with the answer, in a sentence; absent where nothing is. */
  readonly fault?: string;
}

/** One kind of input that the service is tried with. */
export interface Kind<I> {
  readonly name: string;
  make(random: Random): I;
  send(input: I): Promise<Outcome>;
  /** The same input for another time, such that no answer to it is kept. */
  again?(input: I, time: number): I;
  /** Inputs that are smaller by one step, those that are much smaller first. */
  smaller(input: I): Iterable<I>;
  /** As a person would send it again. */
  show(input: I): string;
  close(): void;
}

/** An answer that takes longer hangs. */
export const HANGS_MS = 1_000;
/** How the fault of such an answer begins. */
export const TOOK = 'It took';

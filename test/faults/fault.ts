import type { Answer } from '../fake-upstream.ts';

/** Something that goes wrong. What is served stays as it is. */
export type Fault = {
  /** Of the matrix of faults. */
  readonly row: number;
  readonly what: string;
} & (
  | {
      readonly at: 'upstream';
      /** How upstream answers from then on. */
      readonly answer: Answer;
      /** How a poll may end. */
      readonly ends: readonly string[];
    }
  | {
      readonly at: 'catalog';
      /** Does something to the file of the catalog, which has this text. */
      readonly edit: (file: string, text: string) => Promise<void>;
    }
  | { readonly at: 'disk' }
);

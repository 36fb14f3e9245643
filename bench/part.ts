/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  readonly seconds: number;
  /** Where a store is made, to be used again. */
  readonly folder: string;
}

/** One thing that is measured. What `run` returns is its section of RESULTS.md, from the heading on. */
export interface Part {
  readonly name: string;
  readonly run: (extent: Extent, say: (text: string) => void) => Promise<string>;
}

/** What went wrong, in words of the product. Each door has one table that turns these into its own answers. */
export type ErrorCode =
  | 'invalid-parameters'
  | 'unknown-requirement'
  | 'unknown-host'
  | 'unknown-revision'
  | 'unknown-format'
  | 'nothing-to-open'
  | 'mixed-ports'
  | 'over-limit'
  | 'omitted'
  | 'not-held'
  | 'not-served'
  | 'no-revision'
  | 'store-unavailable';

/** One thing that is wrong with one parameter. */
export interface Fault {
  readonly code: FaultCode;
  readonly parameter: string;
  /** What was sent; `null` where nothing was. */
  readonly value: string | null;
  readonly message: string;
  /** The values that would be accepted; empty where they cannot be listed. */
  readonly allowed: readonly string[];
  readonly didYouMean: string | null;
}

export const FAULT_CODES = [
  'unknown-parameter',
  'unknown-value',
  'malformed-value',
  'empty-value',
  'missing-parameter',
  'repeated-parameter',
  'bad-encoding',
  'omitted',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** A refusal that a person can act on: a code, a sentence, and what exactly is wrong. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** More than this helps nobody, and would let a short question have a long answer. */
export const MOST_FAULTS = 10;

/** All faults of a request's parameters, as the one error that tells them together. */
export function invalidParameters(faults: readonly Fault[]): DomainError {
  const told = faults.slice(0, MOST_FAULTS);
  const more = faults.length > told.length ? ` And ${faults.length - told.length} more.` : '';
  return new DomainError('invalid-parameters', `${told.map((fault) => fault.message).join(' ')}${more}`, told);
}

import { FAULT_CODES, type Fault, type FaultCode } from '../../model/error.js';
import type { Problem } from '../problem.js';
import { Member } from './member.js';

/** One thing that is wrong with one parameter. */
export class FaultShape implements Fault {
  @Member('What kind of fault it is.', { enum: FAULT_CODES, enumName: 'FaultCode' })
  readonly code!: FaultCode;
  @Member('The parameter.')
  readonly parameter!: string;
  @Member('What was sent.', { type: String, nullable: true })
  readonly value!: string | null;
  @Member('A sentence.')
  readonly message!: string;
  @Member('What may be sent.', { type: [String] })
  readonly allowed!: readonly string[];
  @Member('What was likely meant.', { type: String, nullable: true })
  readonly didYouMean!: string | null;
}

/** A problem (RFC 9457). */
export class ProblemShape implements Problem {
  @Member('/problems/{slug}: a page that says what it means and what to do.')
  readonly type!: string;
  @Member('What kind of problem it is.')
  readonly title!: string;
  @Member('The HTTP status.', { type: 'integer' })
  readonly status!: number;
  @Member('What happened, what still works, what to do.')
  readonly detail!: string;
  @Member('The path that was asked for.')
  readonly instance!: string;
  @Member('Each thing that is wrong with the parameters; empty for other problems.', { type: [FaultShape] })
  readonly errors!: readonly FaultShape[];
}

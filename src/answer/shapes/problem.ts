import type { Fault, FaultCode } from '../../model/error.js';
import type { Problem } from '../problem.js';
import { COUNT, Member, Noun, RestMember, TEXT, listOf, nullable } from './member.js';
import { FAULT_CODE } from './words.js';

@Noun('Fault', 'One thing that is wrong with one parameter.')
export class FaultShape implements Fault {
  @RestMember('What kind of fault it is.', FAULT_CODE)
  readonly code!: FaultCode;
  @Member('The parameter.')
  readonly parameter!: string;
  @Member('What was sent.', nullable(TEXT))
  readonly value!: string | null;
  @Member('A sentence.')
  readonly message!: string;
  @Member('What may be sent.', listOf(TEXT))
  readonly allowed!: readonly string[];
  @Member('What was likely meant.', nullable(TEXT))
  readonly didYouMean!: string | null;
}

@Noun('Problem', 'A problem (RFC 9457).')
export class ProblemShape implements Problem {
  @Member('/problems/{slug}: a page that says what it means and what to do.')
  readonly type!: string;
  @Member('What kind of problem it is.')
  readonly title!: string;
  @Member('The HTTP status.', COUNT)
  readonly status!: number;
  @Member('What happened, what still works, what to do.')
  readonly detail!: string;
  @Member('The path that was asked for.')
  readonly instance!: string;
  @RestMember('Each thing that is wrong with the parameters; empty for other problems.', listOf(FaultShape))
  readonly errors!: readonly FaultShape[];
}

import type { Decision } from '../../model/decision.js';
import type { Held } from '../../publish/held.js';
import { CIDR, HOST_NAME, INSTANT, Member, Noun, ORDINAL, TEXT, listOf, nullable } from './member.js';
import { DECISION_KIND, HELD_KIND } from './words.js';

@Noun('Decision', 'What an operator decided, once.')
export class DecisionShape implements Decision {
  @Member('What was decided.', DECISION_KIND)
  readonly kind!: Decision['kind'];
  @Member('The digest of what was held, the number of a revision, or a block; empty for unpin.')
  readonly subject!: string;
  @Member('The one host that a block is revoked of; null for all.', nullable(HOST_NAME))
  readonly host!: string | null;
  @Member("The name of the operator's token.")
  readonly by!: string;
  @Member("The reason, in the operator's words; null where none was given.", nullable(TEXT))
  readonly note!: string | null;
  @Member('When.', INSTANT)
  readonly at!: string;
  @Member('When it ends by itself; null where it does not.', nullable(INSTANT))
  readonly until!: string | null;
}

@Noun('HeldList', 'A list, or an edit of the catalog, that is doubted while the one before is served.')
export class HeldShape implements Held {
  @Member('A list of addresses, or an edit of the catalog.', HELD_KIND)
  readonly kind!: Held['kind'];
  @Member('The digest by which it is approved or rejected.')
  readonly digest!: string;
  @Member('A short code.')
  readonly reason!: string;
  @Member('A sentence.')
  readonly detail!: string;
  @Member('When it was first offered.', INSTANT)
  readonly offeredAt!: string;
  @Member('How it was decided; null while it waits.', nullable(DecisionShape))
  readonly decision!: DecisionShape | null;
}

@Noun('HeldNow', 'Everything that waits for an operator.')
export class HeldNowShape {
  @Member('Each with its digest.', listOf(HeldShape))
  readonly held!: readonly HeldShape[];
}

@Noun('Served', 'What is served after a decision.')
export class ServedShape {
  @Member('The newest revision.', ORDINAL)
  readonly revision!: number;
  @Member('Its digest.')
  readonly digest!: string;
  @Member('What holds now of what operators decided to keep off.', listOf(CIDR))
  readonly revoked!: readonly string[];
}

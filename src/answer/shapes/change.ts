import type { Change, ChangeAction, ChangeKind, ChangeReason, ChangeSubject } from '../../model/change.js';
import type { Json } from '../../model/canonical.js';
import type { Cidr, Family } from '../../model/cidr.js';
import {
  CIDR,
  COUNT,
  FLAG,
  HOST_NAME,
  INSTANT,
  JSON_VALUE,
  Member,
  Noun,
  ORDINAL,
  REF,
  TEXT,
  listOf,
  nullable,
} from './member.js';
import { ListShape } from './selection.js';
import { CHANGE_ACTION, CHANGE_KIND, CHANGE_REASON, CHANGE_SUBJECT, FAMILY } from './words.js';

@Noun('ChangeActions', 'What an administrator has to do, by what the firewall knows.')
export class ChangeActionsShape {
  @Member('Where the firewall knows names.', CHANGE_ACTION)
  readonly byName!: ChangeAction;
  @Member('Where it knows only addresses.', CHANGE_ACTION)
  readonly byAddress!: ChangeAction;
}

@Noun('Change', 'One difference between two revisions.')
export class ChangeShape implements Change {
  @Member('Its key: the revision, a hyphen, and its place in it.')
  readonly id!: string;
  @Member('The revision that made it.', ORDINAL)
  readonly revision!: number;
  @Member('When that was published.', INSTANT)
  readonly publishedAt!: string;
  @Member('Whether something came, went or changed.', CHANGE_KIND)
  readonly kind!: ChangeKind;
  @Member('What it is about.', CHANGE_SUBJECT)
  readonly subject!: ChangeSubject;
  @Member('What has to be done.', ChangeActionsShape)
  readonly action!: ChangeActionsShape;
  @Member('Why.', CHANGE_REASON)
  readonly reason!: ChangeReason;
  @Member(
    'Set where a host has its first address of a family; its first IPv6 breaks allow lists of IPv4 alone.',
    nullable(FAMILY),
  )
  readonly firstOfFamily!: Family | null;
  @Member('From when on what there is to open is in use; null where nothing has to be opened.', nullable(INSTANT))
  readonly actBy!: string | null;
  @Member('The host that it is about.', nullable(HOST_NAME))
  readonly host!: string | null;
  @Member('The address that it is about.', nullable(CIDR))
  readonly address!: Cidr | null;
  @Member('The ref of the requirement that it is about.', nullable(REF))
  readonly requirement!: string | null;
  @Member('What there was before; null where there was nothing.', nullable(JSON_VALUE))
  readonly previous!: Json;
  @Member('What there is now; null where there is nothing.', nullable(JSON_VALUE))
  readonly current!: Json;
  @Member('Whether it was announced beforehand.', FLAG)
  readonly announced!: boolean;
  @Member('How long beforehand, in seconds; null where it was not, or nobody knows.', nullable(COUNT))
  readonly leadTimeSeconds!: number | null;
  @Member('The instant that was announced for it.', nullable(INSTANT))
  readonly effectiveFrom!: string | null;
}

@Noun('ChangeList', 'The changes of a selection, oldest first.')
export class ChangeListShape extends ListShape {
  @Member('The revision after which they begin.', ORDINAL)
  readonly from!: number;
  @Member('The revision up to which the pages go: after the last of them, ask `since` it next time.', ORDINAL)
  readonly to!: number;
  @Member(
    'Those that alter what the selection is answered; without a selection, all. Oldest first.',
    listOf(ChangeShape),
  )
  readonly changes!: readonly ChangeShape[];
  @Member('For `after`, to go on; null at the end.', nullable(TEXT))
  readonly nextCursor!: string | null;
}

@Noun('Diff', 'What is different in one revision from another.')
export class DiffShape extends ListShape {
  @Member('The revision that is compared with.', ORDINAL)
  readonly from!: number;
  @Member('The revision that is compared.', ORDINAL)
  readonly to!: number;
  @Member('All steps from the one to the other taken together, in the fixed order.', listOf(ChangeShape))
  readonly changes!: readonly ChangeShape[];
}

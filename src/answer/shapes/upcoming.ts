import type { Announcement } from '../../model/catalog.js';
import type { Cidr } from '../../model/cidr.js';
import type { Upcoming, UpcomingEvent, UpcomingSubject } from '../../model/upcoming.js';
import { ChangeActionsShape } from './change.js';
import { CIDR, FLAG, HOST_NAME, INSTANT, Member, Noun, REF, TEXT, listOf, nullable } from './member.js';
import { ListShape } from './selection.js';
import { UPCOMING_EVENT, UPCOMING_SUBJECT } from './words.js';

@Noun('Announcement', 'What the vendor said beforehand of a change to come.')
export class AnnouncementShape implements Announcement {
  @Member('Its short name.')
  readonly name!: string;
  @Member('What is going to change.')
  readonly title!: string;
  @Member('When it was said.', INSTANT)
  readonly announced!: string;
  @Member('Who said it.', nullable(TEXT))
  readonly by!: string | null;
  @Member('Where it can be read.', nullable(TEXT))
  readonly url!: string | null;
}

@Noun('Upcoming', 'Something that is said to come.')
export class UpcomingShape implements Upcoming {
  @Member('When; null where nobody said. It may have passed where it does not act by itself.', nullable(INSTANT))
  readonly date!: string | null;
  @Member('What is to come.', UPCOMING_EVENT)
  readonly event!: UpcomingEvent;
  @Member('What it is about.', UPCOMING_SUBJECT)
  readonly subject!: UpcomingSubject;
  @Member('The ref of the requirement that it is about.', nullable(REF))
  readonly requirement!: string | null;
  @Member('The host that it is about.', nullable(HOST_NAME))
  readonly host!: string | null;
  @Member('The address that it is about.', nullable(CIDR))
  readonly address!: Cidr | null;
  @Member(
    "Whether it comes about by the clock alone. The vendor's dates and the end of grace do; the published list's own dates do not.",
    FLAG,
  )
  readonly actsByItself!: boolean;
  @Member("The vendor's announcement of it, where there is one.", nullable(AnnouncementShape))
  readonly announcement!: AnnouncementShape | null;
  @Member('What has to be done: opened by the date, closed from then on.', ChangeActionsShape)
  readonly action!: ChangeActionsShape;
}

@Noun('UpcomingList', 'What is to come of a selection.')
export class UpcomingListShape extends ListShape {
  @Member('By date, what has none last.', listOf(UpcomingShape), 'nodes')
  readonly upcoming!: readonly UpcomingShape[];
}

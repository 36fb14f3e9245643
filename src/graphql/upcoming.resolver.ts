import { Args, Query, Resolver } from '@nestjs/graphql';
import { upcomingList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { UpcomingListShape } from '../answer/shapes/upcoming.js';
import { AtField, ask, type Here } from './operation.js';
import { SELECTION } from './selection.js';

@Resolver()
export class UpcomingResolver {
  @Query(() => UpcomingListShape, {
    description: 'What is announced of a selection: openings, closings and retirements, by date.',
  })
  upcoming(@Args('selection', SELECTION) asked: SelectionQuery | undefined, @AtField() here: Here): UpcomingListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return upcomingList(snapshot, selection);
  }
}

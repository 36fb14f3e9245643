import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { ChangeLog, MOST_CHANGES } from '../answer/changes.js';
import { SelectionQuery } from '../answer/queries.js';
import { USUAL_PAGE } from '../answer/revision-log.js';
import { DiffShape } from '../answer/shapes/change.js';
import { AtField, ask, type Here } from './operation.js';
import { pageSize } from './page-size.js';
import { SELECTION } from './selection.js';
import { ChangeConnectionShape } from './shapes.js';

@Resolver()
export class ChangesResolver {
  constructor(private readonly log: ChangeLog) {}

  @Query(() => ChangeConnectionShape, {
    description: 'The changes that alter what a selection is answered, oldest first. Without a selection, all.',
  })
  changes(
    @Args('since', {
      type: () => String,
      nullable: true,
      description:
        'After which revision: its number, or an RFC 3339 instant that has passed. Without it, after the first.',
    })
    since: string | null | undefined,
    @Args('selection', SELECTION) chosen: SelectionQuery | undefined,
    @Args('first', {
      type: () => Int,
      nullable: true,
      description: `How many, from 1 to ${MOST_CHANGES}; ${USUAL_PAGE} where nothing is said.`,
    })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'Goes on after this cursor.' })
    after: string | null | undefined,
    @AtField() here: Here,
  ): ChangeConnectionShape {
    const { asked } = ask(here, { selection: chosen });
    const from = this.log.since(asked, since ?? null);
    const list = this.log.list(asked, from, pageSize(first, MOST_CHANGES), after ?? null);
    const { changes, nextCursor, ...head } = list;
    const edges = changes.map((node) => ({ cursor: this.log.cursorOf(asked, 'oldest-first', from, node.id), node }));
    return {
      ...head,
      edges,
      nodes: changes,
      pageInfo: {
        hasNextPage: nextCursor !== null,
        // A cursor that was taken is that of a change, and it lies before the page.
        hasPreviousPage: after != null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  @Query(() => DiffShape, {
    description: 'What is different in one revision from another, all steps between them taken together.',
  })
  diff(
    @Args('from', { description: 'The revision to compare with: its number, or an RFC 3339 instant that has passed.' })
    from: string,
    @Args('to', {
      type: () => String,
      nullable: true,
      description:
        'The revision to compare: its number, or an RFC 3339 instant that has passed. Without it, the newest.',
    })
    to: string | null | undefined,
    @Args('selection', SELECTION) chosen: SelectionQuery | undefined,
    @AtField() here: Here,
  ): DiffShape {
    const { asked } = ask(here, { selection: chosen });
    return this.log.diff(asked, this.log.span(asked, from, to ?? null));
  }
}

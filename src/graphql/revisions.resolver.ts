import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { MOST_REVISIONS, RevisionLog, USUAL_PAGE } from '../answer/revision-log.js';
import { RevisionShape } from '../answer/shapes/revision.js';
import { AtField, ask, type Here } from './operation.js';
import { pageSize } from './page-size.js';
import { AT_MOMENT } from './selection.js';
import { RevisionConnectionShape } from './shapes.js';

@Resolver()
export class RevisionsResolver {
  constructor(private readonly log: RevisionLog) {}

  @Query(() => RevisionShape, { nullable: true, description: "One revision's record; without `at`, the newest." })
  revision(
    @Args('at', { ...AT_MOMENT, description: `${AT_MOMENT.description} \`latest\` is the newest.` })
    at: string | null | undefined,
    @AtField() here: Here,
  ): RevisionShape {
    const { snapshot } = ask(here);
    return at == null || at === 'latest' ? snapshot.revision : this.log.at(snapshot, at);
  }

  @Query(() => RevisionConnectionShape, { description: 'The records of revisions, newest first.' })
  revisions(
    @Args('first', {
      type: () => Int,
      nullable: true,
      description: `How many, from 1 to ${MOST_REVISIONS}; ${USUAL_PAGE} where nothing is said.`,
    })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'Goes on after this cursor.' })
    after: string | null | undefined,
    @AtField() here: Here,
  ): RevisionConnectionShape {
    const { snapshot } = ask(here);
    const { revisions, nextCursor } = this.log.page(snapshot, pageSize(first, MOST_REVISIONS), after ?? null);
    const edges = revisions.map((node) => ({ cursor: this.log.cursorOf(snapshot, node.revision), node }));
    return {
      edges,
      nodes: revisions,
      pageInfo: {
        hasNextPage: nextCursor !== null,
        // A cursor that was taken is that of a revision, and it lies before the page.
        hasPreviousPage: after != null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }
}

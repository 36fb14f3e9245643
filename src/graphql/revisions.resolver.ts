import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { MOST_REVISIONS, RevisionLog, USUAL_PAGE, cursorOf } from '../answer/revision-log.js';
import { RevisionShape } from '../answer/shapes/revision.js';
import { invalidParameters } from '../model/error.js';
import { AtField, ask, type Here } from './operation.js';
import { AT_MOMENT } from './selection.js';
import { RevisionConnectionShape } from './shapes.js';

@Resolver()
export class RevisionsResolver {
  constructor(private readonly log: RevisionLog) {}

  @Query(() => RevisionShape, { nullable: true, description: "One revision's record; without `at`, the newest." })
  async revision(
    @Args('at', { ...AT_MOMENT, description: `${AT_MOMENT.description} \`latest\` is the newest.` })
    at: string | null | undefined,
    @AtField() here: Here,
  ): Promise<RevisionShape> {
    const { snapshot } = await ask(here);
    return at == null || at === 'latest' ? snapshot.revision : this.log.at(snapshot, at);
  }

  @Query(() => RevisionConnectionShape, { description: 'The records of revisions, newest first.' })
  async revisions(
    @Args('first', {
      type: () => Int,
      nullable: true,
      description: `How many, from 1 to ${MOST_REVISIONS}; ${USUAL_PAGE} where nothing is said.`,
    })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'Goes on after this cursor.' })
    after: string | null | undefined,
    @AtField() here: Here,
  ): Promise<RevisionConnectionShape> {
    const { snapshot } = await ask(here);
    const { revisions, nextCursor } = await this.log.page(snapshot, pageSize(first), after ?? null);
    const edges = revisions.map((node) => ({ cursor: cursorOf(node.revision), node }));
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

function pageSize(first: number | null | undefined): number {
  if (first == null) return USUAL_PAGE;
  if (first >= 1 && first <= MOST_REVISIONS) return first;
  throw invalidParameters([
    {
      code: 'malformed-value',
      parameter: 'first',
      value: String(first),
      message: `"${first}" is not a value of the parameter "first". Allowed: 1…${MOST_REVISIONS}.`,
      allowed: [`1…${MOST_REVISIONS}`],
      didYouMean: null,
    },
  ]);
}

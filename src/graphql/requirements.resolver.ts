import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { requirementList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { RequirementListShape, RequirementShape } from '../answer/shapes/requirement.js';
import { requirementAt } from '../answer/single.js';
import { partsOf } from '../model/ref.js';
import { ask, type Question } from './scope.js';
import { SELECTION } from './selection.js';

@Resolver()
export class RequirementsResolver {
  @Query(() => RequirementListShape, { description: 'The network requirements of a selection.' })
  requirements(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): RequirementListShape {
    const { snapshot, selection } = ask(question, info, asked);
    return requirementList(snapshot, selection);
  }

  @Query(() => RequirementShape, { nullable: true, description: 'One requirement, by its key.' })
  requirement(
    @Args('ref', { description: 'Its key: product/task/mode/name.' }) ref: string,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): RequirementShape {
    const { snapshot, selection } = ask(question, info);
    const { requirement, aliases } = requirementAt(snapshot, partsOf(ref), selection);
    question.noted.aliases.push(...aliases);
    return requirement;
  }
}

import { Args, Query, Resolver } from '@nestjs/graphql';
import { requirementList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { RequirementListShape, RequirementShape } from '../answer/shapes/requirement.js';
import { requirementAt } from '../answer/single.js';
import type { AddressStatus } from '../model/address.js';
import type { Family } from '../model/cidr.js';
import { partsOf } from '../model/ref.js';
import { AtField, ask, type Here } from './operation.js';
import { AT_MOMENT, FAMILIES, SELECTION, STATUSES } from './selection.js';

@Resolver()
export class RequirementsResolver {
  @Query(() => RequirementListShape, { description: 'The network requirements of a selection.' })
  requirements(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @AtField() here: Here,
  ): RequirementListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return requirementList(snapshot, selection);
  }

  @Query(() => RequirementShape, { nullable: true, description: 'One requirement, by its key.' })
  requirement(
    @Args('ref', { description: 'Its key: product/task/mode/name.' }) ref: string,
    @Args('at', AT_MOMENT) at: string | null | undefined,
    @Args('family', FAMILIES) family: Family[] | null | undefined,
    @Args('status', STATUSES) status: AddressStatus[] | null | undefined,
    @AtField() here: Here,
  ): RequirementShape {
    const { snapshot, selection } = ask(here, { at, selection: { family, status } });
    const { requirement, aliases } = requirementAt(snapshot, partsOf(ref), selection);
    here.operation.noted.aliases.push(...aliases);
    return requirement;
  }
}

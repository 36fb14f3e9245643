import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AddressRowShape, AddressShape } from '../answer/shapes/address.js';
import { CatalogEndpointShape } from '../answer/shapes/catalog.js';
import { HostShape, LookupHostShape, LookupShape, PortShape } from '../answer/shapes/listing.js';
import { CompanionShape, EndpointShape, RequirementShape } from '../answer/shapes/requirement.js';
import type { AddressStatus } from '../model/address.js';
import type { Family } from '../model/cidr.js';
import { AtField, scopeOf, type Here } from './operation.js';
import { OTHER_FAMILIES, OTHER_STATUSES } from './selection.js';
import { FacetValueShape } from './shapes.js';

// Fields that lead from one noun to another. REST gives the names or refs of what is there; GraphQL goes on to the
// thing itself, under the selection of the root field. Each class has the fields of one type, as @Resolver wants it.

@Resolver(() => RequirementShape)
export class RequirementEdges {
  @ResolveField(() => [FacetValueShape], { description: 'Further dimensions that the catalog declares.' })
  facets(@Parent() { facets }: RequirementShape): FacetValueShape[] {
    return Object.entries(facets).map(([name, value]) => ({ name, value }));
  }
}

@Resolver(() => EndpointShape)
export class EndpointEdges {
  @ResolveField(() => [HostShape], { description: 'Its DNS names.' })
  hosts(@Parent() { hosts }: EndpointShape, @AtField() here: Here) {
    return scopeOf(here).hosts(hosts);
  }
}

@Resolver(() => CompanionShape)
export class CompanionEdges {
  @ResolveField(() => [HostShape], { description: 'The names.' })
  hosts(@Parent() { hosts }: CompanionShape, @AtField() here: Here) {
    return scopeOf(here).hosts(hosts);
  }
}

@Resolver(() => CatalogEndpointShape)
export class CatalogEndpointEdges {
  @ResolveField(() => [HostShape], { description: 'Its DNS names.' })
  hosts(@Parent() { hosts }: CatalogEndpointShape, @AtField() here: Here) {
    return scopeOf(here).hosts(hosts);
  }
}

@Resolver(() => HostShape)
export class HostEdges {
  @ResolveField(() => [AddressShape], { description: 'Its addresses, by family, then numerically.' })
  addresses(
    @Parent() host: HostShape,
    @Args('family', OTHER_FAMILIES) family: Family[] | null | undefined,
    @Args('status', OTHER_STATUSES) status: AddressStatus[] | null | undefined,
    @AtField() here: Here,
  ): readonly AddressShape[] {
    if (family == null && status == null) return host.addresses;
    return scopeOf(here).addresses(host.name, { family, status });
  }

  @ResolveField(() => [RequirementShape], { description: 'The requirements that it belongs to.' })
  requirements(@Parent() host: HostShape, @AtField() here: Here) {
    return scopeOf(here).requirements(host.requirements);
  }
}

@Resolver(() => AddressRowShape)
export class AddressRowEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements that need it.' })
  requirements(@Parent() row: AddressRowShape, @AtField() here: Here) {
    return scopeOf(here).requirements(row.requirements);
  }
}

@Resolver(() => PortShape)
export class PortEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements that name it.' })
  requirements(@Parent() port: PortShape, @AtField() here: Here) {
    return scopeOf(here).requirements(port.requirements);
  }
}

@Resolver(() => LookupShape)
export class LookupEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements behind it.' })
  requirements(@Parent() lookup: LookupShape, @AtField() here: Here) {
    return scopeOf(here).requirements(lookup.requirements);
  }
}

@Resolver(() => LookupHostShape)
export class LookupHostEdges {
  @ResolveField(() => HostShape, {
    nullable: true,
    description:
      'The host itself; null where the name is that of no host: `general`, or what only a wildcard stands for.',
  })
  host(@Parent() { name }: LookupHostShape, @AtField() here: Here) {
    return scopeOf(here).host(name);
  }
}

/** Every class of fields that lead on. */
export const EDGES = [
  RequirementEdges,
  EndpointEdges,
  CompanionEdges,
  CatalogEndpointEdges,
  HostEdges,
  AddressRowEdges,
  PortEdges,
  LookupEdges,
  LookupHostEdges,
] as const;

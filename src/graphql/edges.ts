import { Args, ArgsType, Field, ResolveField, Resolver } from '@nestjs/graphql';
import { isObjectType, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { AddressRowShape, AddressShape } from '../answer/shapes/address.js';
import { CatalogEndpointShape } from '../answer/shapes/catalog.js';
import { HostShape, LookupHostShape, LookupShape, PortShape } from '../answer/shapes/listing.js';
import { CompanionShape, EndpointShape, RequirementShape } from '../answer/shapes/requirement.js';
import type { AddressStatus } from '../model/address.js';
import type { Family } from '../model/cidr.js';
import { scopeOf, type Operation } from './operation.js';
import { OTHER_FAMILIES, OTHER_STATUSES } from './selection.js';
import { FacetValueShape } from './shapes.js';

// Fields that lead from one noun to another. REST gives the names or refs of what is there; GraphQL goes on to the
// thing itself, under the selection of the root field. Each class has the fields of one type, as @Resolver wants it.
// Nest declares them; they are called by graphql-js alone, and so take what it gives to every resolver.

@ArgsType()
class OtherAddresses {
  @Field(OTHER_FAMILIES.type, OTHER_FAMILIES)
  family?: Family[] | null;
  @Field(OTHER_STATUSES.type, OTHER_STATUSES)
  status?: AddressStatus[] | null;
}

@Resolver(() => RequirementShape)
export class RequirementEdges {
  @ResolveField(() => [FacetValueShape], { description: 'Further dimensions that the catalog declares.' })
  facets({ facets }: RequirementShape): FacetValueShape[] {
    return Object.entries(facets).map(([name, value]) => ({ name, value }));
  }
}

@Resolver(() => EndpointShape)
export class EndpointEdges {
  @ResolveField(() => [HostShape], { description: 'Its DNS names.' })
  hosts({ hosts }: EndpointShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).hosts(hosts);
  }
}

@Resolver(() => CompanionShape)
export class CompanionEdges {
  @ResolveField(() => [HostShape], { description: 'The names.' })
  hosts({ hosts }: CompanionShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).hosts(hosts);
  }
}

@Resolver(() => CatalogEndpointShape)
export class CatalogEndpointEdges {
  @ResolveField(() => [HostShape], { description: 'Its DNS names.' })
  hosts({ hosts }: CatalogEndpointShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).hosts(hosts);
  }
}

@Resolver(() => HostShape)
export class HostEdges {
  @ResolveField(() => [AddressShape], { description: 'Its addresses, by family, then numerically.' })
  addresses(
    host: HostShape,
    @Args() { family, status }: OtherAddresses,
    operation: Operation,
    info: GraphQLResolveInfo,
  ): readonly AddressShape[] {
    if (family == null && status == null) return host.addresses;
    return scopeOf(operation, info).addresses(host.name, { family, status });
  }

  @ResolveField(() => [RequirementShape], { description: 'The requirements that it belongs to.' })
  requirements(host: HostShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).requirements(host.requirements);
  }
}

@Resolver(() => AddressRowShape)
export class AddressRowEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements that need it.' })
  requirements(row: AddressRowShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).requirements(row.requirements);
  }
}

@Resolver(() => PortShape)
export class PortEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements that name it.' })
  requirements(port: PortShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).requirements(port.requirements);
  }
}

@Resolver(() => LookupShape)
export class LookupEdges {
  @ResolveField(() => [RequirementShape], { description: 'The requirements behind it.' })
  requirements(lookup: LookupShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).requirements(lookup.requirements);
  }
}

@Resolver(() => LookupHostShape)
export class LookupHostEdges {
  @ResolveField(() => HostShape, {
    nullable: true,
    description:
      'The host itself; null where the name is that of no host: `general`, or what only a wildcard stands for.',
  })
  host({ name }: LookupHostShape, _: unknown, operation: Operation, info: GraphQLResolveInfo) {
    return scopeOf(operation, info).host(name);
  }
}

/** Every class of fields that lead on, by the type that has them. */
const EDGES_BY_TYPE = {
  Requirement: RequirementEdges,
  Endpoint: EndpointEdges,
  Companion: CompanionEdges,
  CatalogEndpoint: CatalogEndpointEdges,
  Host: HostEdges,
  AddressRow: AddressRowEdges,
  Port: PortEdges,
  Lookup: LookupEdges,
  LookupHost: LookupHostEdges,
} as const;

export const EDGES = Object.values(EDGES_BY_TYPE);

/**
 * Has the edges called as graphql-js calls any resolver. Through Nest each would be waited for, and an answer may have
 * thousands; guards, pipes and the like, which Nest would call around them, there are none.
 */
export function callDirectly(schema: GraphQLSchema): void {
  for (const [name, { prototype }] of Object.entries(EDGES_BY_TYPE)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`There is no type ${name} to have edges.`);
    const fields = type.getFields();
    for (const [field, { value: resolve }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (field !== 'constructor') fields[field]!.resolve = resolve;
    }
  }
}

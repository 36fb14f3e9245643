import { Args, Query, Resolver } from '@nestjs/graphql';
import { addressList, hostList, portList } from '../answer/lists.js';
import { AddressesQuery, SelectionQuery } from '../answer/queries.js';
import { AddressListShape, HostListShape, HostShape, PortListShape } from '../answer/shapes/listing.js';
import { hostNamed } from '../answer/single.js';
import { AtField, ask, type Here } from './operation.js';
import { AT_MOMENT, REQUIRED_SELECTION, SELECTION } from './selection.js';

@Resolver()
export class HostsResolver {
  @Query(() => HostListShape, { description: 'The DNS names and wildcards of a selection, companions marked.' })
  hosts(@Args('selection', SELECTION) asked: SelectionQuery | undefined, @AtField() here: Here): HostListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return hostList(snapshot, selection);
  }

  @Query(() => HostShape, {
    nullable: true,
    description: 'One host. A host of the upstream list that the catalog does not name has no requirements.',
  })
  host(
    @Args('name', { description: 'A DNS name or wildcard.' }) name: string,
    @Args('at', AT_MOMENT) at: string | null | undefined,
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @AtField() here: Here,
  ): HostShape {
    const { snapshot, selection } = ask(here, { selection: asked, at });
    const { host, aliases } = hostNamed(snapshot, name, selection);
    here.operation.noted.aliases.push(...aliases);
    return host;
  }

  @Query(() => AddressListShape, { description: 'The addresses of a selection as a flat list.' })
  addresses(
    @Args('selection', REQUIRED_SELECTION) asked: SelectionQuery | undefined,
    @Args('aggregate', {
      type: () => Boolean,
      defaultValue: false,
      description: 'Join neighbouring blocks and drop covered ones. The rows hold exactly the same addresses.',
    })
    aggregate: boolean,
    @AtField() here: Here,
  ): AddressListShape {
    const { snapshot, selection } = ask(here, {
      selection: asked,
      defaultNeed: AddressesQuery.defaultNeed,
    });
    return addressList(snapshot, selection, aggregate);
  }

  @Query(() => PortListShape, {
    description: 'The ports of a selection: each distinct range, zone and direction once.',
  })
  ports(@Args('selection', SELECTION) asked: SelectionQuery | undefined, @AtField() here: Here): PortListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return portList(snapshot, selection);
  }
}

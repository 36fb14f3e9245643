import { Args, Query, Resolver } from '@nestjs/graphql';
import { LookupShape } from '../answer/shapes/listing.js';
import { invalidParameters } from '../model/error.js';
import { lookUp } from '../model/lookup.js';
import { parseLookup } from '../model/lookup-query.js';
import { AtField, ask, type Here } from './operation.js';
import { AT_MOMENT } from './selection.js';

@Resolver()
export class LookupResolver {
  @Query(() => LookupShape, { description: 'What is known of an address, a block, a range or a name.' })
  lookup(
    @Args('q', { description: 'An IP address, a CIDR block, a range `first-last`, or a DNS name.' }) q: string,
    @Args('at', AT_MOMENT) at: string | null | undefined,
    @AtField() here: Here,
  ): LookupShape {
    const { snapshot } = ask(here, { at });
    const parsed = parseLookup(q);
    if ('code' in parsed) throw invalidParameters([parsed]);
    return lookUp(snapshot, parsed);
  }
}

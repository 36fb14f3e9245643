import { Query, Resolver } from '@nestjs/graphql';
import { StatusShape } from '../answer/shapes/status.js';
import { State } from '../answer/state.js';
import { AtField, type Here } from './operation.js';

@Resolver()
export class StatusResolver {
  constructor(private readonly state: State) {}

  @Query(() => StatusShape, {
    description: 'How fresh the answers are, and what went wrong last. An answer with it is never cached.',
  })
  status(@AtField() { operation: { noted } }: Here): StatusShape {
    noted.followsFromRevision = false;
    return this.state.status();
  }
}

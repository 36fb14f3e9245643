import { Context, Query, Resolver } from '@nestjs/graphql';
import { StatusShape } from '../answer/shapes/status.js';
import { State } from '../answer/state.js';
import type { Question } from './scope.js';

@Resolver()
export class StatusResolver {
  constructor(private readonly state: State) {}

  @Query(() => StatusShape, {
    description: 'How fresh the answers are, and what went wrong last. An answer with it is never cached.',
  })
  status(@Context() { noted }: Question): StatusShape {
    noted.followsFromRevision = false;
    return this.state.status();
  }
}

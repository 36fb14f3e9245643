import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { modeList, taskList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { catalogOf, versionOf } from '../answer/single.js';
import { ask, type Question } from './scope.js';
import { SELECTION } from './selection.js';
import { ProductShape } from './shapes.js';

@Resolver()
export class CatalogResolver {
  @Query(() => ProductShape, { description: 'What the requirements are of, and what is served of it.' })
  product(@Context() question: Question, @Info() info: GraphQLResolveInfo): ProductShape {
    const { snapshot } = ask(question, info);
    return { name: snapshot.catalog.product, title: snapshot.catalog.title, version: versionOf(snapshot) };
  }

  @Query(() => CatalogShape, {
    description: 'The whole catalog: tasks, modes, zones, endpoints, documents and promises.',
  })
  catalog(@Context() question: Question, @Info() info: GraphQLResolveInfo): CatalogShape {
    return catalogOf(ask(question, info).snapshot);
  }

  @Query(() => TaskListShape, { description: 'The tasks that a selection has requirements for.' })
  tasks(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): TaskListShape {
    const { snapshot, selection } = ask(question, info, asked);
    return taskList(snapshot, selection);
  }

  @Query(() => ModeListShape, { description: 'The modes that a selection has requirements for.' })
  modes(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): ModeListShape {
    const { snapshot, selection } = ask(question, info, asked);
    return modeList(snapshot, selection);
  }
}

import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { modeList, taskList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { catalogOf, versionOf } from '../answer/single.js';
import { ask, type Question } from './scope.js';
import { AT_MOMENT, SELECTION } from './selection.js';
import { ProductShape } from './shapes.js';

@Resolver()
export class CatalogResolver {
  @Query(() => ProductShape, { description: 'What the requirements are of, and what is served of it.' })
  async product(@Context() question: Question, @Info() info: GraphQLResolveInfo): Promise<ProductShape> {
    const { snapshot } = await ask(question, info);
    return { name: snapshot.catalog.product, title: snapshot.catalog.title, version: versionOf(snapshot) };
  }

  @Query(() => CatalogShape, {
    description: 'The whole catalog: tasks, modes, zones, endpoints, documents and promises.',
  })
  async catalog(
    @Args('at', AT_MOMENT) at: string | null | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CatalogShape> {
    return catalogOf((await ask(question, info, { at })).snapshot);
  }

  @Query(() => TaskListShape, { description: 'The tasks that a selection has requirements for.' })
  async tasks(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TaskListShape> {
    const { snapshot, selection } = await ask(question, info, { selection: asked });
    return taskList(snapshot, selection);
  }

  @Query(() => ModeListShape, { description: 'The modes that a selection has requirements for.' })
  async modes(
    @Args('selection', SELECTION) asked: SelectionQuery | undefined,
    @Context() question: Question,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ModeListShape> {
    const { snapshot, selection } = await ask(question, info, { selection: asked });
    return modeList(snapshot, selection);
  }
}

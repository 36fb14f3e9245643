import { Args, Query, Resolver } from '@nestjs/graphql';
import { modeList, taskList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { catalogOf, versionOf } from '../answer/single.js';
import { AtField, ask, type Here } from './operation.js';
import { AT_MOMENT, SELECTION } from './selection.js';
import { ProductShape } from './shapes.js';

@Resolver()
export class CatalogResolver {
  @Query(() => ProductShape, { description: 'What the requirements are of, and what is served of it.' })
  product(@AtField() here: Here): ProductShape {
    const { snapshot } = ask(here);
    return { name: snapshot.catalog.product, title: snapshot.catalog.title, version: versionOf(snapshot) };
  }

  @Query(() => CatalogShape, {
    description: 'The whole catalog: tasks, modes, zones, endpoints, documents and promises.',
  })
  catalog(@Args('at', AT_MOMENT) at: string | null | undefined, @AtField() here: Here): CatalogShape {
    return catalogOf(ask(here, { at }).snapshot);
  }

  @Query(() => TaskListShape, { description: 'The tasks that a selection has requirements for.' })
  tasks(@Args('selection', SELECTION) asked: SelectionQuery | undefined, @AtField() here: Here): TaskListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return taskList(snapshot, selection);
  }

  @Query(() => ModeListShape, { description: 'The modes that a selection has requirements for.' })
  modes(@Args('selection', SELECTION) asked: SelectionQuery | undefined, @AtField() here: Here): ModeListShape {
    const { snapshot, selection } = ask(here, { selection: asked });
    return modeList(snapshot, selection);
  }
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, asOf, listHead } from '../answer/answers.js';
import { ProductQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { checkPromises } from '../model/promise.js';
import { select } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { ApiProblems } from '../answer/api-problems.js';

@ApiTags('Catalog')
@Controller()
export class CatalogController {
  constructor(private readonly answers: Answers) {}

  /** The whole catalog: tasks, modes, zones, endpoints, documents and promises. */
  @Get('catalog')
  @ApiOkResponse({ type: CatalogShape })
  @ApiProblems(400, 406)
  async catalog(@Query(QueryPipe) query: ProductQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot } = query.asked;
    await this.answers.send(request, reply, query.asked, 'catalog', () => catalogOf(snapshot));
  }

  /** The tasks, in the order of every answer. */
  @Get('tasks')
  @ApiOkResponse({ type: TaskListShape })
  @ApiProblems(400, 406)
  async tasks(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `tasks ${JSON.stringify(selection)}`, () => {
      const used = new Set(select(snapshot, selection).map(({ task }) => task));
      return { ...listHead(snapshot, selection), tasks: snapshot.catalog.tasks.filter(({ name }) => used.has(name)) };
    });
  }

  /** The modes, in the order of every answer. */
  @Get('modes')
  @ApiOkResponse({ type: ModeListShape })
  @ApiProblems(400, 406)
  async modes(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `modes ${JSON.stringify(selection)}`, () => {
      const used = new Set(select(snapshot, selection).map(({ mode }) => mode));
      return { ...listHead(snapshot, selection), modes: snapshot.catalog.modes.filter(({ name }) => used.has(name)) };
    });
  }
}

function catalogOf(snapshot: Snapshot): CatalogShape {
  const { product, title, tasks, modes, zones, endpoints, documents, notes } = snapshot.catalog;
  const promises = checkPromises(snapshot.catalog).map(({ promise, brokenBy }) => ({
    text: promise.text,
    holds: brokenBy.length === 0,
  }));
  return {
    product,
    title,
    asOf: asOf(snapshot),
    tasks,
    modes,
    zones,
    facets: [],
    conditions: [],
    endpoints,
    documents,
    notes,
    promises,
  };
}

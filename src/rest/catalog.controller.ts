import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, asOf, listHead } from '../answer/answers.js';
import { ProductQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { checkPromises } from '../model/promise.js';
import { select } from '../model/select.js';
import type { Snapshot } from '../model/snapshot.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Catalog')
@Controller()
export class CatalogController {
  constructor(private readonly answers: Answers) {}

  @Get('catalog')
  @ApiAnswer('The whole catalog: tasks, modes, zones, endpoints, documents and promises.', CatalogShape, [400, 406])
  async catalog(@Query(QueryPipe) query: ProductQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot } = query.asked;
    await this.answers.send(request, reply, query.asked, 'catalog', () => catalogOf(snapshot));
  }

  @Get('tasks')
  @ApiAnswer('The tasks, in the order of every answer.', TaskListShape, [400, 406])
  async tasks(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `tasks ${JSON.stringify(selection)}`, () => {
      const used = new Set(select(snapshot, selection).map(({ task }) => task));
      return { ...listHead(snapshot, selection), tasks: snapshot.catalog.tasks.filter(({ name }) => used.has(name)) };
    });
  }

  @Get('modes')
  @ApiAnswer('The modes, in the order of every answer.', ModeListShape, [400, 406])
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

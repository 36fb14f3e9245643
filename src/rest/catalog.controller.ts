import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { modeList, taskList } from '../answer/lists.js';
import { MomentQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { CatalogShape, ModeListShape, TaskListShape } from '../answer/shapes/catalog.js';
import { catalogOf } from '../answer/single.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Catalog')
@Controller()
export class CatalogController {
  constructor(private readonly answers: Answers) {}

  @Get('catalog')
  @ApiAnswer(
    'The whole catalog: tasks, modes, zones, endpoints, documents and promises.',
    CatalogShape,
    [400, 404, 406],
  )
  async catalog(@Query(QueryPipe) query: MomentQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot } = query.asked;
    await this.answers.send(request, reply, query.asked, 'catalog', () => catalogOf(snapshot));
  }

  @Get('tasks')
  @ApiAnswer('The tasks, in the order of every answer.', TaskListShape, [400, 404, 406])
  async tasks(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `tasks ${JSON.stringify(selection)}`, () =>
      taskList(snapshot, selection),
    );
  }

  @Get('modes')
  @ApiAnswer('The modes, in the order of every answer.', ModeListShape, [400, 404, 406])
  async modes(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `modes ${JSON.stringify(selection)}`, () =>
      modeList(snapshot, selection),
    );
  }
}

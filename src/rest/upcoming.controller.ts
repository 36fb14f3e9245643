import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { ApiAnswer } from '../answer/api-answer.js';
import { upcomingList } from '../answer/lists.js';
import { SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { UpcomingListShape } from '../answer/shapes/upcoming.js';

@ApiTags('Changes')
@Controller('upcoming')
export class UpcomingController {
  constructor(private readonly answers: Answers) {}

  @Get()
  @ApiAnswer(
    'What is announced of a selection: openings, closings and retirements, by date.',
    UpcomingListShape,
    [400, 404, 406],
  )
  async upcoming(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `upcoming ${JSON.stringify(selection)}`, () =>
      upcomingList(snapshot, selection),
    );
  }
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { sendUncached } from '../answer/answers.js';
import { StatusShape } from '../answer/shapes/status.js';
import { State } from '../answer/state.js';
import { ApiCurrentState } from '../answer/api-answer.js';

@ApiTags('Operations')
@Controller('status')
export class StatusController {
  constructor(private readonly state: State) {}

  @Get()
  @ApiCurrentState('How fresh the answers are, and what went wrong last. Never cached.', StatusShape, [400, 406])
  async status(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendUncached(request, reply, this.state.status());
  }
}

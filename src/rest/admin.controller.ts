import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiBearerAuth, ApiTags } from '../answer/openapi-decorators.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { sendUncached } from '../answer/answers.js';
import { RefreshShape } from '../answer/shapes/status.js';
import { Refresher } from '../publish/refresher.js';
import { Current } from '../store/current.js';
import { operatorOf } from './admin-guard.js';
import { ApiCurrentState } from '../answer/api-answer.js';

@ApiTags('Administration')
@ApiBearerAuth()
@Controller('admin')
export class AdminController {
  constructor(
    private readonly refresher: Refresher,
    private readonly current: Current,
  ) {}

  @Post('refresh')
  @HttpCode(200)
  @ApiCurrentState('Polls upstream now, and says what came of it.', RefreshShape, [400, 401, 404, 406, 413, 415])
  async refresh(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const outcome = await this.refresher.poll(operatorOf(request));
    await sendUncached(request, reply, { ...outcome, revision: this.current.snapshot?.revision.revision ?? null });
  }
}

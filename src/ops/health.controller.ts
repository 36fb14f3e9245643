import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { ApiCurrentState } from '../answer/api-answer.js';
import { sendUncached } from '../answer/answers.js';
import { Refusal } from '../answer/problem.js';
import { servedBy } from '../answer/asked.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { HealthShape } from '../answer/shapes/status.js';
import { Current } from '../store/current.js';
import { History } from '../store/history.js';
import { Drain } from './drain.js';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(
    private readonly current: Current,
    private readonly history: History,
    private readonly drain: Drain,
  ) {}

  @Get('live')
  @ApiCurrentState('Whether the process answers at all.', HealthShape, [400, 406])
  async live(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendUncached(request, reply, { status: 'live' });
  }

  @Get('ready')
  @ApiCurrentState(
    'Whether traffic should come here: a revision is loaded, the store answers, and the service is not stopping.',
    HealthShape,
    [400, 406],
  )
  async ready(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    if (this.drain.isDraining) {
      throw new Refusal(
        'not-ready',
        'The service is about to stop. What is under way is still answered; send new work elsewhere.',
      );
    }
    servedBy(this.current);
    try {
      await this.history.ping();
    } catch (error) {
      request.log.error({ reqId: request.id, err: error }, 'the store does not answer');
      throw new Refusal(
        'store-unavailable',
        'The store does not answer. What is loaded is still answered from memory.',
      );
    }
    await sendUncached(request, reply, { status: 'ready' });
  }
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { sendUncached } from '../answer/answers.js';
import { StatusShape } from '../answer/shapes/status.js';
import { Standing } from '../publish/standing.js';
import { Current } from '../store/current.js';
import { ApiCurrentState } from '../answer/api-answer.js';
import { Software } from './software.js';

@ApiTags('Operations')
@Controller('status')
export class StatusController {
  constructor(
    private readonly standing: Standing,
    private readonly current: Current,
    private readonly software: Software,
  ) {}

  @Get()
  @ApiCurrentState('How fresh the answers are, and what went wrong last. Never cached.', StatusShape, [400, 406])
  async status(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { freshness, checkedAt, ...rest } = this.standing.status();
    const publishedAt = this.current.snapshot?.revision.publishedAt ?? null;
    await sendUncached(request, reply, {
      freshness,
      checkedAt,
      publishedAt,
      ...rest,
      software: { version: this.software.version },
    });
  }
}

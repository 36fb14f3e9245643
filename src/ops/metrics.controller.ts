import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { ApiExcludeController } from '../answer/openapi-decorators.js';
import { negotiated } from '../answer/negotiation.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { Standing } from '../publish/standing.js';
import { Current } from '../store/current.js';
import { Tally } from './tally.js';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** Monitoring, in the text format of Prometheus. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  #registry: Promise<Registry> | undefined;

  constructor(
    private readonly tally: Tally,
    private readonly current: Current,
    private readonly standing: Standing,
  ) {}

  @Get()
  async metrics(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    negotiated(request, [TEXT, 'application/openmetrics-text']);
    // Loaded when somebody monitors: a start does not wait for it.
    this.#registry ??= import('./metrics.js').then(({ metricsOf }) =>
      metricsOf(this.tally, this.current, this.standing),
    );
    const text = await (await this.#registry).metrics();
    await reply.header('cache-control', 'no-store').type(TEXT).send(text);
  }
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { LookupQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { LookupShape } from '../answer/shapes/listing.js';
import { invalidParameters } from '../model/error.js';
import { lookUp } from '../model/lookup.js';
import { parseLookup } from '../model/lookup-query.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Lookup')
@Controller('lookup')
export class LookupController {
  constructor(private readonly answers: Answers) {}

  @Get()
  @ApiAnswer('What is known of an address, a block, a range or a name.', LookupShape, [400, 404, 406])
  async lookup(@Query(QueryPipe) query: LookupQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot } = query.asked;
    const parsed = parseLookup(query.q);
    if ('code' in parsed) throw invalidParameters([parsed]);
    await this.answers.send(request, reply, query.asked, `lookup ${parsed.text}`, () => lookUp(snapshot, parsed));
  }
}

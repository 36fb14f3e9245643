import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiParam, ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { requirementList } from '../answer/lists.js';
import { RequirementQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { RequirementListShape, RequirementShape } from '../answer/shapes/requirement.js';
import { alteredFor, requirementAt } from '../answer/single.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Requirements')
@Controller('requirements')
export class RequirementsController {
  constructor(private readonly answers: Answers) {}

  @Get()
  @ApiAnswer('The network requirements of a selection.', RequirementListShape, [400, 404, 406])
  async list(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `requirements ${JSON.stringify(selection)}`, () =>
      requirementList(snapshot, selection),
    );
  }

  @Get(':product/:task/:mode/:endpoint')
  @ApiParam({ name: 'product', example: 'replicated' })
  @ApiParam({ name: 'task', example: 'upgrade' })
  @ApiParam({ name: 'mode', example: 'online' })
  @ApiParam({ name: 'endpoint', example: 'api.replicated.com', description: "The endpoint's name, or the rule's." })
  @ApiAnswer('One requirement; the path is its ref.', RequirementShape, [400, 404, 406])
  async one(
    @Param('product') product: string,
    @Param('task') task: string,
    @Param('mode') mode: string,
    @Param('endpoint') endpoint: string,
    @Query(QueryPipe) query: RequirementQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { snapshot, selection } = query.asked;
    const parts = { product, task, mode, name: endpoint };
    const { requirement, aliases } = requirementAt(snapshot, parts, selection);
    await this.answers.send(
      request,
      reply,
      { ...query.asked, aliases },
      `requirement ${requirement.ref} ${JSON.stringify(selection)}`,
      () => requirement,
      alteredFor(snapshot, requirement, selection),
    );
  }
}

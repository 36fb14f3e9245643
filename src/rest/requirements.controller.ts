import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, listHead } from '../answer/answers.js';
import { RequirementQuery, SelectionQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { RequirementListShape, RequirementShape } from '../answer/shapes/requirement.js';
import { DomainError } from '../model/error.js';
import { canonicalRef } from '../model/ref.js';
import { nearest } from '../model/nearest.js';
import { coverageOfAll } from '../model/requirement.js';
import { select } from '../model/select.js';
import { ApiAnswer } from '../answer/api-answer.js';

@ApiTags('Requirements')
@Controller('requirements')
export class RequirementsController {
  constructor(private readonly answers: Answers) {}

  @Get()
  @ApiAnswer('The network requirements of a selection.', RequirementListShape, [400, 406])
  async list(@Query(QueryPipe) query: SelectionQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    await this.answers.send(request, reply, query.asked, `requirements ${JSON.stringify(selection)}`, () => {
      const requirements = select(snapshot, selection);
      return { ...listHead(snapshot, selection), requirements, coverage: coverageOfAll(requirements) };
    });
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
    const { ref, aliases } = canonicalRef(snapshot.catalog, { product, task, mode, name: endpoint });
    const [requirement] = select(snapshot, selection).filter((candidate) => candidate.ref === ref);
    if (requirement === undefined) {
      const meant = nearest(
        ref,
        snapshot.requirements.map((candidate) => candidate.ref),
      );
      const hint = meant === null ? 'GET /requirements lists all that exist.' : `Did you mean "${meant}"?`;
      throw new DomainError('unknown-requirement', `There is no requirement "${ref}". ${hint}`);
    }
    await this.answers.send(
      request,
      reply,
      { snapshot, aliases },
      `requirement ${ref} ${JSON.stringify(selection)}`,
      () => requirement,
    );
  }
}

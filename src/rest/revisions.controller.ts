import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiParam, ApiTags } from '../answer/openapi-decorators.js';
import { Answers } from '../answer/answers.js';
import { ApiAnswer } from '../answer/api-answer.js';
import { asOf } from '../answer/lists.js';
import { MomentQuery, RevisionsQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { RevisionLog, USUAL_PAGE } from '../answer/revision-log.js';
import { RevisionListShape, RevisionShape, VersionShape } from '../answer/shapes/revision.js';
import { versionOf } from '../answer/single.js';

@ApiTags('Revisions')
@Controller()
export class RevisionsController {
  constructor(
    private readonly answers: Answers,
    private readonly log: RevisionLog,
  ) {}

  @Get('version')
  @ApiAnswer('What is served, in four members: small, and never rate-limited.', VersionShape, [400, 404, 406])
  async version(@Query(QueryPipe) query: MomentQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot } = query.asked;
    await this.answers.send(request, reply, query.asked, 'version', () => versionOf(snapshot));
  }

  @Get('revisions')
  @ApiAnswer('The records of revisions, newest first.', RevisionListShape, [400, 404, 406, 503])
  async list(@Query(QueryPipe) query: RevisionsQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    const first = query.first === undefined ? USUAL_PAGE : Number(query.first);
    const page = this.log.page(snapshot, first, query.after ?? null);
    await this.answers.send(request, reply, query.asked, `revisions ${first} ${query.after ?? ''}`, () => ({
      product: snapshot.catalog.product,
      asOf: asOf(page.revisions[0] ?? snapshot.revision),
      selection,
      ...page,
    }));
  }

  @Get('revisions/:revision')
  @ApiParam({ name: 'revision', example: 'latest', description: 'A number, or `latest`.' })
  @ApiAnswer("One revision's record, or the newest.", RevisionShape, [400, 404, 406, 503])
  async one(
    @Param('revision') name: string,
    @Query(QueryPipe) query: MomentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { snapshot } = query.asked;
    const found = this.log.one(snapshot, name);
    await this.answers.send(request, reply, query.asked, `revision ${found.revision}`, () => found, found);
  }
}

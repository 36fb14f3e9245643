import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '../answer/openapi-decorators.js';
import { Answers, JSON_TYPE, lastModified } from '../answer/answers.js';
import { ApiAnswer } from '../answer/api-answer.js';
import { CSV_TYPE, MARKDOWN_TYPE, changesAsCsv, changesAsMarkdown } from '../answer/change-table.js';
import { ChangeLog } from '../answer/changes.js';
import { negotiated } from '../answer/negotiation.js';
import { ChangesQuery, DiffQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { representation } from '../answer/representation.js';
import { USUAL_PAGE } from '../answer/revision-log.js';
import { ChangeListShape, DiffShape } from '../answer/shapes/change.js';

@ApiTags('Changes')
@Controller()
export class ChangesController {
  constructor(
    private readonly answers: Answers,
    private readonly log: ChangeLog,
  ) {}

  @Get('changes')
  @ApiAnswer('What changed since a revision or an instant, oldest first.', ChangeListShape, [400, 404, 406, 503])
  async changes(@Query(QueryPipe) query: ChangesQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { asked, after = null } = query;
    const since = this.log.since(asked, query.since ?? null);
    const first = query.first === undefined ? USUAL_PAGE : Number(query.first);
    const question = `changes ${JSON.stringify([since, first, after, asked.selection])}`;
    await this.answers.send(request, reply, asked, question, () => this.log.list(asked, since, first, after));
  }

  @Get('diff')
  @ApiAnswer(
    'What is different in one revision from another, all steps between them taken together.',
    DiffShape,
    [400, 404, 406, 503],
    { [MARKDOWN_TYPE]: 'A table for people.', [CSV_TYPE]: 'A row a change.' },
  )
  async diff(@Query(QueryPipe) query: DiffQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { asked } = query;
    const mediaType = negotiated(request, [JSON_TYPE, MARKDOWN_TYPE, CSV_TYPE]);
    const span = this.log.span(asked, query.from, query.to ?? null);
    const { isSettled, isSettling } = span;
    const question = `diff ${span.from} ${span.to} ${JSON.stringify(asked.selection)} ${mediaType}`;
    await this.answers.sendAs(request, reply, { ...asked, isSettled, isSettling }, question, () => {
      const diff = this.log.diff(asked, span);
      const headers = { ...lastModified(diff.asOf), vary: 'Accept, Accept-Encoding' };
      if (mediaType === MARKDOWN_TYPE) return representation(mediaType, changesAsMarkdown(diff), { headers });
      if (mediaType === CSV_TYPE) return representation(mediaType, changesAsCsv(diff), { headers });
      return representation(mediaType, JSON.stringify(diff), { headers });
    });
  }
}

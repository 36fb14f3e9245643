import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, listHead } from '../answer/answers.js';
import { ProductQuery, RevisionsQuery } from '../answer/queries.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { RevisionListShape, RevisionShape, VersionShape } from '../answer/shapes/revision.js';
import { DomainError, invalidParameters } from '../model/error.js';
import type { Revision } from '../model/revision.js';
import { History } from '../store/history.js';
import { ApiAnswer } from '../answer/api-answer.js';

const USUAL_PAGE = 50;
const NUMBER = /^[1-9]\d{0,8}$/;

@ApiTags('Revisions')
@Controller()
export class RevisionsController {
  constructor(
    private readonly answers: Answers,
    private readonly history: History,
  ) {}

  @Get('version')
  @ApiAnswer('What is served, in four members: small, and never rate-limited.', VersionShape, [400, 406])
  async version(@Query(QueryPipe) query: ProductQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { catalog, revision } = query.asked.snapshot;
    await this.answers.send(request, reply, query.asked, 'version', () => ({
      product: catalog.product,
      revision: revision.revision,
      digest: revision.digest,
      publishedAt: revision.publishedAt,
    }));
  }

  @Get('revisions')
  @ApiAnswer('The records of revisions, newest first.', RevisionListShape, [400, 406, 503])
  async list(@Query(QueryPipe) query: RevisionsQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { snapshot, selection } = query.asked;
    const first = query.first === undefined ? USUAL_PAGE : Number(query.first);
    const head = snapshot.revision.revision;
    const before = query.after === undefined ? head + 1 : cursor(query.after, head);
    const found = await this.#read(snapshot.catalog.product, before, first);
    const last = found.at(-1)?.revision ?? 1;
    await this.answers.send(request, reply, query.asked, `revisions ${first} ${before}`, () => ({
      ...listHead(snapshot, selection),
      revisions: found,
      nextCursor: last > 1 ? String(last) : null,
    }));
  }

  @Get('revisions/:revision')
  @ApiParam({ name: 'revision', example: 'latest', description: 'A number, or `latest`.' })
  @ApiAnswer("One revision's record, or the newest.", RevisionShape, [400, 404, 406, 503])
  async one(
    @Param('revision') name: string,
    @Query(QueryPipe) query: ProductQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { snapshot } = query.asked;
    const head = snapshot.revision.revision;
    const number = name === 'latest' ? head : NUMBER.test(name) ? Number(name) : NaN;
    const [found] = number <= head ? await this.#read(snapshot.catalog.product, number + 1, 1) : [];
    if (found === undefined) {
      throw new DomainError('unknown-revision', `There is no revision "${name}". There are 1 to ${head}, and latest.`);
    }
    await this.answers.send(request, reply, query.asked, `revision ${number}`, () => found);
  }

  async #read(product: string, before: number, most: number): Promise<Revision[]> {
    try {
      return await this.history.revisions(product, before, most);
    } catch (cause) {
      const detail = 'The history cannot be read just now. What is served goes on being answered.';
      throw Object.assign(new DomainError('store-unavailable', detail), { cause });
    }
  }
}

/** The revision that a page ended with. */
function cursor(text: string, head: number): number {
  const number = NUMBER.test(text) ? Number(text) : NaN;
  if (number <= head) return number;
  throw invalidParameters([
    {
      code: 'malformed-value',
      parameter: 'after',
      value: text,
      message: `"${text}" is no cursor of /revisions. Use the "nextCursor" of the answer before.`,
      allowed: [],
      didYouMean: null,
    },
  ]);
}

import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  createParamDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JSON_TYPE, sendUncached } from '../answer/answers.js';
import { ApiCurrentState } from '../answer/api-answer.js';
import { withBody } from '../answer/body.js';
import { ApiBearerAuth, ApiBody, ApiParam, ApiQuery, ApiTags } from '../answer/openapi-decorators.js';
import { PinQuery, ReasonQuery, RevokeQuery } from '../answer/decision-queries.js';
import { negotiated } from '../answer/negotiation.js';
import { NoParameters, QueryPipe } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { HeldNowShape, HeldShape, ServedShape } from '../answer/shapes/decision.js';
import { RefreshShape } from '../answer/shapes/status.js';
import { formatBlock, parseBlock, type Cidr } from '../model/cidr.js';
import { Decisions } from '../publish/decisions.js';
import { Operator, type Decider } from '../publish/operator.js';
import type { PollOutcome } from '../publish/poll-outcome.js';
import { Current } from '../store/current.js';
import { operatorOf } from './admin-guard.js';

const PROBLEMS = [400, 401, 404, 406, 413, 415] as const;
const DIGEST = ApiParam({ name: 'digest', example: 'sha256-…', description: 'As /admin/held has it.' });
const OPTIONAL = ApiBody({ required: false, description: 'The parameters, as JSON.', schema: { type: 'object' } });

/**
 * Parameters from the address and from a JSON body, to be read together. Before anything is done: nobody is told afterwards
 * that the answer cannot be had.
 */
const Parameters = createParamDecorator((_: unknown, host: ExecutionContext): RawQuery => {
  const request = host.switchToHttp().getRequest<FastifyRequest<{ Querystring: RawQuery }>>();
  negotiated(request, [JSON_TYPE]);
  return withBody(request.query, request.body);
});

/** What operators decide. Parameters come in the address or as members of a JSON body. */
@ApiTags('Administration')
@ApiBearerAuth()
@Controller('admin')
export class DecisionsController {
  constructor(
    private readonly operator: Operator,
    private readonly decisions: Decisions,
    private readonly current: Current,
  ) {}

  @Get('held')
  @ApiCurrentState('What is doubted, and so waits for an operator.', HeldNowShape, [400, 401, 404, 406])
  async held(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendUncached(request, reply, { held: this.operator.held() });
  }

  @Post('held/:digest/approve')
  @HttpCode(200)
  @DIGEST
  @OPTIONAL
  @ApiQuery({ type: ReasonQuery })
  @ApiCurrentState('Lets in exactly what is held under a digest, for a week.', RefreshShape, PROBLEMS)
  async approve(
    @Param('digest') digest: string,
    @Parameters(QueryPipe) { note }: ReasonQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.#sendOutcome(request, reply, await this.operator.approve(digest, deciderOf(request, note)));
  }

  @Post('held/:digest/reject')
  @HttpCode(200)
  @DIGEST
  @OPTIONAL
  @ApiQuery({ type: ReasonQuery })
  @ApiCurrentState('Keeps out what is held under a digest.', HeldShape, PROBLEMS)
  async reject(
    @Param('digest') digest: string,
    @Parameters(QueryPipe) { note }: ReasonQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await sendUncached(request, reply, await this.operator.reject(digest, deciderOf(request, note)));
  }

  @Put('pin')
  @OPTIONAL
  @ApiQuery({ type: PinQuery })
  @ApiCurrentState('Serves what a revision held, and nothing else until it is unpinned.', ServedShape, PROBLEMS)
  async pin(
    @Parameters(QueryPipe) { revision, until, note }: PinQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const ends = until === undefined ? null : new Date(until).toISOString();
    await this.operator.pin(Number(revision), ends, deciderOf(request, note));
    await this.#sendServed(request, reply);
  }

  @Delete('pin')
  @ApiQuery({ type: ReasonQuery })
  @ApiCurrentState('Goes on following upstream and the catalog.', RefreshShape, PROBLEMS)
  async unpin(
    @Parameters(QueryPipe) { note }: ReasonQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.#sendOutcome(request, reply, await this.operator.unpin(deciderOf(request, note)));
  }

  @Post('revoke')
  @HttpCode(200)
  @OPTIONAL
  @ApiQuery({ type: RevokeQuery })
  @ApiCurrentState('Takes a block off what is served, at once, and keeps it off.', ServedShape, PROBLEMS)
  async revoke(
    @Parameters(QueryPipe) { cidr, host, note }: RevokeQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.operator.revoke(blockIn(cidr), host ?? null, deciderOf(request, note));
    await this.#sendServed(request, reply);
  }

  @Delete('revoke')
  @ApiQuery({ type: RevokeQuery })
  @ApiCurrentState('Lets a block in again that was revoked.', RefreshShape, PROBLEMS)
  async restore(
    @Parameters(QueryPipe) { cidr, host, note }: RevokeQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const outcome = await this.operator.restore(blockIn(cidr), host ?? null, deciderOf(request, note));
    await this.#sendOutcome(request, reply, outcome);
  }

  async #sendOutcome(request: FastifyRequest, reply: FastifyReply, outcome: PollOutcome): Promise<void> {
    const revision = this.current.snapshot?.revision.revision ?? null;
    await sendUncached(request, reply, { ...outcome, revision });
  }

  async #sendServed(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { revision, digest } = this.current.snapshot!.revision;
    const revoked = this.decisions.inForce().revoked.map(({ subject }) => subject);
    await sendUncached(request, reply, { revision, digest, revoked });
  }
}

function deciderOf(request: FastifyRequest, note: string | undefined): Decider {
  return { by: operatorOf(request)!, note: note ?? null };
}

/** The canonical text of a block that was checked before. */
function blockIn(text: string): Cidr {
  const parsed = parseBlock(text);
  if (!parsed.ok) throw new TypeError(`${text} was checked before.`);
  return formatBlock(parsed.block);
}

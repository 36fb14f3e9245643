import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '../answer/openapi-decorators.js';
import { sendUncached } from '../answer/answers.js';
import { ApiCurrentState } from '../answer/api-answer.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { PreviewShape } from '../answer/shapes/preview.js';
import { CatalogPreview } from '../publish/preview.js';

/** Where catalogs are tried out. */
export const PREVIEW_PATH = '/admin/preview';

const NO_BYTES = new Uint8Array();

@ApiTags('Administration')
@ApiBearerAuth()
@Controller(PREVIEW_PATH)
export class PreviewController {
  constructor(private readonly preview: CatalogPreview) {}

  @Post()
  @HttpCode(200)
  @ApiConsumes('application/yaml', 'text/yaml', 'application/json')
  @ApiBody({ description: 'A catalog, at most 5 MiB.', schema: { type: 'string' } })
  @ApiCurrentState(
    'Says what would come of a catalog. Nothing is published.',
    PreviewShape,
    [400, 401, 404, 406, 413, 415],
  )
  async try(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { body } = request;
    await sendUncached(request, reply, this.preview.of(body instanceof Uint8Array ? body : NO_BYTES));
  }
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiExcludeController } from '../answer/openapi-decorators.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { Answers, JSON_TYPE } from '../answer/answers.js';
import { Refusal } from '../answer/problem.js';
import { representation } from '../answer/representation.js';
import { page } from '../answer/html.js';

const OPENAPI = new URL('../../schema/openapi.json', import.meta.url);

/** The files of Swagger UI that the page needs, and nothing else of it. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;

/** The API's reference: the document, and a page that shows it without asking any other host. */
@ApiExcludeController()
@Controller()
export class DocsController {
  constructor(private readonly answers: Answers) {}

  @Get()
  async root(@Query(NoParameters) _none: RawQuery, @Res() reply: FastifyReply) {
    await reply.code(302).header('location', '/docs').send();
  }

  @Get('openapi.json')
  async openapi(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const make = async () => representation(JSON_TYPE, await readFile(OPENAPI));
    await this.answers.sendFixed(request, reply, 'openapi.json', make);
  }

  @Get('docs')
  async docs(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const html = page(
      'Gatepost: API reference',
      '<div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>',
      '<link rel="stylesheet" href="/docs/swagger-ui.css">',
    );
    void reply.header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    await this.answers.sendFixed(request, reply, 'docs', async () => representation('text/html; charset=utf-8', html));
  }

  @Get('docs/:asset')
  async asset(
    @Param('asset') asset: string,
    @Query(NoParameters) _none: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    if (asset === 'start.js') {
      await this.answers.sendFixed(request, reply, 'start.js', async () =>
        representation(ASSETS['swagger-ui-bundle.js']!, START),
      );
      return;
    }
    const type = Object.hasOwn(ASSETS, asset) ? ASSETS[asset] : undefined;
    if (type === undefined)
      throw new Refusal('not-found', `There is nothing at /docs/${asset}. The reference is at /docs.`);
    const folder = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    const make = async () => representation(type, await readFile(path.join(folder, asset)));
    await this.answers.sendFixed(request, reply, asset, make);
  }
}

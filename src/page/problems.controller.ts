import { readFile } from 'node:fs/promises';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiExcludeController } from '../answer/openapi-decorators.js';
import { NoParameters } from '../answer/query-pipe.js';
import type { RawQuery } from '../answer/raw-query.js';
import { Answers } from '../answer/answers.js';
import { PROBLEMS, Refusal } from '../answer/problem.js';
import { representation } from '../answer/representation.js';
import { nearest } from '../model/nearest.js';
import { page } from '../answer/html.js';

const TEXT = new URL('../../schema/problems.md', import.meta.url);
const CSP = "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** What each problem means and what to do, as a page: the `type` of a problem leads here. */
@ApiExcludeController()
@Controller('problems')
export class ProblemsController {
  constructor(private readonly answers: Answers) {}

  @Get()
  async all(@Query(NoParameters) _none: RawQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.#send(request, reply, 'problems', () => readFile(TEXT, 'utf8'));
  }

  @Get(':slug')
  async one(
    @Param('slug') slug: string,
    @Query(NoParameters) _none: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    if (!Object.hasOwn(PROBLEMS, slug)) {
      const meant = nearest(slug, Object.keys(PROBLEMS));
      const hint = meant === null ? '/problems lists all.' : `Did you mean /problems/${meant}?`;
      throw new Refusal('not-found', `There is no problem "${slug}". ${hint}`);
    }
    await this.#send(request, reply, slug, async () => {
      const section = sectionsOf(await readFile(TEXT, 'utf8')).get(slug);
      return `# ${slug}\n\n${section}\n\n[All problems](/problems)`;
    });
  }

  async #send(request: FastifyRequest, reply: FastifyReply, title: string, markdown: () => Promise<string>) {
    void reply.header('content-security-policy', CSP);
    await this.answers.sendFixed(request, reply, `problem ${title}`, async () => {
      // Loaded when somebody reads: answers do not wait for it.
      const { marked } = await import('marked');
      const html = page(`Gatepost: ${title}`, await marked.parse(await markdown()));
      return representation('text/html; charset=utf-8', html);
    });
  }
}

/** The text under each heading of the second level, by heading. */
export function sectionsOf(markdown: string): Map<string, string> {
  const [, ...sections] = markdown.split(/^## /m);
  return new Map(
    sections.map((section) => [section.split('\n', 1)[0]!.trim(), section.slice(section.indexOf('\n')).trim()]),
  );
}

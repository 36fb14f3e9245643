import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiExtraModels, ApiTags } from '../answer/openapi-decorators.js';
import { Answers, JSON_TYPE, lastModified } from '../answer/answers.js';
import { ApiFormats } from '../answer/api-answer.js';
import { ChangeLog } from '../answer/changes.js';
import { asOf } from '../answer/lists.js';
import { negotiated } from '../answer/negotiation.js';
import { PublicUrl } from '../answer/public-url.js';
import { QueryPipe } from '../answer/query-pipe.js';
import { representation } from '../answer/representation.js';
import { USUAL_PAGE } from '../answer/revision-log.js';
import { ChangeShape } from '../answer/shapes/change.js';
import { ATOM_TYPE, atom } from './atom.js';
import { FeedQuery } from './feed-query.js';
import { feedOf, type Feed } from './feed.js';
import { JSON_FEED_TYPE, jsonFeed } from './json-feed.js';
import { JSON_FEED_SCHEMA } from './json-feed-schema.js';

/** What readers of feeds ask for instead of the type that a feed has. */
const XML_TYPES = ['application/xml; charset=utf-8', 'text/xml; charset=utf-8'];

@ApiTags('Changes')
@Controller()
export class FeedsController {
  constructor(
    private readonly answers: Answers,
    private readonly log: ChangeLog,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get('feed.atom')
  @ApiFormats(
    'The changes of a selection as Atom (RFC 4287), newest first, in pages.',
    { 'application/atom+xml': { type: 'string', description: 'Atom.' } },
    [400, 404, 406],
  )
  async atom(@Query(QueryPipe) query: FeedQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.#send(request, reply, query, [ATOM_TYPE, ...XML_TYPES], (feed) => atom(feed, this.publicUrl));
  }

  @Get('feed.json')
  @ApiExtraModels(ChangeShape)
  @ApiFormats(
    'The changes of a selection as JSON Feed 1.1, newest first, in pages.',
    { 'application/feed+json': JSON_FEED_SCHEMA },
    [400, 404, 406],
  )
  async json(@Query(QueryPipe) query: FeedQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const render = (feed: Feed) => JSON.stringify(jsonFeed(feed, this.publicUrl));
    await this.#send(request, reply, query, [JSON_FEED_TYPE, JSON_TYPE], render);
  }

  /** @param mediaTypes its own first, then those that the same bytes may go by. */
  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    query: FeedQuery,
    mediaTypes: readonly string[],
    render: (feed: Feed) => string,
  ): Promise<void> {
    const mediaType = negotiated(request, mediaTypes);
    const { asked } = query;
    const { catalog, revision } = asked.snapshot;
    // The page links to itself by what it was asked for, so that is part of the question, and no default is.
    const at = query.at === undefined ? null : revision.revision;
    const first = query.first === undefined ? null : Number(query.first);
    const after = query.after ?? null;
    const question = `feed ${mediaType} ${at} ${first} ${after} ${JSON.stringify(asked.selection)}`;
    await this.answers.sendAs(request, reply, asked, question, () => {
      const newest = this.log.newestOf(asked);
      const feed = feedOf({
        product: { name: catalog.product, title: catalog.title },
        selection: asked.selection,
        asOf: asOf(newest),
        ...this.log.newest(asked, first ?? USUAL_PAGE, after),
        asked: { at, first, after },
      });
      const headers = { ...lastModified(newest), vary: 'Accept, Accept-Encoding' };
      const variant = mediaType === mediaTypes[0] ? '' : mediaType.split(/[/;]/).slice(0, 2).join('-');
      return representation(mediaType, render(feed), { headers, variant });
    });
  }
}

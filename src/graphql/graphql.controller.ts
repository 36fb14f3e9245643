import type { HTTPGraphQLResponse } from '@apollo/server';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiExcludeController } from '../answer/openapi-decorators.js';
import { Answers, CACHEABLE, IMMUTABLE, NO_STORE, deprecationHeaders, lastModified } from '../answer/answers.js';
import { negotiated } from '../answer/negotiation.js';
import { representation } from '../answer/representation.js';
import type { Snapshot } from '../model/snapshot.js';
import { Current } from '../store/current.js';
import { Timeline } from '../store/timeline.js';
import { Admission } from './admission.js';
import type { ApolloEngine } from './apollo.js';
import { sendGraphiql, sendGraphiqlFile } from './graphiql.js';
import { headersOf, refuseOtherCharsets, searchOf, sourceOf } from './http-request.js';
import { newOperation, type Operation } from './operation.js';

const MEDIA_TYPES = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'] as const;
const HTML = 'text/html; charset=utf-8';

/** An operation as it was put. */
interface Put {
  readonly method: 'GET' | 'POST';
  readonly search: string;
  readonly body: unknown;
}

/** How an answer is sent. */
interface Manner {
  readonly variant?: string;
  readonly cacheControl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * GraphQL over HTTP, executed by Apollo. An answer that follows from the revision is kept here, and one to a GET has an
 * ETag too; everything else is not to be stored. Source: GraphQL over HTTP specification.
 */
@ApiExcludeController()
@Controller('graphql')
export class GraphQLController {
  readonly #admission = new Admission();

  constructor(
    private readonly modules: ModuleRef,
    private readonly schema: GraphQLSchemaHost,
    private readonly answers: Answers,
    private readonly current: Current,
    private readonly timeline: Timeline,
  ) {}

  @Get()
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const mediaType = negotiated(request, [...MEDIA_TYPES, HTML]);
    if (mediaType === HTML) {
      await sendGraphiql(this.answers, request, reply);
      return;
    }
    const search = `?${searchOf(request).toString()}`;
    const operation = newOperation(this.current.snapshot, this.timeline);
    const { noted } = operation;
    await this.#answer(request, reply, mediaType, { method: 'GET', search, body: undefined }, operation, (served) => ({
      variant: mediaType === MEDIA_TYPES[0] ? '' : 'response',
      cacheControl: noted.isSettled && noted.newest !== undefined ? IMMUTABLE : CACHEABLE,
      headers: { ...lastModified(noted.newest ?? served.revision), vary: 'Accept, Accept-Encoding' },
    }));
  }

  @Get(':file')
  async file(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendGraphiqlFile(this.answers, request, reply, file);
  }

  @Post()
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOtherCharsets(request.headers['content-type']);
    const mediaType = negotiated(request, MEDIA_TYPES);
    const operation = newOperation(this.current.snapshot, this.timeline);
    const asked = { method: 'POST', search: '', body: request.body } as const;
    await this.#answer(request, reply, mediaType, asked, operation, () => ({ cacheControl: NO_STORE, headers: {} }));
  }

  /** @param manner how an answer that follows from the revision is sent; every other is not to be stored. */
  async #answer(
    request: FastifyRequest,
    reply: FastifyReply,
    mediaType: string,
    asked: Put,
    operation: Operation,
    manner: (served: Snapshot) => Manner,
  ): Promise<void> {
    const response = await this.#execute(request, mediaType, asked, operation);
    const { served, noted } = operation;
    if (served === undefined || (response.status ?? 200) !== 200 || !noted.followsFromRevision) {
      await send(reply, response, operation);
      return;
    }
    const { cacheControl, ...said } = manner(served);
    const headers = { ...deprecationsOf(operation), ...said.headers };
    const made = representation(mediaType, textOf(response), { ...said, headers });
    const isKept = !noted.isSettling && !registers(asked);
    await this.answers.sendMade(request, reply, made, cacheControl, isKept);
  }

  async #execute(
    request: FastifyRequest,
    mediaType: string,
    { method, search, body }: Put,
    operation: Operation,
  ): Promise<HTTPGraphQLResponse> {
    const { instance: apollo } = this.modules.get<GraphQLModule<ApolloEngine>>(GraphQLModule, {
      strict: false,
    }).graphQlAdapter;
    return apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request, mediaType), search, body },
      // Asked for once the request is found to be no forgery, and before the document is parsed.
      context: async () => {
        const source = sourceOf(parametersOf({ method, search, body }));
        if (source !== undefined) this.#admission.admit(this.schema.schema, source);
        return operation;
      },
    });
  }
}

/** Whether a document is sent with its hash, to be known by that: it has to be read each time. */
function registers(put: Put): boolean {
  const parameters = Object(parametersOf(put)) as { readonly query?: unknown; readonly extensions?: unknown };
  return parameters.query != null && parameters.extensions != null;
}

function parametersOf({ method, search, body }: Put): unknown {
  return method === 'GET' ? Object.fromEntries(new URLSearchParams(search)) : body;
}

function deprecationsOf({ served, noted }: Operation): Record<string, string> {
  return served === undefined ? {} : deprecationHeaders(noted.aliases, served.past.catalogSince().publishedAt);
}

async function send(reply: FastifyReply, response: HTTPGraphQLResponse, operation: Operation): Promise<void> {
  const headers = { ...Object.fromEntries(response.headers), ...deprecationsOf(operation) };
  void reply.code(response.status ?? 200).headers(headers);
  await reply.header('cache-control', 'no-store').send(textOf(response));
}

/** Without @defer and @stream, which the schema does not have, an answer is always whole. */
function textOf({ body }: HTTPGraphQLResponse): string {
  if (body.kind === 'complete') return body.string;
  throw new Error('An answer came in parts.');
}

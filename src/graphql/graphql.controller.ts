import type { HTTPGraphQLResponse } from '@apollo/server';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { ApiExcludeController } from '../answer/openapi-decorators.js';
import { Answers, IMMUTABLE, deprecationHeaders, lastModified } from '../answer/answers.js';
import { negotiated } from '../answer/negotiation.js';
import { representation, sizeOf, type Representation } from '../answer/representation.js';
import { Current } from '../store/current.js';
import { Timeline } from '../store/timeline.js';
import { Admission } from './admission.js';
import type { ApolloEngine } from './apollo.js';
import { sendGraphiql, sendGraphiqlFile } from './graphiql.js';
import { headersOf, refuseOtherCharsets, searchOf, sourceOf } from './http-request.js';
import { newOperation, type Operation } from './operation.js';

/** What decides an answer, in the order of its key. */
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
const CSRF_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'] as const;
const MEDIA_TYPES = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'] as const;
const HTML = 'text/html; charset=utf-8';
/** Apart from REST's, so that no variety of operations pushes those out. */
const KEPT = { maxSize: 4 * 1_048_576 };

/**
 * GraphQL over HTTP, executed by Apollo. A GET whose answer follows from the revision is kept and has an ETag;
 * everything else is not to be stored. Source: GraphQL over HTTP specification.
 */
@ApiExcludeController()
@Controller('graphql')
export class GraphQLController {
  readonly #admission = new Admission();
  readonly #kept = new LRUCache<string, Representation>({ ...KEPT, sizeCalculation: sizeOf });

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
    const search = searchOf(request);
    const operation = newOperation(this.current.snapshot, this.timeline);
    const key = keyOf(operation, request, mediaType, search);
    const made = this.#kept.get(key) ?? (await this.#make(request, reply, mediaType, search, operation));
    if (made === undefined) return;
    this.#kept.set(key, made);
    await this.answers.sendMade(request, reply, made);
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
    await send(reply, await this.#execute(request, mediaType, asked, operation), operation);
  }

  /** An answer that can be kept; `undefined` where it cannot be, and has been sent. */
  async #make(
    request: FastifyRequest,
    reply: FastifyReply,
    mediaType: string,
    search: URLSearchParams,
    operation: Operation,
  ): Promise<Representation | undefined> {
    const asked = { method: 'GET', search: `?${search.toString()}`, body: undefined } as const;
    const response = await this.#execute(request, mediaType, asked, operation);
    const { served, noted } = operation;
    if (served === undefined || (response.status ?? 200) !== 200 || !noted.followsFromRevision) {
      await send(reply, response, operation);
      return undefined;
    }
    return representation(mediaType, textOf(response), {
      variant: mediaType === MEDIA_TYPES[0] ? '' : 'response',
      headers: {
        ...deprecationsOf(operation),
        ...lastModified(noted.newest ?? served.revision),
        ...(noted.isSettled && noted.newest !== undefined ? { 'cache-control': IMMUTABLE } : {}),
        vary: 'Accept, Accept-Encoding',
      },
    });
  }

  async #execute(
    request: FastifyRequest,
    mediaType: string,
    { method, search, body }: { readonly method: 'GET' | 'POST'; readonly search: string; readonly body: unknown },
    operation: Operation,
  ): Promise<HTTPGraphQLResponse> {
    const { instance: apollo } = this.modules.get<GraphQLModule<ApolloEngine>>(GraphQLModule, {
      strict: false,
    }).graphQlAdapter;
    return apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request, mediaType), search, body },
      // Asked for once the request is found to be no forgery, and before the document is parsed.
      context: async () => {
        const source = sourceOf(method === 'GET' ? Object.fromEntries(new URLSearchParams(search)) : body);
        if (source !== undefined) this.#admission.admit(this.schema.schema, source);
        return operation;
      },
    });
  }
}

/** Everything that decides an answer, beside the code. */
function keyOf({ served }: Operation, { headers }: FastifyRequest, mediaType: string, search: URLSearchParams): string {
  const isPreflighted = CSRF_HEADERS.some((name) => (headers[name] ?? '') !== '');
  const asked = PARAMETERS.map((name) => search.getAll(name));
  const { revision, digest } = served?.revision ?? {};
  return JSON.stringify([revision, digest, mediaType, headers['content-type'], isPreflighted, asked]);
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

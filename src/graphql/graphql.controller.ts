import type { HTTPGraphQLResponse } from '@apollo/server';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Answers, deprecationHeaders } from '../answer/answers.js';
import { representation } from '../answer/representation.js';
import { Current } from '../store/current.js';
import { Timeline } from '../store/timeline.js';
import { Admission } from './admission.js';
import type { ApolloEngine } from './apollo.js';
import { sendGraphiql, sendGraphiqlFile } from './graphiql.js';
import { headersOf, refuseOtherCharsets, searchOf } from './http-request.js';
import { question, type Question } from './scope.js';

/** What decides an answer, in the order of its key. */
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
const CSRF_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'] as const;
const MEDIA_TYPES = ['application/graphql-response+json', 'application/json', 'text/html'];

/**
 * GraphQL over HTTP, executed by Apollo. A GET whose answer follows from the revision is kept and has an ETag;
 * everything else is not to be stored. Source: GraphQL over HTTP specification.
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
    const accepted = new Negotiator(request.raw).mediaType(MEDIA_TYPES);
    if (accepted === 'text/html') {
      await sendGraphiql(this.answers, request, reply);
      return;
    }
    const search = searchOf(request);
    const asked = question(this.current.snapshot, this.timeline);
    const key = keyOf(asked, request, accepted, search);
    const kept = key === undefined ? undefined : this.answers.kept(key);
    if (kept !== undefined) {
      await this.answers.sendMade(request, reply, kept);
      return;
    }
    const response = await this.#execute(
      request,
      { method: 'GET', search: `?${search.toString()}`, body: undefined },
      asked,
    );
    const isSound = (response.status ?? 200) === 200 && asked.noted.followsFromRevision;
    if (key === undefined || !isSound) {
      await send(reply.headers(deprecationsOf(asked)), response);
      return;
    }
    const made = representation(response.headers.get('content-type')!, textOf(response), {
      ...deprecationsOf(asked),
      'last-modified': new Date(asked.served!.revision.publishedAt).toUTCString(),
      vary: 'Accept, Accept-Encoding',
    });
    this.answers.keep(key, made);
    await this.answers.sendMade(request, reply, made);
  }

  @Get(':file')
  async file(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendGraphiqlFile(this.answers, request, reply, file);
  }

  @Post()
  async post(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOtherCharsets(request.headers['content-type']);
    const asked = question(this.current.snapshot, this.timeline);
    const response = await this.#execute(request, { method: 'POST', search: '', body: request.body }, asked);
    await send(reply.headers(deprecationsOf(asked)), response);
  }

  async #execute(
    request: FastifyRequest,
    { method, search, body }: { readonly method: 'GET' | 'POST'; readonly search: string; readonly body: unknown },
    asked: Question,
  ): Promise<HTTPGraphQLResponse> {
    const { instance: apollo } = this.modules.get<GraphQLModule<ApolloEngine>>(GraphQLModule, {
      strict: false,
    }).graphQlAdapter;
    return apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headersOf(request), search, body },
      // Asked for once the request is found to be no forgery, and before the document is parsed.
      context: async () => {
        const source =
          method === 'GET' ? new URLSearchParams(search).get('query') : (Object(body) as { query?: unknown }).query;
        if (typeof source === 'string') this.#admission.admit(this.schema.schema, source);
        return asked;
      },
    });
  }
}

/** Everything that decides an answer, beside the code; `undefined` before the first revision. */
function keyOf(
  { served }: Question,
  { headers }: FastifyRequest,
  accepted: string | undefined,
  search: URLSearchParams,
): string | undefined {
  if (served === undefined) return undefined;
  const { revision, digest } = served.revision;
  const isPreflighted = CSRF_HEADERS.some((name) => (headers[name] ?? '') !== '');
  const asked = PARAMETERS.map((name) => search.getAll(name));
  return JSON.stringify(['graphql', revision, digest, accepted, headers['content-type'], isPreflighted, asked]);
}

function deprecationsOf({ served, noted }: Question): Record<string, string> {
  return served === undefined ? {} : deprecationHeaders(noted.aliases, served.revision.publishedAt);
}

async function send(reply: FastifyReply, response: HTTPGraphQLResponse): Promise<void> {
  void reply.code(response.status ?? 200).headers(Object.fromEntries(response.headers));
  await reply.header('cache-control', 'no-store').send(textOf(response));
}

/** Without @defer and @stream, which the schema does not have, an answer is always whole. */
function textOf({ body }: HTTPGraphQLResponse): string {
  if (body.kind === 'complete') return body.string;
  throw new Error('An answer came in parts.');
}

import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import inject from 'light-my-request';
import type { Logger } from 'pino';
import { Answers } from './answer/answers.js';
import { KeptAnswers } from './answer/kept-answers.js';
import { LiveHeaders } from './answer/live-headers.js';
import { ChangeLog } from './answer/changes.js';
import { ProblemFilter } from './answer/problem-filter.js';
import { PublicUrl } from './answer/public-url.js';
import { NoParameters, QueryPipe } from './answer/query-pipe.js';
import { RevisionLog } from './answer/revision-log.js';
import { Routes } from './answer/routes.js';
import { safetyHeaders } from './answer/safety-headers.js';
import { State } from './answer/state.js';
import type { Config } from './config.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { CatalogResolver } from './graphql/catalog.resolver.js';
import { ChangesResolver } from './graphql/changes.resolver.js';
import { EDGES } from './graphql/edges.js';
import { ExportsResolver } from './graphql/exports.resolver.js';
import { GraphQLController } from './graphql/graphql.controller.js';
import { HostsResolver } from './graphql/hosts.resolver.js';
import { LookupResolver } from './graphql/lookup.resolver.js';
import { RequirementsResolver } from './graphql/requirements.resolver.js';
import { RevisionsResolver } from './graphql/revisions.resolver.js';
import { StatusResolver } from './graphql/status.resolver.js';
import { UpcomingResolver } from './graphql/upcoming.resolver.js';
// After the resolvers: types stand in the schema in the order in which their classes are loaded.
import { ApolloEngine, apolloOptions } from './graphql/apollo.js';
import { Drain } from './ops/drain.js';
import { HealthController } from './ops/health.controller.js';
import { nestLogger } from './ops/log.js';
import { openFrontDoor } from './ops/front-door.js';
import { Limiter } from './ops/limiter.js';
import { addManners } from './ops/manners.js';
import { MetricsController } from './ops/metrics.controller.js';
import { RateLimit } from './ops/rate-limit.js';
import { MOST_BODY_BYTES, createServer } from './ops/server.js';
import { Tally } from './ops/tally.js';
import { refuseFaulty } from './ops/message-fault.js';
import { Pressure } from './ops/pressure.js';
import { MOST_WRONG_TOKENS, WrongTokens } from './ops/wrong-tokens.js';
import { DocsController } from './page/docs.controller.js';
import { ProblemsController } from './page/problems.controller.js';
import { Decisions } from './publish/decisions.js';
import { Operator } from './publish/operator.js';
import { CatalogPreview } from './publish/preview.js';
import { Refresher } from './publish/refresher.js';
import { Standing } from './publish/standing.js';
import { AdminController } from './rest/admin.controller.js';
import { AdminTokens, guardAdmin } from './rest/admin-guard.js';
import { CatalogController } from './rest/catalog.controller.js';
import { ChangesController } from './rest/changes.controller.js';
import { DecisionsController } from './rest/decisions.controller.js';
import { ExportsController } from './rest/exports.controller.js';
import { HostsController } from './rest/hosts.controller.js';
import { LookupController } from './rest/lookup.controller.js';
import { PREVIEW_PATH, PreviewController } from './rest/preview.controller.js';
import { RequirementsController } from './rest/requirements.controller.js';
import { RevisionsController } from './rest/revisions.controller.js';
import { Software } from './answer/software.js';
import { StatusController } from './rest/status.controller.js';
import { UpcomingController } from './rest/upcoming.controller.js';
import { takeYaml } from './rest/yaml-body.js';
import { Current } from './store/current.js';
import { History } from './store/history.js';
import { Timeline } from './store/timeline.js';

/** The doors. What stands behind them is made beforehand and handed in. */
@Module({
  controllers: [
    RequirementsController,
    CatalogController,
    HostsController,
    LookupController,
    RevisionsController,
    ChangesController,
    UpcomingController,
    ExportsController,
    FeedsController,
    StatusController,
    AdminController,
    PreviewController,
    DecisionsController,
    HealthController,
    MetricsController,
    DocsController,
    ProblemsController,
    GraphQLController,
  ],
  providers: [
    RequirementsResolver,
    HostsResolver,
    CatalogResolver,
    LookupResolver,
    RevisionsResolver,
    ChangesResolver,
    UpcomingResolver,
    ExportsResolver,
    StatusResolver,
    ...EDGES,

    Answers,
    KeptAnswers,
    LiveHeaders,
    Tally,
    RevisionLog,
    ChangeLog,
    State,
    QueryPipe,
    NoParameters,
    Routes,
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class AppModule {
  static with(parts: Parts, log: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloEngine, ...apolloOptions(log) })],
      providers: Object.values(parts).map((part) => ({ provide: part.constructor, useValue: part })),
    };
  }
}

/** What the doors are given; each is injected by its class. */
export interface Parts {
  readonly history: History;
  readonly current: Current;
  readonly timeline: Timeline;
  readonly refresher: Refresher;
  readonly standing: Standing;
  readonly decisions: Decisions;
  readonly operator: Operator;
  readonly preview: CatalogPreview;
  readonly drain: Drain;
  readonly pressure: Pressure;
  readonly tokens: AdminTokens;
  readonly software: Software;
  readonly publicUrl: PublicUrl;
}

/** The HTTP application over given parts. */
export async function createApp(parts: Parts, config: Config, log: Logger): Promise<NestFastifyApplication> {
  const safety = safetyHeaders(config.publicUrl);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(parts, log),
    createServer(log, config.trustProxy, safety),
    {
      logger: nestLogger(log),
      bodyParser: false,
      abortOnError: false,
    },
  );
  const server = app.getHttpAdapter().getInstance();
  const routes = app.get(Routes);
  server.removeContentTypeParser('text/plain');
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.add(one, url);
  });
  refuseFaulty(server, safety);
  app.enableCors({
    origin: '*',
    // POST asks GraphQL; /admin takes a header that is not among these, so no page of another site can use it.
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: [
      'Accept',
      'Content-Type',
      'If-None-Match',
      'Last-Event-ID',
      'Apollo-Require-Preflight',
      'X-Apollo-Operation-Name',
    ],
    exposedHeaders: [
      'ETag',
      'Gatepost-Revision',
      'Gatepost-Freshness',
      'Gatepost-Omitted',
      'Content-Disposition',
      'Deprecation',
      'Sunset',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 86_400,
    strictPreflight: false,
  });
  const { current, drain, pressure } = parts;
  const kept = app.get(KeptAnswers);
  const live = app.get(LiveHeaders);
  const monotonicMs = () => performance.now();
  const rateLimit = config.rateLimit === null ? null : new RateLimit(config.rateLimit, monotonicMs);
  const limiter = new Limiter(rateLimit, config.trustProxy, log);
  const tally = app.get(Tally);
  parts.refresher.tell((outcome) => tally.polled(outcome));
  addManners(server, { current, live, limiter, drain, pressure, tally, log });
  const wrongTokens = new WrongTokens(new RateLimit(MOST_WRONG_TOKENS, monotonicMs), limiter, log);
  guardAdmin(server, parts.tokens, (request) => wrongTokens.count(request));
  takeYaml(server, PREVIEW_PATH);
  await app.init();
  const listener = openFrontDoor(server, {
    kept,
    live,
    limiter,
    drain,
    tally,
    postsTo: '/graphql',
    mostBytes: MOST_BODY_BYTES,
  });
  current.prepareBy(async (next) => {
    try {
      await kept.prepare(next, ({ payload, ...question }) =>
        inject(listener, payload === '' ? question : { ...question, payload: Buffer.from(payload, 'latin1') }),
      );
    } catch (err) {
      log.warn({ err }, 'answers of the next revision were not prepared; they are made when they are asked for');
    }
  });
  return app;
}

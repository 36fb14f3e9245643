import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
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
import { State } from './answer/state.js';
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
import { MetricsController } from './ops/metrics.controller.js';
import { Tally } from './ops/tally.js';
import { Pressure } from './ops/pressure.js';
import { DocsController } from './page/docs.controller.js';
import { ProblemsController } from './page/problems.controller.js';
import { Decisions } from './publish/decisions.js';
import { Operator } from './publish/operator.js';
import { CatalogPreview } from './publish/preview.js';
import { Refresher } from './publish/refresher.js';
import { Standing } from './publish/standing.js';
import { AdminController } from './rest/admin.controller.js';
import { AdminTokens } from './rest/admin-guard.js';
import { CatalogController } from './rest/catalog.controller.js';
import { ChangesController } from './rest/changes.controller.js';
import { DecisionsController } from './rest/decisions.controller.js';
import { ExportsController } from './rest/exports.controller.js';
import { HostsController } from './rest/hosts.controller.js';
import { LookupController } from './rest/lookup.controller.js';
import { PreviewController } from './rest/preview.controller.js';
import { RequirementsController } from './rest/requirements.controller.js';
import { RevisionsController } from './rest/revisions.controller.js';
import { Software } from './answer/software.js';
import { StatusController } from './rest/status.controller.js';
import { UpcomingController } from './rest/upcoming.controller.js';
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

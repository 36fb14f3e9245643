import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import inject from 'light-my-request';
import type { Logger } from 'pino';
// First of ours: types stand in the schema in the order in which their classes are loaded.
import { AppModule, type Parts } from './app.module.js';
import { KeptAnswers } from './answer/kept-answers.js';
import { LiveHeaders } from './answer/live-headers.js';
import { Routes } from './answer/routes.js';
import { safetyHeaders } from './answer/safety-headers.js';
import type { Config } from './config.js';
import { CORS } from './ops/cors.js';
import { nestLogger } from './ops/log.js';
import { openFrontDoor } from './ops/front-door.js';
import { Limiter } from './ops/limiter.js';
import { addManners } from './ops/manners.js';
import { RateLimit } from './ops/rate-limit.js';
import { MOST_BODY_BYTES, createServer } from './ops/server.js';
import { Tally } from './ops/tally.js';
import { refuseFaulty } from './ops/message-fault.js';
import { MOST_WRONG_TOKENS, WrongTokens } from './ops/wrong-tokens.js';
import { guardAdmin, isOfOperator } from './rest/admin-guard.js';
import { PREVIEW_PATH } from './rest/preview.controller.js';
import { takeYaml } from './rest/yaml-body.js';

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
  app.enableCors(CORS);
  const { current, drain, pressure } = parts;
  const kept = app.get(KeptAnswers);
  const live = app.get(LiveHeaders);
  const monotonicMs = () => performance.now();
  const rateLimit = config.rateLimit === null ? null : new RateLimit(config.rateLimit, monotonicMs);
  const limiter = new Limiter(rateLimit, config.trustProxy, log);
  const tally = app.get(Tally);
  parts.refresher.tell((outcome) => tally.polled(outcome));
  addManners(server, {
    current,
    live,
    limiter,
    isOfOperator: (request) => isOfOperator(request, parts.tokens),
    drain,
    pressure,
    tally,
    log,
  });
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

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Parts } from './app.module.js';
import { ConfigError, type Config } from './config.js';
import { Drain } from './ops/drain.js';
import { DecisionDoor } from './publish/decision-door.js';
import { Decisions } from './publish/decisions.js';
import { Operator } from './publish/operator.js';
import { inspectStore } from './ops/inspect-store.js';
import { Pressure } from './ops/pressure.js';
import { bringUp } from './publish/bring-up.js';
import { CatalogDoor } from './publish/catalog-door.js';
import { ClockDoor } from './publish/clock-door.js';
import { CatalogFile } from './publish/catalog-file.js';
import { Seeding } from './publish/seeding.js';
import { CatalogPreview } from './publish/preview.js';
import { PollRecord } from './publish/poll-record.js';
import { Publisher } from './publish/publisher.js';
import { Refresher } from './publish/refresher.js';
import { sourceOf } from './publish/source-of.js';
import { Standing } from './publish/standing.js';
import { TrustedClock } from './publish/trusted-clock.js';
import { AdminTokens } from './rest/admin-guard.js';
import { PublicUrl } from './answer/public-url.js';
import { Software } from './answer/software.js';
import { Current } from './store/current.js';
import { Timeline } from './store/timeline.js';
import { openStore, type OpenedStore } from './store/opening.js';
import { Unrecoverable, sizeOf } from './store/recovery.js';
import { StoreUnwritable, isOfDisk } from './store/sqlite.js';

/** A service that can be started and stopped. */
export interface Service {
  readonly app: NestFastifyApplication;
  /** Listens, polls upstream and watches the catalog. Resolves with the URL that it listens at. */
  start(): Promise<string>;
  /** Says that it is not ready, answers on for the given time, then ends what is under way and closes the store. */
  stop(drainMs: number): Promise<void>;
}

const WATCH_EVERY_MS = 1_000;
/** Connections that wait to be taken. With Node's 511, many who come at once would wait for their own retries. */
const MOST_WAITING = 4_096;
/** How often what could not be written is tried again. */
const RETRY_MS = 5_000;

/**
 * Puts the service together: the store, what is served from it, and the doors.
 *
 * @throws CatalogError where the catalog does not load and the store has nothing to serve instead.
 * @throws ConfigError where the settings do not fit together.
 */
export async function createService(config: Config, log: Logger, now: () => Date = () => new Date()): Promise<Service> {
  const stopping = new AbortController();
  const { history, copies } = await openedStore(config.database.sqlite, now, log);
  try {
    const current = new Current();
    const timeline = new Timeline(now);
    const monotonicMs = () => performance.now();
    const clock = new TrustedClock(now, monotonicMs);
    const store = config.database.sqlite === ':memory:' ? null : config.database.sqlite;
    const decisions = new Decisions(history, now, store, () => clock.due());
    const publisher = new Publisher(
      history,
      timeline,
      current,
      () => clock.written(),
      () => decisions.inForce(),
    );
    const file = new CatalogFile(config.catalog, current, config.upstreamUrl !== null, now);
    const source = sourceOf(config.upstreamUrl, file, current, () => door.held !== null);
    const refresher = new Refresher(
      source,
      publisher,
      new PollRecord(history, now, log),
      config,
      decisions,
      timeline,
      now,
      monotonicMs,
      clock,
      log,
      stopping.signal,
    );
    const seeding = new Seeding(
      publisher,
      current,
      () => refresher.record.checkedAt !== null,
      () => decisions.all.length > 0,
    );
    const door: CatalogDoor = new CatalogDoor(file, seeding, publisher, clock, decisions, now, log);
    const isKept = () =>
      decisions.inForce().pin !== null || (current.snapshot?.revision.cause === 'operator' && !refresher.hasHeard);
    const clockDoor = new ClockDoor(publisher, current, clock, () => refresher.soakingAddresses, isKept, now, log);
    const decisionDoor = new DecisionDoor(decisions, publisher, timeline, current, log);
    await bringUp(file, door, publisher, refresher, clock, decisions, decisionDoor, history, log);

    const parts: Parts = {
      history,
      current,
      timeline,
      refresher,
      standing: new Standing(refresher, door, file, source, current, clock, decisions, config.refreshMs, now),
      decisions,
      operator: new Operator(decisions, decisionDoor, refresher, door, timeline, current, now, log),
      preview: new CatalogPreview(path.basename(file.path), current, () => clock.due()),
      drain: new Drain(),
      pressure: new Pressure(monotonicMs),
      tokens: new AdminTokens(config.adminTokens),
      software: new Software(version()),
      publicUrl: new PublicUrl(config.publicUrl),
    };
    const app = await createApp(parts, config, log);
    let running: Promise<unknown> = Promise.resolve();
    return {
      app,
      async start() {
        await clockDoor.publishDue();
        await app.listen({ port: config.port, host: config.host, backlog: MOST_WAITING });
        door.watch(WATCH_EVERY_MS, stopping.signal);
        decisionDoor.watch(WATCH_EVERY_MS, stopping.signal, () =>
          door.publish().then(() => void refresher.pollAnew(null)),
        );
        copies?.keepTrying(RETRY_MS, stopping.signal);
        running = Promise.all([
          refresher.run(),
          clockDoor.run(stopping.signal),
          inspectStore(timeline, current, config.database.sqlite, copies, log, stopping.signal),
        ]);
        return app.getUrl();
      },
      async stop(drainMs) {
        await parts.drain.begin(drainMs);
        stopping.abort();
        parts.pressure.stop();
        await app.close();
        await running;
        await copies?.settled();
        await history.close();
      },
    };
  } catch (error) {
    await history.close();
    throw error;
  }
}

/**
 * Opens the store, and tells what had to be mended.
 *
 * @throws ConfigError where there cannot be a store of ours; Unrecoverable where there was one; StoreUnwritable where its
 *   disk does not take anything.
 */
async function openedStore(file: string, now: () => Date, log: Logger): Promise<OpenedStore> {
  try {
    const opened = await openStore(file, now);
    for (const sentence of opened.mended) log.error(sentence);
    opened.copies?.tellBy((news) => {
      if (news.kind === 'complete') log.info({ copy: news.file }, 'the copy of the store is complete again');
      else {
        const what =
          'the copy of the store could not be written; the store has everything, and the copy is tried again';
        log.error({ copy: news.file, err: news.error }, what);
      }
    });
    return opened;
  } catch (error) {
    if (error instanceof Unrecoverable) throw error;
    const why = error instanceof Error ? error.message : String(error);
    if (isOfDisk(error) && (await sizeOf(file)) > 0) throw new StoreUnwritable(file, why);
    throw new ConfigError([`DATABASE_URL: ${JSON.stringify(file)} cannot be used as a SQLite store: ${why}.`]);
  }
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

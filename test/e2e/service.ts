import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import supertest from 'supertest';
import { createService } from '../../src/service.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/ops/log.js';
import { Pressure } from '../../src/ops/pressure.js';

/** A whole service in this process, on a free port of 127.0.0.1. */
export interface RunningService {
  readonly url: string;
  /** Asks it, as a client would. */
  readonly ask: ReturnType<typeof supertest>;
  readonly app: Awaited<ReturnType<typeof createService>>['app'];
  stop(): Promise<void>;
}

/** Nothing listens there: an upstream that cannot be reached. */
export const NO_UPSTREAM = 'http://127.0.0.1:9/ip_addresses.json';

/** @param now the wall clock of the service, where a test moves it. */
export async function startService(
  settings: Readonly<Record<string, string>> = {},
  now?: () => Date,
): Promise<RunningService> {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: ':memory:',
    UPSTREAM_URL: NO_UPSTREAM,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: 'off',
    SOAK_SECONDS: '0',
    ...settings,
  });
  const service = await createService(config, createLog(config.logLevel), now);
  // A long step of a test in the same process would look like pressure.
  service.app.get(Pressure).stop();
  const url = await service.start();
  return { url, ask: supertest(url), app: service.app, stop: () => service.stop(0) };
}

/** A true version of the list, by the name of its file. */
export function trueList(name: string): string {
  return readFileSync(new URL(`../fixtures/ip-list/${name}.json`, import.meta.url), 'utf8');
}

/** The revision that a service over the catalog that ships begins with: the last of the history that ships. */
export const AT_START = [
  ...readFileSync(new URL('../../catalogs/replicated.history.jsonl', import.meta.url), 'utf8').matchAll(
    /^\{"revision"/gm,
  ),
].length;

export const NEWEST = '2023-04-06T172229Z';
export const BEFORE_NEWEST = '2021-10-28T181751Z';

/** Waits until something holds; gives up, loudly, after `forMs`. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, forMs = 30_000): Promise<void> {
  for (const end = performance.now() + forMs; performance.now() < end; await sleep(20)) {
    if (await holds()) return;
  }
  throw new Error(`It never came about that ${what}.`);
}

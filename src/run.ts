import 'reflect-metadata';
import type { Logger } from 'pino';
import { createService, type Service } from './service.js';
import { CatalogError } from './catalog/fault.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { createLog } from './ops/log.js';
import { DecisionsDamaged } from './publish/decisions.js';
import { StoreDamaged } from './store/content.js';
import { Unrecoverable } from './store/recovery.js';
import { StoreUnwritable } from './store/sqlite.js';

/** The exit code for what only a change of settings or catalog can mend. Source: sysexits.h, EX_CONFIG. */
const EX_CONFIG = 78;
/** How long what is under way may take to end once no more is taken. */
const CLOSE_MS = 15_000;

/** What is wrong with the store, in words for people. */
const OF_STORE = [StoreDamaged, Unrecoverable, StoreUnwritable, DecisionsDamaged];

/** Runs the service until it is told to stop. */
export async function run(): Promise<void> {
  let config: Config;
  let service: Service;
  let log: Logger;
  try {
    config = readConfig(process.env);
    log = createLog(config.logLevel);
    service = await createService(config, log);
  } catch (error) {
    if (OF_STORE.some((kind) => error instanceof kind)) {
      process.stderr.write(`Gatepost does not start: ${(error as Error).message}\n`);
      process.exit(1);
    }
    if (!(error instanceof ConfigError || error instanceof CatalogError)) throw error;
    const what = error instanceof ConfigError ? 'its settings' : 'its catalog';
    process.stderr.write(`Gatepost does not start, because of ${what}:\n${error.message}\n`);
    process.exit(EX_CONFIG);
  }
  let url: string;
  try {
    url = await service.start();
  } catch (error) {
    process.stderr.write(
      `Gatepost does not start: it cannot listen at HOST ${config.host}, PORT ${config.port}: ${String(error)}\n`,
    );
    process.exit(EX_CONFIG);
  }
  let stops = 0;
  const stop = (drainMs: number) => {
    if (stops++ > 0) process.exit(1);
    setTimeout(() => process.exit(1), drainMs + CLOSE_MS).unref();
    log.info('stopping');
    service.stop(drainMs).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in good order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop(config.drainMs));
  process.on('SIGINT', () => stop(0));
  // Last, because whoever reads it may say stop.
  log.info({ url }, `listening; try ${url.replace('[::1]', 'localhost')}/requirements`);
}

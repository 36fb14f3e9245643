import { setTimeout as sleep } from 'node:timers/promises';
import type { Migrator } from 'kysely/migration';
import { isBusy } from './sqlite.js';

const MOST_MIGRATION_ATTEMPTS = 20;
const MIGRATION_WAIT_MS = 20;

/** Brings a store to the newest migration; waits for whoever else is at it. Returns what went wrong. */
export async function migrate(migrator: Migrator): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const { error } = await migrator.migrateToLatest().catch((thrown: unknown) => ({ error: thrown }));
    if (!isBusy(error) || attempt === MOST_MIGRATION_ATTEMPTS) return error;
    await sleep(MIGRATION_WAIT_MS * attempt);
  }
}

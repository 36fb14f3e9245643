import { readConfig, type Config } from '../config.js';

/** What commands take from the environment, each only some of it. */
export type CommandSettings = Pick<Config, 'catalog' | 'upstreamUrl' | 'graceMs' | 'database'>;

type Name = 'CATALOG' | 'UPSTREAM_URL' | 'GRACE_DAYS' | 'DATABASE_URL';

/**
 * The settings of these names: what a command does not use cannot stop it.
 *
 * @param database the store that the command names, in place of the environment's.
 * @throws ConfigError
 */
export function settingsFor(names: readonly Name[], database?: string): CommandSettings {
  const read = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  return readConfig(database === undefined ? read : { ...read, DATABASE_URL: database });
}

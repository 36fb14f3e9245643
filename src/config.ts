import type { Profile } from './model/guard/verdict.js';
import { SETTINGS, type Setting } from './settings.js';

/** Everything that the environment decides, read once and never changed. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** A catalog file, or a folder with one. */
  readonly catalog: string;
  /** Overrides the catalog's own upstream; `null` where it does not. */
  readonly upstreamUrl: URL | null;
  readonly refreshMs: number;
  /** How long an address that left the list is still served. */
  readonly graceMs: number;
  /** How long a changed list has to be there before it is published. */
  readonly soakMs: number;
  /** How much of a changed list is doubted. */
  readonly profile: Profile;
  readonly database: { readonly sqlite: string };
  readonly adminTokens: readonly { readonly name: string; readonly token: string }[];
  readonly publicUrl: URL | null;
  /** Requests a minute and client; `null` for no limit. */
  readonly rateLimit: number | null;
  /** CIDR blocks whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  readonly logLevel: string;
  readonly drainMs: number;
}

/** A setting that cannot be used: the process does not start. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment. An empty setting is an unset one.
 *
 * @throws ConfigError naming every setting that cannot be used, what it is and what is allowed.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const read = <T>(name: keyof typeof SETTINGS, row: Setting<T>): T => {
    const text = environment[name] || row.fallback;
    const value = row.read(text);
    if (value !== undefined) return value;
    const shown = name === 'ADMIN_TOKENS' ? 'its value (not shown)' : JSON.stringify(withoutUser(text));
    problems.push(`${name}: ${shown} cannot be used. Allowed: ${row.allowed}.`);
    return undefined as T;
  };
  const config: Config = {
    port: read('PORT', SETTINGS.PORT),
    host: read('HOST', SETTINGS.HOST),
    catalog: read('CATALOG', SETTINGS.CATALOG),
    upstreamUrl: read('UPSTREAM_URL', SETTINGS.UPSTREAM_URL),
    refreshMs: read('REFRESH_SECONDS', SETTINGS.REFRESH_SECONDS) * 1000,
    graceMs: read('GRACE_DAYS', SETTINGS.GRACE_DAYS) * 86_400_000,
    soakMs: read('SOAK_SECONDS', SETTINGS.SOAK_SECONDS) * 1000,
    profile: read('GUARD_PROFILE', SETTINGS.GUARD_PROFILE),
    database: read('DATABASE_URL', SETTINGS.DATABASE_URL),
    adminTokens: read('ADMIN_TOKENS', SETTINGS.ADMIN_TOKENS),
    publicUrl: read('PUBLIC_URL', SETTINGS.PUBLIC_URL),
    rateLimit: read('RATE_LIMIT', SETTINGS.RATE_LIMIT),
    trustProxy: read('TRUST_PROXY', SETTINGS.TRUST_PROXY),
    logLevel: read('LOG_LEVEL', SETTINGS.LOG_LEVEL),
    drainMs: read('DRAIN_SECONDS', SETTINGS.DRAIN_SECONDS) * 1000,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** A URL without user name and password, which nobody else is to see. */
function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:)?.*@/i, '$1…@');
}

import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PROFILES } from './model/guard/verdict.js';
import { parseBlock } from './model/cidr.js';
import { upstreamUrl } from './model/upstream-url.js';

const SHIPPED_CATALOG = fileURLToPath(new URL('../catalogs/replicated.yaml', import.meta.url));
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Setting<T> {
  /** What stands in the README, and where a value is refused. */
  readonly allowed: string;
  readonly fallback: string;
  readonly about: string;
  /** The value; `undefined` where it cannot be used. */
  readonly read: (text: string) => T | undefined;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number | undefined => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return least <= value && value <= most ? value : undefined;
  };

const setting = <T>(row: Setting<T>) => row;

/** Every setting, in the order in which the README lists them. */
export const SETTINGS = {
  PORT: setting({
    allowed: 'a port from 0 to 65535 (0: any free one)',
    fallback: '3000',
    about: 'Where the service listens.',
    read: wholeNumber(0, 65_535),
  }),
  HOST: setting({
    allowed: 'an IP address or a host name of this machine',
    fallback: '0.0.0.0',
    about: 'The address that it listens on.',
    read: (text) => (isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) ? text : undefined),
  }),
  CATALOG: setting({
    allowed: 'a file, or a folder with one catalog',
    fallback: '',
    about: 'The catalog that is served. Default: the one that ships, `catalogs/replicated.yaml`.',
    read: (text) => (text === '' ? SHIPPED_CATALOG : path.resolve(text)),
  }),
  UPSTREAM_URL: setting({
    allowed: 'an https:, http: or file: URL without user name and password',
    fallback: '',
    about:
      "The published address list that is polled. Default: the catalog's own. A literal IP address is taken as consent to it; a name that resolves to a private address is refused.",
    read: (text) => (text === '' ? null : pollableUrl(text)),
  }),
  REFRESH_SECONDS: setting({
    allowed: 'whole seconds from 1 to 604800',
    fallback: '900',
    about: 'How often upstream is polled.',
    read: wholeNumber(1, 604_800),
  }),
  GRACE_DAYS: setting({
    allowed: 'whole days from 0 to 3650',
    fallback: '30',
    about:
      'How long an address that left the list is still served, as `retiring`. Fixed for each when it leaves; 0: not at all.',
    read: wholeNumber(0, 3_650),
  }),
  SOAK_SECONDS: setting({
    allowed: 'whole seconds from 0 to 604800',
    fallback: '600',
    about: 'A changed list is published when it is still there in a poll this much later; 0: at first sight.',
    read: wholeNumber(0, 604_800),
  }),
  GUARD_PROFILE: setting({
    allowed: PROFILES.join(', '),
    fallback: 'auto',
    about:
      'How much of a changed list is doubted. `strict` also holds one in which a single host has none of its addresses any more; `approve` holds every addition.',
    read: (text) => PROFILES.find((profile) => profile === text),
  }),
  DATABASE_URL: setting({
    allowed: 'file:PATH or :memory:',
    fallback: 'file:./data/gatepost.db',
    about: 'The SQLite store.',
    read: (text) => {
      const sqlite = text === ':memory:' ? text : filePath(text);
      return sqlite === undefined ? undefined : { sqlite };
    },
  }),
  ADMIN_TOKENS: setting({
    allowed: 'name:token,… with names of letters, digits, . _ and -, each once, and tokens without comma or space',
    fallback: '',
    about: 'Who may use /admin. Unset: every /admin route answers 404.',
    read: adminTokens,
  }),
  PUBLIC_URL: setting({
    allowed: 'an https: or http: URL',
    fallback: '',
    about: 'Where clients reach the service; for links that have to be absolute.',
    read: (text) => (text === '' ? null : webUrl(text)),
  }),
  RATE_LIMIT: setting({
    allowed: 'requests a minute and client, from 1 to 1000000, or off',
    fallback: '600',
    about: 'Health and /version are exempt. IPv6 clients count by /64.',
    read: (text) => (text === 'off' ? null : wholeNumber(1, 1_000_000)(text)),
  }),
  TRUST_PROXY: setting({
    allowed: 'CIDR blocks, separated by commas',
    fallback: '',
    about: 'Proxies whose X-Forwarded-For is believed.',
    read: (text) => {
      const blocks = text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== '');
      return blocks.every((block) => parseBlock(block).ok) ? blocks : undefined;
    },
  }),
  LOG_LEVEL: setting({
    allowed: LOG_LEVELS.join(', '),
    fallback: 'info',
    about: 'Least level of the log, which is JSON lines on standard output.',
    read: (text) => LOG_LEVELS.find((level) => level === text),
  }),
  DRAIN_SECONDS: setting({
    allowed: 'whole seconds from 0 to 300',
    fallback: '5',
    about: 'How long after SIGTERM the service goes on answering, while it says that it is not ready.',
    read: wholeNumber(0, 300),
  }),
} as const;

function adminTokens(text: string): { readonly name: string; readonly token: string }[] | undefined {
  if (!/^(?:[\w.-]+:[\x21-\x2b\x2d-\x7e]+(?:,[\w.-]+:[\x21-\x2b\x2d-\x7e]+)*)?$/.test(text)) return undefined;
  const tokens = text
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => ({ name: entry.slice(0, entry.indexOf(':')), token: entry.slice(entry.indexOf(':') + 1) }));
  return new Set(tokens.map(({ name }) => name)).size === tokens.length ? tokens : undefined;
}

function pollableUrl(text: string): URL | undefined {
  if (!text.startsWith('file:')) return upstreamUrl(text);
  const file = filePath(text);
  return file === undefined ? undefined : pathToFileURL(file);
}

function webUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && ['https:', 'http:'].includes(url.protocol) && url.username + url.password === '';
  return usable ? url : undefined;
}

/** The path of a `file:` URL; a relative one is meant from the working directory. */
function filePath(text: string): string | undefined {
  if (!/^file:./.test(text)) return undefined;
  if (!text.startsWith('file://')) return path.resolve(text.slice('file:'.length));
  try {
    return fileURLToPath(text);
  } catch {
    return undefined;
  }
}

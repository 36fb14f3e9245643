import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { parseBlock } from './model/cidr.js';
import { upstreamUrl } from './model/upstream-url.js';

const SHIPPED_CATALOG = fileURLToPath(new URL('../catalogs/replicated.yaml', import.meta.url));
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Setting<T> {
  /** What stands in the README, and where a value is refused. */
  readonly allowed: string;
  readonly fallback: string;
  readonly about: string;
  readonly schema: z.ZodType<T, string>;
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => least <= value && value <= most);

/** A value by a function that gives `undefined` for what cannot be used. */
const parsed = <T>(read: (value: string) => T | undefined) =>
  z.string().transform((value, context): T => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

const setting = <T>(row: Setting<T>) => row;

/** Every setting, in the order in which the README lists them. */
export const SETTINGS = {
  PORT: setting({
    allowed: 'a port from 0 to 65535 (0: any free one)',
    fallback: '3000',
    about: 'Where the service listens.',
    schema: wholeNumber(0, 65_535),
  }),
  HOST: setting({
    allowed: 'an IP address or a host name of this machine',
    fallback: '0.0.0.0',
    about: 'The address that it listens on.',
    schema: z.string().refine((value) => isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)),
  }),
  CATALOG: setting({
    allowed: 'a file, or a folder with one catalog',
    fallback: '',
    about: 'The catalog that is served. Default: the one that ships, `catalogs/replicated.yaml`.',
    schema: z.string().transform((value) => (value === '' ? SHIPPED_CATALOG : path.resolve(value))),
  }),
  UPSTREAM_URL: setting({
    allowed: 'an https:, http: or file: URL without user name and password',
    fallback: '',
    about:
      "The published address list that is polled. Default: the catalog's own. A literal IP address is taken as consent to it; a name that resolves to a private address is refused.",
    schema: parsed((value) => (value === '' ? null : pollableUrl(value))),
  }),
  REFRESH_SECONDS: setting({
    allowed: 'whole seconds from 1 to 604800',
    fallback: '900',
    about: 'How often upstream is polled.',
    schema: wholeNumber(1, 604_800),
  }),
  GRACE_DAYS: setting({
    allowed: 'whole days from 0 to 3650',
    fallback: '30',
    about:
      'How long an address that left the list is still served, as `retiring`. Fixed for each when it leaves; 0: not at all.',
    schema: wholeNumber(0, 3_650),
  }),
  SOAK_SECONDS: setting({
    allowed: 'whole seconds from 0 to 604800',
    fallback: '600',
    about: 'A changed list is published when it is still there in a poll this much later; 0: at first sight.',
    schema: wholeNumber(0, 604_800),
  }),
  DATABASE_URL: setting({
    allowed: 'file:PATH or :memory:',
    fallback: 'file:./data/gatepost.db',
    about: 'The SQLite store.',
    schema: parsed((value) => {
      const sqlite = value === ':memory:' ? value : filePath(value);
      return sqlite === undefined ? undefined : { sqlite };
    }),
  }),
  ADMIN_TOKENS: setting({
    allowed: 'name:token,… with names of letters, digits, . _ and -, each once, and tokens without comma or space',
    fallback: '',
    about: 'Who may use /admin. Unset: every /admin route answers 404.',
    schema: z
      .string()
      .regex(/^(?:[\w.-]+:[\x21-\x2b\x2d-\x7e]+(?:,[\w.-]+:[\x21-\x2b\x2d-\x7e]+)*)?$/)
      .transform((value) =>
        value
          .split(',')
          .filter((entry) => entry !== '')
          .map((entry) => ({ name: entry.slice(0, entry.indexOf(':')), token: entry.slice(entry.indexOf(':') + 1) })),
      )
      .refine((tokens) => new Set(tokens.map(({ name }) => name)).size === tokens.length),
  }),
  PUBLIC_URL: setting({
    allowed: 'an https: or http: URL',
    fallback: '',
    about: 'Where clients reach the service; for links that have to be absolute.',
    schema: parsed((value) => (value === '' ? null : webUrl(value))),
  }),
  RATE_LIMIT: setting({
    allowed: 'requests a minute and client, from 1 to 1000000, or off',
    fallback: '600',
    about: 'Health and /version are exempt. IPv6 clients count by /64.',
    schema: z.union([z.literal('off').transform(() => null), wholeNumber(1, 1_000_000)]),
  }),
  TRUST_PROXY: setting({
    allowed: 'CIDR blocks, separated by commas',
    fallback: '',
    about: 'Proxies whose X-Forwarded-For is believed.',
    schema: z
      .string()
      .transform((value) =>
        value
          .split(',')
          .map((entry) => entry.trim())
          .filter((entry) => entry !== ''),
      )
      .refine((blocks) => blocks.every((block) => parseBlock(block).ok)),
  }),
  LOG_LEVEL: setting({
    allowed: LOG_LEVELS.join(', '),
    fallback: 'info',
    about: 'Least level of the log, which is JSON lines on standard output.',
    schema: z.enum(LOG_LEVELS),
  }),
  DRAIN_SECONDS: setting({
    allowed: 'whole seconds from 0 to 300',
    fallback: '5',
    about: 'How long after SIGTERM the service goes on answering, while it says that it is not ready.',
    schema: wholeNumber(0, 300),
  }),
} as const;

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

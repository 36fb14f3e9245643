import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, type Config } from '../src/config.js';
import { SETTINGS } from '../src/settings.js';

const SHIPPED = fileURLToPath(new URL('../catalogs/replicated.yaml', import.meta.url));

/** What is wrong with an environment, a line a setting; empty where it can be used. */
function problemsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('an empty environment', () => {
  const DEFAULTS: Config = {
    port: 3000,
    host: '0.0.0.0',
    catalog: SHIPPED,
    upstreamUrl: null,
    refreshMs: 900_000,
    graceMs: 30 * 86_400_000,
    soakMs: 600_000,
    profile: 'auto',
    database: { sqlite: path.resolve('data/gatepost.db') },
    adminTokens: [],
    publicUrl: null,
    rateLimit: 600,
    trustProxy: [],
    logLevel: 'info',
    drainMs: 5_000,
  };

  it('has every setting at its default', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  it('is one in which every setting is empty', () => {
    expect(readConfig(Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ''])))).toEqual(DEFAULTS);
  });

  it('is one in which other things are set', () => {
    expect(readConfig({ PATH: '/bin', port: '1', PORTS: '2', UPSTREAM: 'x' })).toEqual(DEFAULTS);
  });
});

describe('the configuration', () => {
  it('does not change once it is read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('has a sentence and a default that can be used for each setting', () => {
    for (const [name, { about, allowed, fallback }] of Object.entries(SETTINGS)) {
      expect([about.length > 0, allowed.length > 0], name).toEqual([true, true]);
      expect(problemsOf({ [name]: fallback }), name).toEqual([]);
    }
  });
});

describe('a setting', () => {
  it.each<[name: string, value: string, read: (config: Config) => unknown, expected: unknown]>([
    ['PORT', '0', ({ port }) => port, 0],
    ['PORT', '8080', ({ port }) => port, 8080],
    ['PORT', '65535', ({ port }) => port, 65_535],
    ['HOST', '127.0.0.1', ({ host }) => host, '127.0.0.1'],
    ['HOST', '::', ({ host }) => host, '::'],
    ['HOST', 'localhost', ({ host }) => host, 'localhost'],
    ['HOST', 'gatepost-1.internal', ({ host }) => host, 'gatepost-1.internal'],
    ['CATALOG', '/etc/gatepost/own.yaml', ({ catalog }) => catalog, '/etc/gatepost/own.yaml'],
    ['CATALOG', './own', ({ catalog }) => catalog, path.resolve('own')],
    [
      'UPSTREAM_URL',
      'https://a.com/list.json?token=1',
      ({ upstreamUrl }) => upstreamUrl?.href,
      'https://a.com/list.json?token=1',
    ],
    ['UPSTREAM_URL', 'http://127.0.0.1:8080/', ({ upstreamUrl }) => upstreamUrl?.href, 'http://127.0.0.1:8080/'],
    [
      'UPSTREAM_URL',
      'file:///srv/list%20of%20ips.json',
      ({ upstreamUrl }) => upstreamUrl?.href,
      'file:///srv/list%20of%20ips.json',
    ],
    ['UPSTREAM_URL', 'file:/srv/list.json', ({ upstreamUrl }) => upstreamUrl?.href, 'file:///srv/list.json'],
    ['UPSTREAM_URL', 'file:./list.json', ({ upstreamUrl }) => upstreamUrl?.href, pathToFileURL('list.json').href],
    [
      'UPSTREAM_URL',
      'file:lists/a b.json',
      ({ upstreamUrl }) => upstreamUrl?.href,
      pathToFileURL('lists/a b.json').href,
    ],
    ['REFRESH_SECONDS', '1', ({ refreshMs }) => refreshMs, 1_000],
    ['REFRESH_SECONDS', '604800', ({ refreshMs }) => refreshMs, 604_800_000],
    ['GRACE_DAYS', '0', ({ graceMs }) => graceMs, 0],
    ['GRACE_DAYS', '3650', ({ graceMs }) => graceMs, 315_360_000_000],
    ['SOAK_SECONDS', '0', ({ soakMs }) => soakMs, 0],
    ['SOAK_SECONDS', '604800', ({ soakMs }) => soakMs, 604_800_000],
    ['DATABASE_URL', ':memory:', ({ database }) => database, { sqlite: ':memory:' }],
    ['DATABASE_URL', 'file:/var/lib/gatepost.db', ({ database }) => database, { sqlite: '/var/lib/gatepost.db' }],
    ['DATABASE_URL', 'file:///var/lib/gate%20post.db', ({ database }) => database, { sqlite: '/var/lib/gate post.db' }],
    ['DATABASE_URL', 'file:./own/gatepost.db', ({ database }) => database, { sqlite: path.resolve('own/gatepost.db') }],
    ['DATABASE_URL', 'file:gatepost.db', ({ database }) => database, { sqlite: path.resolve('gatepost.db') }],
    ['ADMIN_TOKENS', 'ann:s3cret', ({ adminTokens }) => adminTokens, [{ name: 'ann', token: 's3cret' }]],
    [
      'ADMIN_TOKENS',
      'ann:a:b=/+,ci_1.x-y:Zz~!',
      ({ adminTokens }) => adminTokens,
      [
        { name: 'ann', token: 'a:b=/+' },
        { name: 'ci_1.x-y', token: 'Zz~!' },
      ],
    ],
    ['PUBLIC_URL', 'https://requirements.a.com', ({ publicUrl }) => publicUrl?.href, 'https://requirements.a.com/'],
    ['PUBLIC_URL', 'http://a.com:8080/base/', ({ publicUrl }) => publicUrl?.href, 'http://a.com:8080/base/'],
    ['RATE_LIMIT', 'off', ({ rateLimit }) => rateLimit, null],
    ['RATE_LIMIT', '1', ({ rateLimit }) => rateLimit, 1],
    ['RATE_LIMIT', '1000000', ({ rateLimit }) => rateLimit, 1_000_000],
    ['TRUST_PROXY', '10.0.0.0/8', ({ trustProxy }) => trustProxy, ['10.0.0.0/8']],
    ['TRUST_PROXY', '10.1.2.3, fd00::/8 ,', ({ trustProxy }) => trustProxy, ['10.1.2.3', 'fd00::/8']],
    ['LOG_LEVEL', 'silent', ({ logLevel }) => logLevel, 'silent'],
    ['LOG_LEVEL', 'trace', ({ logLevel }) => logLevel, 'trace'],
    ['DRAIN_SECONDS', '0', ({ drainMs }) => drainMs, 0],
    ['DRAIN_SECONDS', '300', ({ drainMs }) => drainMs, 300_000],
  ])('%s may be %s', (name, value, read, expected) => {
    expect(read(readConfig({ [name]: value }))).toEqual(expected);
  });

  it.each<[name: string, allowed: string, ...values: string[]]>([
    [
      'PORT',
      'a port from 0 to 65535 (0: any free one)',
      '65536',
      '-1',
      '80.5',
      '0x50',
      '8e3',
      ' 80',
      '80 ',
      'http',
      '٣',
    ],
    ['HOST', 'an IP address or a host name of this machine', '[::1]', '0.0.0.0:80', 'a b', '-a', 'a-', 'http://a', 'ä'],
    [
      'UPSTREAM_URL',
      'an https:, http: or file: URL without user name and password',
      'a.com',
      'ftp://a.com/',
      'data:,{}',
      'javascript:1',
      'https://',
      'https://ann@a.com/',
      'https://:s3cret@a.com/',
      'file:',
      'file://elsewhere/list.json',
      'file:///a%2fb',
    ],
    ['GRACE_DAYS', 'whole days from 0 to 3650', '3651', '-1', '1.5', '30d', '1e3'],
    ['SOAK_SECONDS', 'whole seconds from 0 to 604800', '604801', '-1', '0.5', '10m'],
    ['REFRESH_SECONDS', 'whole seconds from 1 to 604800', '0', '604801', '-1', '1.5', '15m', '1e3', '9999999999'],
    [
      'DATABASE_URL',
      'file:PATH or :memory:',
      'gatepost.db',
      './gatepost.db',
      'memory',
      'sqlite:gatepost.db',
      'mysql://a/b',
      'file:',
      'file://elsewhere/gatepost.db',
    ],
    ['PUBLIC_URL', 'an https: or http: URL', 'a.com', '/base', 'file:///a', 'ftp://a.com', 'https://ann:s3cret@a.com'],
    [
      'RATE_LIMIT',
      'requests a minute and client, from 1 to 1000000, or off',
      '0',
      '1000001',
      'OFF',
      'none',
      '-1',
      '1.5',
    ],
    [
      'TRUST_PROXY',
      'CIDR blocks, separated by commas',
      '10.0.0.1/8',
      'true',
      '1',
      'loopback',
      '10.0.0.0/33',
      '10.0.0.0/8;fd00::/8',
    ],
    ['LOG_LEVEL', 'fatal, error, warn, info, debug, trace, silent', 'INFO', 'verbose', '30', 'toString'],
    ['DRAIN_SECONDS', 'whole seconds from 0 to 300', '301', '-1', 'five', '0.5'],
  ])('%s may only be %s', (name, allowed, ...values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect(problems, value).toHaveLength(1);
      expect(problems[0], value).toMatch(new RegExp(`^${name}: .* cannot be used\\. `));
      expect(problems[0], value).toContain(` Allowed: ${allowed}.`);
    }
  });

  it('that cannot be used is shown as it was written', () => {
    expect(problemsOf({ PORT: 'x"\n\u001b[2J' })).toEqual([
      'PORT: "x\\"\\n\\u001b[2J" cannot be used. Allowed: a port from 0 to 65535 (0: any free one).',
    ]);
  });
});

describe('several settings that cannot be used', () => {
  it('are all named at once, in the order of the settings', () => {
    const environment = {
      LOG_LEVEL: 'loud',
      PORT: 'http',
      RATE_LIMIT: 'none',
      REFRESH_SECONDS: '0',
      ADMIN_TOKENS: 'ann',
      HOST: '127.0.0.1',
    };
    expect(problemsOf(environment)).toEqual([
      'PORT: "http" cannot be used. Allowed: a port from 0 to 65535 (0: any free one).',
      'REFRESH_SECONDS: "0" cannot be used. Allowed: whole seconds from 1 to 604800.',
      'ADMIN_TOKENS: its value (not shown) cannot be used. Allowed: name:token,… with names of letters, digits, . _ and -, each once, and tokens without comma or space.',
      'RATE_LIMIT: "none" cannot be used. Allowed: requests a minute and client, from 1 to 1000000, or off.',
      'LOG_LEVEL: "loud" cannot be used. Allowed: fatal, error, warn, info, debug, trace, silent.',
    ]);
  });

  it('are the lines of the error', () => {
    expect(() => readConfig({ PORT: 'x', DRAIN_SECONDS: 'y' })).toThrow(
      'PORT: "x" cannot be used. Allowed: a port from 0 to 65535 (0: any free one).\n' +
        'DRAIN_SECONDS: "y" cannot be used. Allowed: whole seconds from 0 to 300.',
    );
  });
});

describe('a secret', () => {
  it.each([
    ['without a name', 's3cret'],
    ['with an empty name', ':s3cret'],
    ['without a token', 'ann:'],
    ['with a space', 'ann:s3cret word'],
    ['with a comma too many', 'ann:s3cret,'],
    ['with a name that is there twice', 'ann:s3cret,ann:other'],
    ['with a name of other letters', 'ánn:s3cret'],
    ['with a line break', 'ann:s3cret\n'],
    ['with other letters', 'ann:s3crét'],
  ])('%s is refused, and not shown', (_what, value) => {
    expect(problemsOf({ ADMIN_TOKENS: value })).toEqual([
      'ADMIN_TOKENS: its value (not shown) cannot be used. Allowed: name:token,… with names of letters, digits, . _ and -, each once, and tokens without comma or space.',
    ]);
  });

  it.each([
    ['UPSTREAM_URL', 'https://ann:s3cret@a.com/list.json'],
    ['UPSTREAM_URL', 'https://ann:s3cret/word@a.com/list.json'],
    ['UPSTREAM_URL', 'https:ann:s3cret@a.com/list.json'],
    ['PUBLIC_URL', 'https://ann:s3cret@a.com/'],
    ['DATABASE_URL', 'postgres//ann:s3cret@db/gatepost'],
  ])('in %s is not shown where it is refused', (name, value) => {
    expect(problemsOf({ [name]: value }).join('\n')).toMatch(new RegExp(`^${name}: (?!.*s3cret).* cannot be used`));
  });
});

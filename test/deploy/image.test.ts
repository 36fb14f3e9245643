import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readContext } from '../../deploy/context.js';
import { readDockerfile } from '../../deploy/dockerfile.js';
import { imageOf, stepsOf } from '../../deploy/image.js';
import { SETTINGS } from '../../src/settings.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

/** What a compose file says, as far as it is looked at here. */
interface Compose {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

// Reading it already refuses every instruction that is not known, and every command that is not in exec form.
const stages = readDockerfile(textOf('Dockerfile'));
const last = stages.at(-1)!;
const image = imageOf(last);
const context = readContext(PROJECT);
const fromContext = stages.flatMap(({ steps }) =>
  stepsOf(steps, 'COPY').flatMap(({ from, sources }) => (from === undefined ? sources : [])),
);

describe('the Dockerfile', () => {
  it('has stages of one base image, and builds in one that is thrown away', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect([...new Set(stages.map(({ image }) => image))]).toEqual(['node:26-trixie-slim']);
    expect(stepsOf(last.steps, 'RUN')).toEqual([]);
  });

  it('installs by the lock file, and for the service only what it needs', () => {
    const commands = stages.flatMap(({ steps }) => stepsOf(steps, 'RUN').map(({ command }) => command));
    expect(commands).toContain('npm ci');
    expect(commands).toContain('npm ci --omit=dev --omit=optional');
    // The policy on install scripts is in these files.
    for (const { steps } of stages.slice(0, -1)) {
      expect(stepsOf(steps, 'COPY')[0]?.sources).toEqual(['package.json', 'package-lock.json', '.npmrc']);
    }
  });

  it('runs the service as a numbered user that is not root', () => {
    expect(stepsOf(last.steps, 'USER')).toHaveLength(1);
    expect(image.owner.user).toBeGreaterThan(0);
    expect(image.owner.group).toBeGreaterThan(0);
  });

  it('starts it as "npm start" does, without a shell', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: { readonly start: string } };
    expect(image.words).toEqual(/exec (node .*)$/.exec(scripts.start)?.[1]?.split(' '));
  });

  it('asks whether it is live, without a shell, and waits longer than the check does', () => {
    expect(image.healthcheck).toEqual(['node', 'dist/healthcheck.js']);
    const own = Number(/TIMEOUT_MS = ([\d_]+)/.exec(textOf('src/healthcheck.ts'))?.[1]?.replace('_', ''));
    const waits = seconds(stepsOf(last.steps, 'HEALTHCHECK')[0]?.options['timeout']);
    expect(waits).toBeGreaterThan(own / 1000);
  });

  it('exposes the port that is listened at, and keeps the store in the volume', () => {
    expect(stepsOf(last.steps, 'EXPOSE').map(({ port }) => String(port))).toEqual([SETTINGS.PORT.fallback]);
    expect(image.volumes).toEqual(['/data']);
    expect(image.environment).toEqual({ DATABASE_URL: 'file:/data/gatepost.db', SQLITE_TMPDIR: '/data' });
  });

  it('holds no secret', () => {
    const set = stages.flatMap(({ steps }) => [...stepsOf(steps, 'ENV'), ...stepsOf(steps, 'LABEL')]);
    const names = set.flatMap(({ values }) => Object.keys(values));
    expect(names.filter((name) => /token|secret|password|key|auth/i.test(name))).toEqual([]);
    expect(textOf('.npmrc')).not.toMatch(/_auth|_password|token/i);
  });
});

describe('the build context', () => {
  it('has all that the Dockerfile copies', () => {
    expect(fromContext.length).toBeGreaterThan(5);
    expect(fromContext.filter((source) => !context.has(source) || !existsSync(path.join(PROJECT, source)))).toEqual([]);
  });

  it('has nothing else', () => {
    const seen = readdirSync(PROJECT).filter((name) => context.has(name));
    expect(seen.sort()).toEqual([...new Set(fromContext)].sort());
    expect(['.git', '.env', 'data', 'dist', 'node_modules', 'test'].filter((name) => context.has(name))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  const { services, volumes } = parse(textOf('compose.yaml')) as Compose;
  const service = services['gatepost']!;

  it('builds the image, and leaves its user, its command and its health check to it', () => {
    expect(Object.keys(services)).toEqual(['gatepost']);
    expect(service['build']).toBe('.');
    expect(['user', 'command', 'entrypoint', 'healthcheck', 'privileged'].filter((key) => key in service)).toEqual([]);
  });

  it('lets the service write into its volume alone, without any privilege', () => {
    expect(service['read_only']).toBe(true);
    expect(service['cap_drop']).toEqual(['ALL']);
    expect(service['cap_add']).toBeUndefined();
    expect(service['security_opt']).toEqual(['no-new-privileges:true']);
    expect(service['volumes']).toEqual(image.volumes.map((folder) => `data:${folder}`));
    expect(volumes).toHaveProperty('data');
  });

  it('publishes the port, starts it again, and bounds its memory', () => {
    expect(service['ports']).toEqual(['3000:3000']);
    expect(service['restart']).toBe('unless-stopped');
    expect(service['mem_limit']).toMatch(/^\d{3}m$/);
  });

  it('waits for a stop as long as one may take', () => {
    const close = Number(/CLOSE_MS = ([\d_]+)/.exec(textOf('src/run.ts'))?.[1]?.replace('_', ''));
    expect(seconds(service['stop_grace_period'])).toBeGreaterThan(
      Number(SETTINGS.DRAIN_SECONDS.fallback) + close / 1000,
    );
  });

  it('names only settings that there are', () => {
    const named = [...textOf('compose.yaml').matchAll(/^ +#? +([A-Z_]+): /gm)].map(([, name]) => name!);
    expect(named).toEqual(expect.arrayContaining(['ADMIN_TOKENS', 'CATALOG']));
    expect(named.filter((name) => !(name in SETTINGS))).toEqual([]);
  });
});

/** A span of whole seconds, as Docker writes it. */
function seconds(text: unknown): number {
  return Number(/^(\d+)s$/.exec(String(text))?.[1]);
}

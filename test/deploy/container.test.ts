import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lackingForContainers, startContainer, type Container } from '../../deploy/container.js';
import { layOut, type Layout } from '../../deploy/layout.js';
import { LOOK_AROUND, SORT_MUCH } from './programs.js';
import { installed, listingOf, lockedForProduction } from './tree.js';
import { AT_START, until } from '../e2e/service.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** More than all commands of the Dockerfile may take together. */
const LAYOUT_MS = 800_000;

const lacking = await lackingForContainers();
// CI has to have it: there, what is missing fails.
const isSkipped = lacking !== '' && !process.env['CI'];
if (isSkipped) process.stdout.write(`The image is not tried out: running containers needs ${lacking}.\n`);

let folder: string;
let layout: Layout;
const running: Container[] = [];

describe.skipIf(isSkipped)('a container of the image', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gatepost-image-'));
    layout = await layOut(PROJECT, path.join(folder, 'layout'), () => undefined);
  }, LAYOUT_MS);
  afterEach(async () => {
    for (const container of running.splice(0)) {
      container.kill('SIGKILL');
      await container.ended;
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }), 60_000);

  it('has what the service needs, and nothing else', async () => {
    expect(await readdir(layout.tree)).toEqual(['app', 'data']);
    expect((await readdir(path.join(layout.tree, 'app'))).sort()).toEqual([
      'catalogs',
      'dist',
      'node_modules',
      'package.json',
      'schema',
    ]);
    expect(await readdir(path.join(layout.tree, 'data'))).toEqual([]);
    const files = Object.keys(await listingOf(path.join(layout.tree, 'app/dist')));
    expect(files).toContain('main.js');
    expect(files.filter((file) => /\.(?:ts|tsbuildinfo)$|\.test\./.test(file))).toEqual([]);
  });

  it('has every dependency of production, and none of development', async () => {
    const expected = lockedForProduction(PROJECT);
    expect(expected.length).toBeGreaterThan(50);
    expect(installed(path.join(layout.tree, 'app'))).toEqual(expected);
  });

  it('belongs to root, and nobody else may write to it', async () => {
    const { data, ...others } = await listingOf(layout.tree);
    expect(data).toBe('folder 755 10001:10001');
    const open = Object.entries(others).filter(([, is]) => !/^(?:link .*|\w+ [0-7][0-7][0145][0145]?) 0:0/.test(is));
    expect(open).toEqual([]);
  });

  it('is the image: its process 1, user, folder and environment, no privilege, and nothing to write to but /data', async () => {
    const { code, output } = await start(['node', '--input-type=module', '--eval', LOOK_AROUND], {}).ended;
    expect(code, output).toBe(0);
    expect(JSON.parse(output)).toEqual({
      pid: 1,
      user: '10001:10001',
      groups: [10_001],
      folder: '/app',
      environment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: '/',
        DATABASE_URL: 'file:/data/gatepost.db',
        SQLITE_TMPDIR: '/data',
      },
      privileges: '0000000000000000',
      hasShell: false,
      writes: {
        '/data/x': 'done',
        '/app/x': 'EROFS',
        '/app/dist/x': 'EROFS',
        '/app/data': 'EROFS',
        '/x': 'EROFS',
        '/usr/lib/x': 'EROFS',
        '/tmp/x': 'ENOENT',
      },
    });
  });

  it('lets SQLite sort more than its memory holds', async () => {
    const { code, output } = await start(['node', '--input-type=module', '--eval', SORT_MUCH], {}).ended;
    expect(code, output).toBe(0);
  });

  it('serves, is healthy while it does, keeps its store over a restart, stops at SIGTERM, and changes nothing of itself', async () => {
    const before = await listingOf(layout.tree);
    const settings = { PORT: await freePort(), UPSTREAM_URL: 'http://127.0.0.1:9/list', DRAIN_SECONDS: '0' };
    const url = `http://127.0.0.1:${settings.PORT}`;
    const health = () => start(layout.image.healthcheck, { PORT: settings.PORT }).ended;
    const stores: number[] = [];
    for (let round = 0; round < 2; round++) {
      const service = start(layout.image.words, settings);
      await listening(service);
      const answer = await fetch(`${url}/requirements?task=upgrade&mode=online`);
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as { requirements: unknown[] }).requirements.length).toBeGreaterThan(0);
      expect(answer.headers.get('gatepost-revision')).toBe(String(AT_START));
      for (const page of ['status', 'docs', 'docs/swagger-ui-bundle.js', 'problems', 'graphql/graphiql.js']) {
        expect((await fetch(`${url}/${page}`)).status, page).toBe(200);
      }
      const query = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{ "query": "{ product { name } }" }',
      });
      expect(await query.json()).toEqual({ data: { product: { name: 'replicated' } } });
      expect(await health()).toEqual({ code: 0, output: `${url}/health/live answered 200\n` });
      service.kill('SIGTERM');
      const { code, output } = await service.ended;
      expect(code, output).toBe(0);
      stores.push((await stat(path.join(layout.volumes, 'data/gatepost.db'))).ino);
    }
    expect(stores[1]).toBe(stores[0]);
    expect((await health()).code).toBe(1);
    expect(await listingOf(layout.tree)).toEqual(before);
    expect(await readdir(layout.root)).toEqual([]);
  }, 60_000);
});

function start(words: readonly string[], settings: Readonly<Record<string, string>>): Container {
  const container = startContainer(layout, words, settings);
  running.push(container);
  return container;
}

/** Waits until a service says that it listens; fails where it ends before. */
async function listening(service: Container): Promise<void> {
  let said = '';
  service.outer.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const isThere = until('the service listens', () => said.includes('"url":'));
  const isGone = service.ended.then(({ code, output }) => {
    throw new Error(`The service ended with ${code}: ${output}`);
  });
  isGone.catch(() => undefined);
  await Promise.race([isThere, isGone]);
}

/** The port has to be known beforehand, as in an image: the health check asks by it. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

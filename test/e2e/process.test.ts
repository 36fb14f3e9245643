import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeUpstream, list, silence } from '../fake-upstream.js';
import { startProcess, type ServiceProcess } from './process.js';
import { AT_START, NEWEST, trueList, until } from './service.js';

const SHIPPED = new URL('../../catalogs/replicated.yaml', import.meta.url);

let folder: string;
const running: ServiceProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true });
});

const start = (settings: Readonly<Record<string, string>> = {}) => {
  const service = startProcess({
    DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    DRAIN_SECONDS: '0',
    ...settings,
  });
  running.push(service);
  return service;
};
const stop = async ({ child, ended }: ServiceProcess) => {
  child.kill('SIGTERM');
  return ended;
};
const ask = async (url: string, path: string) => {
  const response = await fetch(`${url}${path}`);
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    headers: response.headers,
    text: await response.text(),
  };
};

describe('settings that cannot be used', () => {
  it('are all named, with what is allowed, and the process ends with 78', async () => {
    const { code, stderr, stdout } = await start({
      PORT: '70000',
      REFRESH_SECONDS: '-1',
      UPSTREAM_URL: 'ftp://a.example/list',
      DATABASE_URL: 'mysql://a.example/db',
      TRUST_PROXY: '10.0.0.0/33',
      RATE_LIMIT: 'much',
      LOG_LEVEL: 'loud',
      ADMIN_TOKENS: 'no-colon-secret',
    }).ended;
    expect(code).toBe(78);
    expect(stdout).toBe('');
    for (const name of [
      'PORT: "70000"',
      'REFRESH_SECONDS: "-1"',
      'UPSTREAM_URL: "ftp:',
      'DATABASE_URL: "mysql:',
      'TRUST_PROXY: "10.0.0.0/33"',
      'RATE_LIMIT: "much"',
      'LOG_LEVEL: "loud"',
      'ADMIN_TOKENS: ',
    ]) {
      expect(stderr).toContain(name);
    }
    expect(stderr.match(/Allowed: /g)).toHaveLength(8);
    expect(stderr).not.toContain('no-colon-secret');
  });
});

describe('a catalog that does not load at the start', () => {
  it('ends the process with 78 and the place of the error, where there is no store', async () => {
    const file = path.join(folder, 'catalog.yaml');
    await writeFile(file, (await readFile(SHIPPED, 'utf8')).replace('tcp: 8800', 'tcp: 88000'));
    const { code, stderr } = await start({ CATALOG: file }).ended;
    expect(code).toBe(78);
    expect(stderr).toContain(`${file}:133:20: /requirements/0/ports/0/tcp`);
  });

  it('is served from the store where that has a revision, and /status says so', async () => {
    const before = start();
    const etag = (await ask(await before.url, '/requirements')).etag;
    await stop(before);
    const after = start({ CATALOG: path.join(folder, 'missing.yaml') });
    const url = await after.url;
    expect((await ask(url, '/requirements')).etag).toBe(etag);
    const status = JSON.parse((await ask(url, '/status')).text) as {
      catalog: { loadedAt: null; lastError: { message: string } };
    };
    expect(status.catalog.loadedAt).toBeNull();
    expect(status.catalog.lastError.message).toContain('missing.yaml');
  });

  it('is a matter of settings where a folder has several', async () => {
    const catalogs = path.join(folder, 'catalogs');
    await mkdir(catalogs);
    for (const name of ['a.yaml', 'b.yaml']) await cp(SHIPPED, path.join(catalogs, name));
    const { code, stderr } = await start({ CATALOG: catalogs }).ended;
    expect(code).toBe(78);
    expect(stderr).toContain('2 catalogs (a.yaml, b.yaml)');
  });
});

describe('a restart', () => {
  it('serves the last revision before the first poll, byte for byte', async () => {
    const upstream = await fakeUpstream(
      list(trueList(NEWEST).replace('"50.19.197.213",', '"50.19.197.213", "52.7.167.120",')),
    );
    try {
      const before = start({ UPSTREAM_URL: upstream.url.href });
      const url = await before.url;
      await until(
        'the list is read',
        async () => (await ask(url, '/version')).headers.get('gatepost-revision') === String(AT_START + 1),
      );
      const paths = [
        '/requirements',
        '/hosts',
        '/addresses',
        '/catalog',
        '/ports',
        '/revisions',
        '/version',
        '/lookup?q=52.7.167.120',
      ];
      const answers = await Promise.all(paths.map((path) => ask(url, path)));
      await stop(before);

      upstream.answer(silence);
      const after = start({ UPSTREAM_URL: upstream.url.href });
      const again = await after.url;
      for (const [i, path] of paths.entries()) {
        const { etag, text, headers } = await ask(again, path);
        expect([etag, text]).toEqual([answers[i]?.etag, answers[i]?.text]);
        expect(headers.get('gatepost-freshness')).toMatch(/^fresh; checked=@\d+$/);
      }
    } finally {
      await upstream.close();
    }
  });

  const alterAddress = async () => {
    const before = start();
    const { etag } = await ask(await before.url, '/requirements');
    await stop(before);
    const database = new DatabaseSync(path.join(folder, 'store.db'));
    database.exec(
      `UPDATE address SET cidr = '52.7.167.120/32' WHERE cidr = '162.159.137.43/32' AND host = 'api.replicated.com'`,
    );
    database.close();
    return etag;
  };

  it('row 45: recovers a store that was changed by hand from its copy, and says so', async () => {
    const etag = await alterAddress();
    const after = start();
    expect((await ask(await after.url, '/requirements')).etag).toBe(etag);
    const { stdout } = await stop(after);
    expect(stdout).toMatch(/"level":50.*does not fit its checksum.*were recovered from its copy/);
    expect((await readdir(folder)).filter((name) => name.startsWith('store.db.corrupt-'))).toHaveLength(1);
  });

  it('row 45: refuses a store that was changed by hand and has no copy', async () => {
    await alterAddress();
    await rm(path.join(folder, 'store.db.replicated.copy.jsonl'));
    const { code, stderr } = await start().ended;
    expect(code).toBe(1);
    expect(stderr).toContain('does not fit its checksum. There is no copy of it');
    expect(await readdir(folder)).toEqual(['store.db']);
  });
});

describe('what a setting names and cannot be had', () => {
  it('is a port that is taken: 78, and a sentence', async () => {
    const url = await start({ DATABASE_URL: ':memory:' }).url;
    const { code, stderr } = await start({ DATABASE_URL: ':memory:', PORT: new URL(url).port }).ended;
    expect(code).toBe(78);
    expect(stderr).toContain('EADDRINUSE');
    expect(stderr).not.toContain('    at ');
  });

  it('is a store that is none: 78, and the setting', async () => {
    const file = path.join(folder, 'garbage.db');
    await writeFile(file, 'this is no database, and never was one '.repeat(100));
    for (const location of [file, '/proc/nowhere/store.db']) {
      const { code, stderr } = await start({ DATABASE_URL: `file:${location}` }).ended;
      expect(code).toBe(78);
      expect(stderr).toContain(`DATABASE_URL: "${location}" cannot be used`);
      expect(stderr).not.toContain('    at ');
    }
  });
});

describe('SIGTERM', () => {
  it('first makes readiness fail, while everything is still answered, and then loses no request', async () => {
    const service = start({ DRAIN_SECONDS: '2', RATE_LIMIT: 'off' });
    const url = await service.url;
    const results: (number | string)[] = [];
    // As a balancer does: new work comes for as long as readiness was good when it last looked.
    let isReady = true;
    const clients = Array.from({ length: 8 }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (isReady) results.push(await requestOver(agent, `${url}/requirements?task=upgrade`));
      agent.destroy();
    });
    await until('there is load', () => results.length > 200);
    service.child.kill('SIGTERM');
    await until('it is not ready', async () => (await ask(url, '/health/ready')).status === 503);
    const atNotReady = results.length;
    await until('work came after that', () => results.length > atNotReady + 50);
    isReady = false;
    const during = await ask(url, '/requirements');
    expect(during.status).toBe(200);
    expect(during.headers.get('connection')).toBe('close');
    expect((await ask(url, '/health/live')).status).toBe(200);
    await Promise.all(clients);
    expect((await service.ended).code).toBe(0);
    expect(results.filter((result) => result !== 200)).toEqual([]);
  });

  it('twice ends at once', async () => {
    const service = start({ DRAIN_SECONDS: '60' });
    const url = await service.url;
    service.child.kill('SIGTERM');
    await until('it is not ready', async () => (await ask(url, '/health/ready')).status === 503);
    service.child.kill('SIGTERM');
    expect((await service.ended).code).toBe(1);
  });
});

describe('a start', () => {
  it('loads no package that no answer needs', async () => {
    const tell =
      "import { registerHooks } from 'node:module';" +
      'registerHooks({ load(url, context, next) { process.stderr.write(`${url}\\n`); return next(url, context); } });';
    const service = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` });
    expect((await ask(await service.url, '/requirements')).status).toBe(200);
    const { stderr } = await stop(service);
    const packages = new Set(
      [...stderr.matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/g)].map(([, name]) => name!),
    );
    expect(packages).toContain('@nestjs/core');
    const unneeded = ['@apollo/usage-reporting-protobuf', '@nestjs/swagger', 'commander', 'swagger-ui-dist', 'zod'];
    expect(unneeded.filter((name) => packages.has(name))).toEqual([]);
  });
});

describe('the command line', () => {
  const gatepost = async (...words: string[]) => {
    const bin = fileURLToPath(new URL('../../dist/cli/gatepost.js', import.meta.url));
    return promisify(execFile)(process.execPath, [bin, ...words]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );
  };

  it('says that the catalog that ships is good, and what is doubtful in it', async () => {
    const { code, stdout } = await gatepost('catalog', 'check', fileURLToPath(SHIPPED));
    expect(code).toBe(0);
    expect(stdout).toContain('good. Rows: 13; requirements made of them: 56; tasks: 6; modes: 2; promises kept: 2.');
    expect(stdout).toContain(
      'doubtful: Port 443/tcp of "api.replicated.com" is stated in one row and assumed in another.',
    );
  });

  it('says what the service would of a bad one', async () => {
    const file = path.join(folder, 'catalog.yaml');
    await writeFile(file, (await readFile(SHIPPED, 'utf8')).replace('endpoint: docker-hub', 'endpoint: docker-hubb'));
    const { code, stdout } = await gatepost('catalog', 'check', file);
    expect(code).toBe(1);
    expect(stdout).toContain(`${file}:177:15: /requirements/5/endpoint: There is no endpoint "docker-hubb".`);
    expect(stdout).toContain('Did you mean "docker-hub"?');
  });
});

it.each([
  ['the service', 'main.js', []],
  ['the command line', 'cli/gatepost.js', ['--version']],
])('an older Node is told what to do by %s', async (_what, program, args) => {
  const file = fileURLToPath(new URL(`../../dist/${program}`, import.meta.url));
  const older = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '24.15.9' })";
  const child = spawn(process.execPath, ['--import', older, file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  expect([code, said]).toEqual([78, expect.stringContaining('Gatepost needs Node 24.16 or newer; this is 24.15.9.')]);
  // The check has to stand before anything that an old Node cannot link.
  const imported = [...(await readFile(file, 'utf8')).matchAll(/^import [^\n]* from ["']([^"']+)["']/gm)].map(
    ([, from]) => from,
  );
  expect(imported.map((from) => path.basename(from!))).toEqual(['node-version.js']);
});

/** The status of an answer read to its end, or the code of what went wrong. */
function requestOver(agent: Agent, url: string): Promise<number | string> {
  return new Promise((resolve) => {
    get(url, { agent }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => (size += chunk.length));
      response.on('end', () => resolve(size > 0 && response.complete ? (response.statusCode ?? 0) : 'incomplete'));
      response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
  });
}

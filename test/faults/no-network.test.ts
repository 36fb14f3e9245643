import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '../e2e/process.js';
import { isLeftOut } from './lacking.js';
import { serve } from './served.js';

const APART = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const LIST = 'https://upstream.example/ip_addresses.json';
const PROBES = [
  '/requirements',
  '/addresses',
  '/hosts',
  '/catalog',
  '/ports',
  '/revisions',
  '/lookup?q=162.159.137.43',
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-apart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a service that has no network but its own loopback, and asks it from within. */
async function answersApart(): Promise<{
  readonly ready: number;
  readonly freshness: string;
  readonly answers: unknown;
}> {
  const service = startProcess({ DATABASE_URL: `file:${path.join(folder, 'store.db')}`, UPSTREAM_URL: LIST }, APART);
  try {
    const url = await service.url;
    const ask = `
      const answers = [];
      for (const path of ${JSON.stringify(PROBES)}) {
        const response = await fetch('${url}' + path);
        answers.push([response.status, response.headers.get('etag'), await response.text()]);
      }
      const { status: ready } = await fetch('${url}/health/ready');
      const { freshness } = await (await fetch('${url}/status')).json();
      console.log(JSON.stringify({ ready, freshness, answers }));`;
    const words = ['-n', '-t', String(service.child.pid), process.execPath, '--input-type=module', '--eval', ask];
    return JSON.parse((await promisify(execFile)('nsenter', words, { maxBuffer: 1e8 })).stdout) as never;
  } finally {
    service.child.kill('SIGKILL');
    await service.ended;
  }
}

describe.skipIf(isLeftOut('A start without a network', ['unshare', 'nsenter']))('a start without any network', () => {
  it('row 49: with a store is ready, and answers byte for byte what it did', async () => {
    const before = await serve({ DATABASE_URL: `file:${path.join(folder, 'store.db')}` });
    const answers = await before.answers();
    await before.end();
    expect(await answersApart()).toEqual({ ready: 200, freshness: 'fresh', answers });
  });

  it('row 50: without a store answers from what ships, and says so', async () => {
    const { ready, freshness, answers } = await answersApart();
    expect([ready, freshness]).toEqual([200, 'bundled']);
    expect((answers as [number][]).map(([status]) => status)).toEqual(PROBES.map(() => 200));
  });
});

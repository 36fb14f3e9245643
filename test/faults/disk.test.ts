import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '../e2e/process.js';
import { until } from '../e2e/service.js';
import { list } from '../fake-upstream.js';
import { isLeftOut } from './lacking.js';
import { longer, serve, type Served } from './served.js';

let folder: string;
const running: Served[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-disk-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end();
  await rm(folder, { recursive: true, force: true });
});

async function started(...words: Parameters<typeof serve>): Promise<Served> {
  const served = await serve(...words);
  running.push(served);
  return served;
}

describe.skipIf(isLeftOut('A full disk', ['unshare', 'mount']))('row 46: a full disk', () => {
  const settings = () => ({ DATABASE_URL: `file:${path.join(folder, 'store.db')}` });
  /** In a mount namespace of its own the folder is a disk of 2 MiB. */
  const onSmallDisk = (given: Readonly<Record<string, string>>) =>
    startProcess(given, [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount -t tmpfs -o size=2m none ${folder} && exec "$@"`,
      'sh',
    ]);

  it('publishes nothing, keeps what is served, says so, and goes on when there is room', async () => {
    const served = await started(settings(), onSmallDisk);
    const disk = `/proc/${served.service.child.pid}/root${folder}`;
    const before = await served.answers();
    fill(path.join(disk, 'fill'));
    served.upstream.answer(list(longer(2)));
    for (let i = 0; i < 3; i++) {
      expect(await served.refresh()).toMatchObject({ outcome: 'failed', reason: 'store-failed' });
      expect(await served.answers()).toEqual(before);
    }
    expect(await served.lastReason()).toBe('store-failed');
    const pin = await served.admin('PUT', 'pin', { revision: 1 });
    expect([pin.status, await pin.json()]).toMatchObject([
      503,
      { type: '/problems/store-unavailable', detail: expect.stringContaining('Make room on its disk') },
    ]);
    expect(await served.answers()).toEqual(before);
    rmSync(path.join(disk, 'fill'));
    const { outcome, revision } = await served.refresh();
    expect(outcome).toBe('published');
    expect(await served.lastReason()).toBeNull();
    await until('the copy has it', () => copyIn(disk).includes(`{"end":{"revisions":${revision}}`));
  });
});

describe.skipIf(isLeftOut('A disk that takes nothing', ['unshare', 'mount']))('row 46: a start on a disk', () => {
  it.each([
    ['that is full', 'dd if=/dev/zero of=disk/fill bs=4096 2>/dev/null'],
    ['that is read-only', 'mount -o remount,ro disk'],
  ])('%s ends with what to do, and what is stored stays as it is', (_what, spoil) => {
    const store = path.join(folder, 'disk', 'store.db');
    const start = `DATABASE_URL=file:${store} PORT=0 UPSTREAM_URL=http://127.0.0.1:9/ DRAIN_SECONDS=0 timeout --foreground`;
    const main = `${process.execPath} ${fileURLToPath(new URL('../../dist/main.js', import.meta.url))}`;
    const sums = 'cat disk/store.db disk/store.db.*.jsonl | sha256sum';
    const script = [
      `cd ${folder} && mkdir disk && mount -t tmpfs -o size=2m none disk`,
      `${start} 60 ${main} >log & while ! grep -q listening log; do sleep 0.1; done; kill $!; wait`,
      `${sums} >before; ${spoil}`,
      `${start} 20 ${main} >out 2>said; echo $? >code`,
      `${sums} >after`,
    ].join('\n');
    spawnSync('unshare', ['--mount', 'sh', '-c', script]);
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    expect(read('said')).toContain('its disk is full or read-only');
    expect(read('code')).toBe('1\n');
    expect(read('after')).toBe(read('before'));
  });
});

describe.skipIf(isLeftOut('A disk that fails', ['strace']))('row 47: a disk', () => {
  it.each([
    ['that became read-only', 'pwrite64', 'EROFS'],
    ['that fails to write', 'pwrite64', 'EIO'],
    ['that fails to sync', 'fsync,fdatasync', 'EIO'],
  ])('%s keeps what is served, and all goes on when it is well again', async (_what, calls, error) => {
    const served = await started({ DATABASE_URL: `file:${path.join(folder, 'store.db')}` });
    const before = await served.answers();
    served.upstream.answer(list(longer(2)));
    const heal = await failing(served.service.child.pid!, calls, error);
    expect(await served.refresh()).toMatchObject({ outcome: 'failed', reason: 'store-failed' });
    expect(await served.answers()).toEqual(before);
    await heal();
    expect((await served.refresh()).outcome).toBe('published');
  });
});

describe.skipIf(isLeftOut('A want of file descriptors', ['prlimit']))('row 47: a want of file descriptors', () => {
  it('is over when connections end: who comes then is answered', async () => {
    const served = await started({ DATABASE_URL: `file:${path.join(folder, 'store.db')}` });
    const before = await served.answers();
    const { pid } = served.service.child;
    const open = Number(execFileSync('sh', ['-c', `ls /proc/${pid}/fd | wc -l`]).toString());
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${open + 8}:${open + 8}`]);
    const sockets: Socket[] = [];
    for (let i = 0; i < 60; i++) {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      sockets.push(socket);
    }
    await until('they have come, or were turned away', () => sockets.every((one) => !one.connecting));
    for (const socket of sockets) socket.destroy();
    await until('it answers', () =>
      fetch(`${served.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    expect(await served.answers()).toEqual(before);
  });
});

/** Takes all the room that there is. */
function fill(file: string): void {
  const block = Buffer.alloc(4096);
  try {
    for (;;) writeFileSync(file, block, { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  expect(statSync(file).size).toBeGreaterThan(0);
}

function copyIn(disk: string): string {
  return readFileSync(path.join(disk, 'store.db.replicated.copy.jsonl'), 'utf8');
}

/** Lets system calls of a process on its store fail until what it returns is called. */
async function failing(pid: number, calls: string, error: string): Promise<() => Promise<void>> {
  const store = path.join(folder, 'store.db');
  const paths = ['-P', store, '-P', `${store}-wal`];
  const strace = spawn(
    'strace',
    ['-f', '-p', String(pid), ...paths, '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(strace, 'close');
  let said = '';
  strace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until('strace is there', () => said.includes('attached'));
  return async () => {
    strace.kill('SIGINT');
    await ended;
  };
}

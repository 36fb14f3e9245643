import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '../e2e/process.js';
import { until } from '../e2e/service.js';
import { serve } from './served.js';

let folder: string;
let settings: Readonly<Record<string, string>>;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-signals-'));
  settings = { DATABASE_URL: `file:${path.join(folder, 'store.db')}`, DRAIN_SECONDS: '0' };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('row 51: a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'that is told to stop by %s while it starts leaves a store that is whole',
    async (signal) => {
      for (const afterMs of [50, 250, 600]) {
        const { child, ended } = startProcess(settings);
        await sleep(afterMs);
        child.kill(signal);
        await ended;
      }
      const served = await serve(settings);
      expect((await served.answers()).map(([status]) => status)).not.toContain(503);
      await served.end();
      expect((await served.service.ended).stdout).not.toContain('recovered');
    },
  );

  it('that was stopped and goes on polls once for all that it missed', async () => {
    const served = await serve({ ...settings, REFRESH_SECONDS: '1' });
    served.service.child.kill('SIGSTOP');
    await sleep(4_500);
    const before = served.upstream.asked.length;
    served.service.child.kill('SIGCONT');
    await until('it polls', () => served.upstream.asked.length > before);
    await sleep(500);
    expect(served.upstream.asked.length).toBeLessThanOrEqual(before + 2);
    await served.end();
  });
});

describe('row 52: a process', () => {
  it.each([
    ['an exception that nobody catches', 'throw new Error("unforeseen")'],
    ['a rejection that nobody handles', 'void Promise.reject(new Error("unforeseen"))'],
    ['a want of memory', 'const all = []; for (;;) all.push(new Array(100_000).fill({}))'],
  ])('ends by %s, and the next one serves what it did', async (_what, program) => {
    const first = await serve(settings);
    const before = await first.answers();
    await first.end();
    const late = `process.once('SIGUSR2', () => { ${program} });`;
    const NODE_OPTIONS = `--max-old-space-size=96 --import=data:text/javascript,${encodeURIComponent(late)}`;
    const failing = await serve({ ...settings, NODE_OPTIONS });
    failing.service.child.kill('SIGUSR2');
    expect((await failing.service.ended).code).not.toBe(0);
    await failing.end();
    const next = await serve(settings);
    expect(await next.answers()).toEqual(before);
    await next.end();
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mostConnections } from '../../src/ops/most-connections.js';
import { Pressure } from '../../src/ops/pressure.js';
import { startProcess } from '../e2e/process.js';

/** Blocks the event loop for that long. */
const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('row 77: an event loop that comes late again and again', () => {
  it('is high pressure, until it comes in time; one long step is none', async () => {
    let lateMs = 0;
    const pressure = new Pressure(() => performance.now() + lateMs);
    try {
      const step = async (ms: number) => {
        lateMs += ms;
        await sleep(150);
      };
      await step(2_000);
      expect(pressure.isHigh).toBe(false);
      // Each look is late by as much as the clock was put on since the one before.
      for (let i = 0; i < 3 && !pressure.isHigh; i++) {
        lateMs += 2_000;
        await sleep(100);
      }
      expect(pressure.isHigh).toBe(true);
      await sleep(400);
      expect(pressure.isHigh).toBe(false);
    } finally {
      pressure.stop();
    }
  });

  it('refuses what is not ready with 503 and Retry-After; what is kept, /health and /admin go on', async () => {
    // Holds the loop again and again, as too many questions would, for as long as a signal says.
    const holding = `process.on('SIGUSR2', () => { let left = 30; const hold = () => { (${String(block)})(1200); if (--left > 0) setTimeout(hold, 30); }; hold(); })`;
    const service = startProcess({
      DATABASE_URL: ':memory:',
      ADMIN_TOKENS: 'ops:a-token',
      DRAIN_SECONDS: '0',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(holding)}`,
    });
    try {
      const url = await service.url;
      const ask = (path: string) => fetch(`${url}${path}`, { headers: { accept: '*/*', 'accept-encoding': 'gzip' } });
      for (let i = 0; i < 3; i++) await (await ask('/requirements?task=upgrade')).text();
      service.child.kill('SIGUSR2');
      let refused = await ask('/hosts?port=1');
      for (let port = 2; refused.status !== 503 && port < 20; port++) refused = await ask(`/hosts?port=${port}`);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(await refused.json()).toMatchObject({ type: '/problems/overloaded', status: 503 });
      expect((await ask('/health/live')).status).toBe(200);
      expect((await ask('/requirements?task=upgrade')).status).toBe(200);
      expect((await ask('/admin/nothing')).status).toBe(401);
    } finally {
      service.child.kill('SIGKILL');
      await service.ended;
    }
  }, 60_000);
});

describe('row 62: the number of connections', () => {
  const limits = (files: string) =>
    `Limit  Soft Limit  Hard Limit  Units\nMax open files            ${files}  ${files}  files`;

  it.each([
    ['1024', 824],
    ['20000', 19_800],
    ['1048576', 20_000],
    ['64', 100],
    ['unlimited', 20_000],
  ])('is what %s file descriptors leave: %i', (files, connections) => {
    expect(mostConnections(limits(files))).toBe(connections);
  });
});

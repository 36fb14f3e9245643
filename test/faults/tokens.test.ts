import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startProcess } from '../e2e/process.js';
import { startService } from '../e2e/service.js';

it('row 70: more than ten wrong tokens a minute are 429, and a right one is let in all the same', async () => {
  const service = await startService({ ADMIN_TOKENS: 'ops:a-token', TRUST_PROXY: '127.0.0.0/8' });
  try {
    const refresh = (token: string, client: string) =>
      service.ask.post('/admin/refresh').set('Authorization', `Bearer ${token}`).set('X-Forwarded-For', client);
    for (let i = 0; i < 10; i++) await refresh(`guess-${i}`, '198.18.0.1').expect(401);
    const { body, headers } = await refresh('guess-10', '198.18.0.1').expect(429);
    expect(body).toMatchObject({ type: '/problems/too-many-requests' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await refresh('a-token', '198.18.0.1').expect(200);
    await refresh('guess', '198.18.0.2').expect(401);
    // Who comes without a token has not guessed.
    await service.ask.post('/admin/refresh').set('X-Forwarded-For', '198.18.0.1').expect(401);
  } finally {
    await service.stop();
  }
});

it('row 70: whoever has a right token is let in though its address has no requests left', async () => {
  const service = await startService({ ADMIN_TOKENS: 'ops:a-token', RATE_LIMIT: '3' });
  try {
    const held = (token: string) => service.ask.get('/admin/held').set('Authorization', `Bearer ${token}`);
    for (let i = 0; i < 3; i++) await service.ask.get('/hosts').expect(200);
    await service.ask.get('/hosts').expect(429);
    await held('guess').expect(429);
    await held('a-token').expect(200);
    // For /admin alone.
    await service.ask.get('/hosts').set('Authorization', 'Bearer a-token').expect(429);
  } finally {
    await service.stop();
  }
});

it('row 70: what a trusted proxy says of a client may have a port, and what is no address is the proxy', async () => {
  const service = await startService({ RATE_LIMIT: '2', TRUST_PROXY: '127.0.0.0/8' });
  try {
    const from = (client: string) => service.ask.get('/hosts').set('X-Forwarded-For', client);
    for (const [one, two, three] of [
      ['198.18.0.1:1001', '198.18.0.1:1002', '198.18.0.1'],
      ['[2001:db8::1]:1001', '2001:db8::2', '[2001:db8::3]'],
      ['unknown', 'x'.repeat(5_000), '999.1.1.1'],
    ] as const) {
      await from(one).expect(200);
      await from(two).expect(200);
      await from(three).expect(429);
    }
  } finally {
    await service.stop();
  }
});

it('tokens, right ones and wrong ones, are in no answer and no line of the log', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  const service = startProcess({
    DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    ADMIN_TOKENS: 'ops:right-one',
    LOG_LEVEL: 'trace',
    DRAIN_SECONDS: '0',
  });
  try {
    const url = await service.url;
    const said: string[] = [];
    const refresh = async (authorization: string, body?: string) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/admin/refresh`, {
        method: 'POST',
        headers,
        ...(body === undefined ? {} : { body }),
      });
      said.push(JSON.stringify([...answer.headers]), await answer.text());
      return answer.status;
    };
    expect(await refresh('Bearer right-one', '{}')).toBe(200);
    expect(await refresh('Bearer right-one', '{')).toBe(400);
    for (let i = 0; i < 12; i++) expect([401, 429]).toContain(await refresh('Bearer wrong-one'));
    expect(await refresh('Basic right-one')).toBe(429);
    service.child.kill('SIGTERM');
    const { stdout, stderr } = await service.ended;
    expect(stdout).toContain('many wrong tokens for /admin came from one address');
    expect(stdout + stderr + said.join('')).not.toMatch(/right-one|wrong-one/);
  } finally {
    service.child.kill('SIGKILL');
    await service.ended;
    await rm(folder, { recursive: true });
  }
});

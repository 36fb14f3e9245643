import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { startProcess } from '../e2e/process.js';
import { until } from '../e2e/service.js';

it('row 61: who sends slowly, or does not read, is closed while others are answered', { timeout: 60_000 }, async () => {
  const service = startProcess({ DATABASE_URL: ':memory:', RATE_LIMIT: 'off', DRAIN_SECONDS: '0' });
  try {
    const url = await service.url;
    const open = (bytes: string) => {
      const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
      return socket.on('error', () => undefined);
    };
    const dripping = [
      open('GET /version HTTP/1.1\r\nHost: a\r\nX: '),
      open('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n'),
      open('POST /admin/refresh HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n'),
    ];
    const silent = [open(''), open('GET /requirements HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200)).pause()];
    for (const socket of dripping) socket.resume();
    silent[0]!.resume();
    const drip = setInterval(() => dripping.forEach((socket) => socket.writable && socket.write('a')), 500);
    await until('the slow are closed', () => [...dripping, silent[0]!].every(({ destroyed }) => destroyed), 20_000);
    clearInterval(drip);
    expect((await fetch(`${url}/version`)).status).toBe(200);
    // Who did not read learns of it by what is missing at the end.
    silent[1]!.resume();
    await until('the reader is closed', () => silent[1]!.destroyed, 20_000);
  } finally {
    service.child.kill('SIGKILL');
    await service.ended;
  }
});

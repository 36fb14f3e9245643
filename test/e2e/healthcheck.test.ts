import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startProcess } from './process.js';

const HEALTHCHECK = fileURLToPath(new URL('../../dist/healthcheck.js', import.meta.url));

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

async function check(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [HEALTHCHECK], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  let line = '';
  child.stdout.on('data', (chunk: Buffer) => (line += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, line };
}

/** Asks a server that answers in a given way. */
async function checkOf(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await check({ PORT: String((server.address() as AddressInfo).port) });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it.for([
  ['0.0.0.0', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['127.0.0.9', '127.0.0.9'],
  ['localhost', 'localhost'],
  ['::', '[::1]'],
  ['::1', '[::1]'],
] as const)('a service that listens at HOST %s is asked at %s', async ([HOST, address], { skip }) => {
  skip(HOST.includes(':') && !hasIPv6, 'This machine has no IPv6.');
  const { child, url, ended } = startProcess({ HOST, DATABASE_URL: ':memory:', DRAIN_SECONDS: '0' });
  try {
    const PORT = new URL(await url).port;
    expect(await check({ HOST, PORT })).toEqual({
      code: 0,
      line: `http://${address}:${PORT}/health/live answered 200\n`,
    });
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
});

it('another answer is a bad one', async () => {
  const { code, line } = await checkOf((_request, response) => response.writeHead(503).end());
  expect(code).toBe(1);
  expect(line).toMatch(/ answered 503\n$/);
});

it('an answer that does not come is given up', async () => {
  const { code, line } = await checkOf(() => undefined);
  expect(code).toBe(1);
  expect(line).toMatch(/ did not answer: 3 s passed\n$/);
});

it('nobody there is a bad answer too, and settings that cannot be used are', async () => {
  expect(await check({ PORT: '9' })).toEqual({
    code: 1,
    line: 'http://127.0.0.1:9/health/live did not answer: ECONNREFUSED\n',
  });
  const { code, line } = await check({ PORT: 'x', LOG_LEVEL: 'loud' });
  expect(code).toBe(1);
  expect(line).toMatch(/^ConfigError: PORT: "x" [^\n]* LOG_LEVEL: "loud" [^\n]*\n$/);
});

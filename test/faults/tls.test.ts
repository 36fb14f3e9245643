import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { FetchFailed } from '../../src/upstream/fetch-failed.js';
import { fetchList } from '../../src/upstream/fetch.js';
import { fakeUpstream, list } from '../fake-upstream.js';

const folder = mkdtempSync(path.join(tmpdir(), 'gatepost-'));
const usual = getCACertificates('default');
const open: Server[] = [];
beforeAll(() => {
  const trusted = [
    certified('known', '127.0.0.1'),
    certified('elsewhere', '127.0.0.2'),
    certifiedFor('expired', '20200101000000Z', '20210101000000Z'),
    certifiedFor('premature', '20490101000000Z', '20491231000000Z'),
  ];
  // Whoever is told to trust these trusts nobody else that the test asks.
  setDefaultCACertificates([...usual, ...trusted.map(({ cert }) => cert)]);
});
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});
afterAll(() => {
  setDefaultCACertificates(usual);
  rmSync(folder, { recursive: true });
});

/** A certificate that vouches for itself, for an address, and its key. */
function certified(name: string, address: string): { readonly cert: string; readonly key: string } {
  const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)] as const;
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=upstream'.split(
    ' ',
  );
  execFileSync('openssl', [...words, '-addext', `subjectAltName=IP:${address}`, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** One for 127.0.0.1 that holds from one time to another. */
function certifiedFor(name: string, from: string, until: string): { readonly cert: string; readonly key: string } {
  const { key } = certified(name, '127.0.0.1');
  const own = path.join(folder, `${name}-ca`);
  mkdirSync(own);
  writeFileSync(path.join(own, 'index.txt'), '');
  writeFileSync(
    path.join(own, 'ca.cnf'),
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${own}/index.txt\nnew_certs_dir=${own}\nrand_serial=yes\ndefault_md=sha256\npolicy=any\ncopy_extensions=copy\n[any]\ncommonName=supplied\n`,
  );
  const [keyFile, cert, asked] = ['key', 'pem', 'csr'].map((ending) => path.join(folder, `${name}.${ending}`));
  const run = (words: string, ...more: readonly string[]) =>
    execFileSync('openssl', [...words.split(' '), ...more], { stdio: 'ignore' });
  run('req -new -subj /CN=upstream -addext subjectAltName=IP:127.0.0.1', '-key', keyFile!, '-out', asked!);
  const times = ['-startdate', from, '-enddate', until];
  const files = ['-config', path.join(own, 'ca.cnf'), '-keyfile', keyFile!, '-in', asked!, '-out', cert!];
  run('ca -batch -selfsign -notext', ...files, ...times);
  return { cert: readFileSync(cert!, 'utf8'), key };
}

async function portOf(server: Server): Promise<number> {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serving = (name: string, more = {}) =>
  portOf(
    createHttpsServer(
      {
        cert: readFileSync(path.join(folder, `${name}.pem`)),
        key: readFileSync(path.join(folder, `${name}.key`)),
        ...more,
      },
      (_request, response) => response.setHeader('connection', 'close').end('{}'),
    ),
  );

const fetched = (port: number) =>
  fetchList(new URL(`https://127.0.0.1:${port}/list.json`), {
    etag: null,
    mostBytes: 65_536,
    deadlineMs: 10_000,
    signal: new AbortController().signal,
    now: new Date('2026-01-01'),
  }).then(
    ({ kind }) => kind,
    (error: unknown) => (error instanceof FetchFailed ? error.reason : error),
  );

it('row 22: an upstream with a certificate of its own address is read', async () => {
  expect(await fetched(await serving('known'))).toBe('body');
});

it('row 22: one with a certificate that nobody vouches for is not', async () => {
  certified('stranger', '127.0.0.1');
  expect(await fetched(await serving('stranger'))).toBe('tls');
});

it('row 22: nor where the environment says that certificates do not matter', async () => {
  certified('nobody', '127.0.0.1');
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  try {
    expect(await fetched(await serving('nobody'))).toBe('tls');
  } finally {
    vi.unstubAllEnvs();
  }
});

it('row 22: one with a certificate of another address is not', async () => {
  expect(await fetched(await serving('elsewhere'))).toBe('tls');
});

it.each(['expired', 'premature'])('row 22: one with a certificate that is %s is not', async (name) => {
  expect(await fetched(await serving(name))).toBe('tls');
});

it('row 22: one that knows old TLS alone is not', async () => {
  expect(await fetched(await serving('known', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }))).toBe('tls');
});

it('row 22: one that speaks no TLS is not', async () => {
  const plain = await fakeUpstream(list('{}'));
  expect(await fetched(plain.port)).toBe('tls');
  await plain.close();
});

it('row 22: one that breaks off in the handshake is not', async () => {
  expect(
    await fetched(await portOf(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())))),
  ).toBe('network');
});

it('row 21: a name that there is not is no list', async () => {
  const url = new URL('http://upstream.invalid/list.json');
  const options = {
    etag: null,
    mostBytes: 1,
    deadlineMs: 10_000,
    signal: new AbortController().signal,
    now: new Date(0),
  };
  await expect(fetchList(url, options)).rejects.toThrow(FetchFailed);
});

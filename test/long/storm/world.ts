import { rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startServing, type Running } from '../../../bench/running.ts';
import { fakeUpstream, list, type FakeUpstream } from '../../fake-upstream.ts';
import { Client } from './client.ts';
import { smallDisk, type Disk } from './disk.ts';

const ROOT = new URL('../../../', import.meta.url);
const NEWEST = new URL('test/fixtures/ip-list/2023-04-06T172229Z.json', ROOT);
const TOKEN = 'storm';

/** The built service in a process of its own, and everything that it depends on. */
export interface World {
  readonly service: Running;
  readonly client: Client;
  readonly upstream: FakeUpstream;
  /** The store's own disk; `null` where none can be had. */
  readonly disk: Disk | null;
  readonly catalog: { readonly file: string; text: string };
  /** The list that upstream serves when nothing is wrong with it. */
  list: string;
  /** Has the service poll now, and says how that ended. */
  refresh(): Promise<{ readonly outcome: string; readonly reason: string | null }>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-storm-'));
  const store = path.join(folder, 'store');
  await mkdir(store);
  const database = path.join(store, 'store.db');
  const disk = smallDisk(store, database);
  // After the disk was taken away, which the end of the process does too.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'catalog.yaml');
  await copyFile(new URL('catalogs/replicated.yaml', ROOT), file);
  const text = await readFile(NEWEST, 'utf8');
  const upstream = await fakeUpstream(list(text, '"calm"'));
  const port = await freePort();
  const command = {
    program: process.execPath,
    args: ['--max-semi-space-size=2', '--heap-growing-percent=50', fileURLToPath(new URL('dist/main.js', ROOT))],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      RATE_LIMIT: 'off',
      DRAIN_SECONDS: '0',
      LOG_LEVEL: 'error',
      REFRESH_SECONDS: '1',
      SOAK_SECONDS: '1',
      ADMIN_TOKENS: `storm:${TOKEN}`,
      CATALOG: file,
      UPSTREAM_URL: upstream.url.href,
      DATABASE_URL: `file:${database}`,
    },
  };
  const service = await startServing(command, port);
  const client = new Client(port);
  return {
    service,
    client,
    upstream,
    disk,
    catalog: { file, text: await readFile(file, 'utf8') },
    list: text,
    async refresh() {
      const { body } = await client.send('POST', '/admin/refresh', null, { authorization: `Bearer ${TOKEN}` });
      return JSON.parse(body.toString()) as { outcome: string; reason: string | null };
    },
    async close() {
      client.close();
      await service.stop();
      await upstream.close();
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fakeUpstream, type Answer } from '../fake-upstream.js';
import { randomFrom } from '../random.js';
import { startProcess } from './process.js';
import { NEWEST, trueList } from './service.js';

const KILLS = 200;
/** One start of the process for so many kills of upstream in the middle of its answer. */
const UPSTREAM_KILLS_A_START = 9;
const SEED = 20261122;

/** Two true contents that follow each other without a hold: the newest, and it with one address more. */
const CONTENTS = [
  trueList(NEWEST),
  trueList(NEWEST).replace('"50.19.197.213",', '"50.19.197.213", "52.7.167.120",'),
] as const;
const ROWS = 7;

interface Seen {
  readonly status: number;
  readonly revision: number;
  readonly api: number;
  readonly rows: number;
  readonly kurl: number;
}

const get = async (url: string): Promise<{ status: number; revision: number; body: never }> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  return {
    status: response.status,
    revision: Number(response.headers.get('gatepost-revision')),
    body: (await response.json()) as never,
  };
};

/** What a customer sees: the rows of an upgrade, the addresses of one that never changes and of one that does. */
async function look(url: string): Promise<Seen> {
  const list = await get(`${url}/requirements?task=upgrade&mode=online`);
  const { requirements } = list.body as { requirements: { endpoint: { name: string }; addresses: unknown[] }[] };
  const kurl = await get(`${url}/hosts/k8s.kurl.sh`);
  return {
    status: list.status,
    revision: list.revision,
    rows: requirements.length,
    api: requirements.find(({ endpoint }) => endpoint.name === 'api.replicated.com')?.addresses.length ?? 0,
    kurl: (kurl.body as { addresses: unknown[] }).addresses.length,
  };
}

it(`${KILLS} kills, of the process and of upstream in the middle of its answer, never empty or cut an answer`, async () => {
  const random = randomFrom(SEED);
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-'));
  let cutAt: number | undefined;
  let polls = 0;
  const answer: Answer = ({ socket }, response) => {
    polls++;
    const body = CONTENTS[Math.floor(random() * CONTENTS.length)]!;
    if (cutAt === undefined) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return;
    }
    const whole = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    socket.write(whole.slice(0, Math.floor(cutAt * whole.length)), () => socket.resetAndDestroy());
  };
  const upstream = await fakeUpstream(answer);
  const settings = {
    DATABASE_URL: `file:${path.join(folder, 'store.db')}`,
    UPSTREAM_URL: upstream.url.href,
    REFRESH_SECONDS: '1',
    ADMIN_TOKENS: 'ops:a-token',
    LOG_LEVEL: 'info',
    RATE_LIMIT: 'off',
  };
  const refresh = (url: string) =>
    fetch(`${url}/admin/refresh`, {
      method: 'POST',
      headers: { authorization: 'Bearer a-token' },
      signal: AbortSignal.timeout(5_000),
    }).then((response) => response.json() as Promise<{ revision: number; outcome: string }>);
  const seen: Seen[] = [];
  let acknowledged = 0;
  const outcomes = new Set<string>();
  try {
    for (let kills = 0; kills < KILLS;) {
      const service = startProcess(settings);
      const url = await service.url;
      const first = await look(url);
      seen.push(first);
      // Nothing that was acknowledged is lost by the kill before.
      expect(first.revision).toBeGreaterThanOrEqual(acknowledged);
      for (let i = 0; i < UPSTREAM_KILLS_A_START && kills < KILLS - 1; i++, kills++) {
        cutAt = random();
        outcomes.add((await refresh(url)).outcome);
        seen.push(await look(url));
        cutAt = undefined;
        const { revision, outcome } = await refresh(url);
        outcomes.add(outcome);
        acknowledged = Math.max(acknowledged, revision);
        seen.push(await look(url));
      }
      // The process dies while it polls, at any moment of it.
      const dying = refresh(url).catch(() => undefined);
      await sleep(random() * 12);
      service.child.kill('SIGKILL');
      await service.ended;
      const last = await dying;
      acknowledged = Math.max(acknowledged, last?.revision ?? 0);
      kills++;
    }
  } finally {
    await upstream.close();
    await rm(folder, { recursive: true, force: true });
  }
  expect(polls).toBeGreaterThanOrEqual(KILLS);
  expect(outcomes).toContain('published');
  expect(outcomes).toContain('failed');
  expect(acknowledged).toBeGreaterThan(10);
  for (const one of seen) {
    expect(one).toMatchObject({ status: 200, rows: ROWS, api: 4 });
    expect([4, 5]).toContain(one.kurl);
  }
  const revisions = seen.map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
}, 300_000);

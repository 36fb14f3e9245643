import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { LoopDelay } from './loop-delay.ts';

/** A published list on 127.0.0.1 that can be replaced. */
export interface Upstream {
  readonly url: string;
  readonly publish: (list: string) => void;
  stop(): Promise<void>;
}

export async function startUpstream(list: string): Promise<Upstream> {
  let body = Buffer.from(list);
  const server: Server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.json`,
    publish: (next) => void (body = Buffer.from(next)),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The service over a large catalog, in a process of its own, as `npm start` runs it. */
export interface LargeServer {
  readonly startMs: number;
  /** Asks once: how long it took, what CPU time of all threads of the server, and how large the answer is. */
  ask(target: string, method?: 'GET' | 'POST'): Promise<Taken>;
  /** What its event loop was held for since this was last asked; garbage is collected first where that is wanted. */
  loop(collect?: boolean): Promise<LoopDelay>;
  stop(): Promise<void>;
}

export interface Taken {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  readonly status: number;
}

const TOKEN = 'bench';

export async function startLarge(catalog: string, upstream: string, database: string): Promise<LargeServer> {
  const begun = performance.now();
  const main = path.join(import.meta.dirname, '../dist/main.js');
  const loopDelay = path.join(import.meta.dirname, 'loop-delay.ts');
  const profiling = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
  const args = [
    '--max-semi-space-size=2',
    '--heap-growing-percent=50',
    '--expose-gc',
    ...profiling,
    '--import',
    loopDelay,
    main,
  ];
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env['PATH'],
      ...(process.env['MALLOC_ARENA_MAX'] ? { MALLOC_ARENA_MAX: process.env['MALLOC_ARENA_MAX'] } : {}),
      HOST: '127.0.0.1',
      PORT: '0',
      RATE_LIMIT: 'off',
      DRAIN_SECONDS: '0',
      SOAK_SECONDS: '0',
      ADMIN_TOKENS: `bench:${TOKEN}`,
      CATALOG: catalog,
      UPSTREAM_URL: upstream,
      DATABASE_URL: `file:${database}`,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said = said.slice(-10_000) + chunk.toString();
      const heard = /"url":"(http:\/\/127[^"]+)","msg":"listening/.exec(said) ?? /"url":"(http:\/\/[^"]+)"/.exec(said);
      if (heard !== null && heard[1] !== upstream) resolve(heard[1]!);
    });
    void ended.then(() => reject(new Error('The service ended before it listened.')));
  });
  const startMs = performance.now() - begun;
  const agent = new Agent({ keepAlive: true });
  const pid = child.pid!;
  return {
    startMs,
    async ask(target, method = 'GET') {
      const cpuBefore = cpuOf(pid);
      const sent = performance.now();
      const answer = await answered(new URL(target, url), method, agent);
      return { ...answer, wallMs: performance.now() - sent, cpuMs: cpuOf(pid) - cpuBefore };
    },
    async loop(collect = false) {
      const said = once(child, 'message');
      child.send(collect ? 'collect' : 'delay');
      return ((await said) as [LoopDelay])[0];
    },
    async stop() {
      agent.destroy();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answered(url: URL, method: 'GET' | 'POST', agent: Agent): Promise<Pick<Taken, 'bytes' | 'status'>> {
  const headers = { 'accept-encoding': 'identity', ...(method === 'POST' ? { authorization: `Bearer ${TOKEN}` } : {}) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('error', reject);
      response.on('end', () => resolve({ bytes, status: response.statusCode! }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** The CPU time of a process so far, in milliseconds. Source: Linux, Documentation/scheduler/sched-stats.rst. */
function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // It has ended meanwhile.
      return 0;
    }
  });
  return times.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

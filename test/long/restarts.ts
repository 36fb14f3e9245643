import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { freePort, launch } from '../../bench/running.ts';
import { Client } from './storm/client.ts';

// Two services behind a balancer that looks whether they are ready, under load over kept connections, while one after the
// other is restarted. Ends with 1 where a request failed, or a service did not end in good order.

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const LANES = 16;
const LOOKS_EVERY_MS = 100;
const PATHS = ['/requirements?task=upgrade&mode=online', '/addresses', '/hosts/api.replicated.com', '/version'];

const { values } = parseArgs({
  options: { restarts: { type: 'string', default: '20' }, report: { type: 'string' } },
});
if (!/^[1-9]\d{0,4}$/.test(values.restarts)) throw new Error(`--restarts is a whole number, not ${values.restarts}.`);
const restarts = Number(values.restarts);
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** A service that is started again on its port, and a client of it that keeps its connections. */
class Member {
  isReady = false;
  readonly client: Client;
  readonly #port: number;
  #running: ReturnType<typeof launch> | undefined;

  constructor(port: number) {
    this.#port = port;
    this.client = new Client(port);
  }

  start(): void {
    const args = ['--max-semi-space-size=2', '--heap-growing-percent=50', MAIN];
    const env = {
      HOST: '127.0.0.1',
      PORT: String(this.#port),
      DATABASE_URL: ':memory:',
      UPSTREAM_URL: 'http://127.0.0.1:9/list',
      RATE_LIMIT: 'off',
      DRAIN_SECONDS: '1',
      LOG_LEVEL: 'fatal',
    };
    this.#running = launch({ program: process.execPath, args, env }, this.#port);
  }

  /** What a balancer sees, by a connection of its own each time. */
  async look(): Promise<void> {
    const seen = await fetch(`http://127.0.0.1:${this.#port}/health/ready`, { headers: { connection: 'close' } }).then(
      ({ status }) => status,
      () => 0,
    );
    this.isReady = seen === 200;
  }

  /** Ends it as whoever rolls out a new version does. Says how it ended. */
  async stop(): Promise<number | null> {
    await this.#running?.stop();
    return this.#running?.child.exitCode ?? null;
  }
}

const members = [new Member(await freePort()), new Member(await freePort())];
const failures: string[] = [];
let asked = 0;
const over = new AbortController();

async function lane(): Promise<void> {
  while (!over.signal.aborted) {
    const ready = members.filter(({ isReady }) => isReady);
    const member = ready[asked % Math.max(1, ready.length)];
    if (member === undefined) {
      failures.push('no service was ready');
      await sleep(10);
      continue;
    }
    const path = PATHS[asked++ % PATHS.length]!;
    try {
      const { status } = await member.client.send('GET', path, null, {});
      if (status !== 200) failures.push(`${path}: ${status}`);
    } catch (error) {
      failures.push(`${path}: ${(error as Error).message}`);
    }
  }
}

const until = async (holds: () => boolean) => {
  for (const end = performance.now() + 30_000; !holds(); await sleep(10))
    if (performance.now() > end) throw new Error('A service was not ready within 30 s.');
};

for (const member of members) member.start();
const looking = setInterval(() => members.forEach((member) => void member.look()), LOOKS_EVERY_MS);
await until(() => members.every(({ isReady }) => isReady));
const lanes = Array.from({ length: LANES }, lane);
const begun = performance.now();
for (let n = 0; n < restarts; n++) {
  const member = members[n % members.length]!;
  await sleep(500);
  const code = await member.stop();
  if (code !== 0) failures.push(`restart ${n + 1}: the service ended with ${code}`);
  member.isReady = false;
  member.start();
  await until(() => member.isReady);
  say(`restart ${n + 1}: ${asked} requests so far, ${failures.length} failed`);
}
over.abort();
await Promise.all(lanes);
const seconds = (performance.now() - begun) / 1000;
clearInterval(looking);
for (const member of members) {
  await member.stop();
  member.client.close();
}
const text = `# Restarts

\`npm run restarts -- --restarts ${restarts}\`, on ${machine()}.

Two services behind a balancer that looks ten times a second whether they are ready; one after the other is restarted, with
\`DRAIN_SECONDS=1\`, while ${LANES} clients ask over kept connections, and never twice.

| restarts | seconds | requests | failed |
|---:|---:|---:|---:|
| ${restarts} | ${seconds.toFixed(0)} | ${asked} | ${failures.length} |

${failures.length === 0 ? 'Nothing was wrong.' : [...new Set(failures)].slice(0, 20).join('\n')}
`;
say(`\n${text}`);
if (values.report !== undefined) await writeFile(values.report, text);
process.exit(failures.length === 0 ? 0 : 1);

import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { gatepost } from './gatepost.ts';
import { cpuOf, launch, memoryOf } from './running.ts';

/** The service over a store, in a process of its own, as `npm start` runs it. */
export interface Server {
  readonly startMs: number;
  /** Until every revision of the store was verified, from the start on. */
  readonly verifiedMs: number;
  /** What the process has in memory now, in MB. */
  rss(): number;
  /** Asks once, and says what it took. */
  ask(target: string): Promise<Taken>;
  stop(): Promise<void>;
}

/** What a request took: CPU time of all threads of the server, and the time that passed for the client. */
export interface Taken {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly bytes: number;
}

export async function startServer(file: string): Promise<Server> {
  const begun = performance.now();
  const running = launch(gatepost(0, `file:${file}`), 0, 'pipe');
  const { child, pid } = running;
  const ended = once(child, 'exit');
  let said = '';
  const hears = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const listen = () => {
        const heard = pattern.exec(said);
        if (heard !== null) resolve(heard);
      };
      child.stdout!.on('data', listen);
      listen();
      void ended.then(() => reject(new Error(`The service ended before it said ${pattern}.`)));
    });
  child.stdout!.on('data', (chunk: Buffer) => {
    said = said.slice(-10_000) + chunk.toString();
  });
  const [, url = ''] = await hears(/"url":"([^"]+)"/);
  const startMs = performance.now() - begun;
  await hears(/every revision in the store was read and verified/);
  const verifiedMs = performance.now() - begun;
  const agent = new Agent({ keepAlive: true });
  return {
    startMs,
    verifiedMs,
    rss: () => memoryOf(pid, 'VmRSS'),
    async ask(target) {
      const cpuBefore = cpuOf(pid);
      const sent = performance.now();
      const bytes = await bytesOf(new URL(target, url), agent);
      return { wallMs: performance.now() - sent, cpuMs: cpuOf(pid) - cpuBefore, bytes };
    },
    async stop() {
      agent.destroy();
      await running.stop();
    },
  };
}

/** How many bytes the answer has. */
function bytesOf(url: URL, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'accept-encoding': 'identity' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url.href} was answered with ${response.statusCode}.`));
      });
    }).on('error', reject);
  });
}

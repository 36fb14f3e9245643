import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gatepost } from './gatepost.ts';
import { ask } from './http.ts';
import type { Part } from './part.ts';
import { cpuOf, freePort, launch, memoryOf } from './running.ts';
import { median, table } from './table.ts';

const GOAL_MS = 1_000;
const WITHIN_MS = 60_000;
const SETTLED_MS = 3_000;
const FIRST = { method: 'GET', path: '/requirements?task=upgrade&mode=online', headers: {} } as const;
const HEADINGS = ['Store', 'ms', 'CPU, ms', 'resident, MB'];

/** How long it takes until a process that was started has answered. */
export const start: Part = {
  name: 'start',
  async run({ rounds }, say) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gatepost-start-'));
    const stores: Record<string, Taken[]> = { 'that is there': [], 'that is new': [] };
    try {
      const there = path.join(folder, 'there.db');
      // Makes it, and reads the code from the disk for the first time.
      await startOnce(there);
      for (let i = 0; i < rounds; i++) {
        stores['that is there']!.push(await startOnce(there));
        stores['that is new']!.push(await startOnce(path.join(folder, `${i}.db`)));
        say(
          Object.entries(stores)
            .map(([store, taken]) => `${store}: ${taken.at(-1)!.ms.toFixed(0)} ms`)
            .join(', '),
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    const rows = Object.entries(stores).map(([store, taken]) => [
      store,
      spread(taken.map(({ ms }) => ms)),
      spread(taken.map(({ cpuMs }) => cpuMs)),
      spread(taken.map(({ residentMb }) => residentMb)),
    ]);
    const verdicts = Object.entries(stores).map(([store, taken]) => {
      const over = median(taken.map(({ ms }) => ms)) - GOAL_MS;
      return `- Goal: at most ${GOAL_MS} ms on a store ${store}: ${over <= 0 ? 'reached' : `missed by ${over.toFixed(0)} ms`}.`;
    });
    return `## Start

From the start of the process, as \`npm start\` runs it once built, until \`GET ${FIRST.path}\` is read
whole, ${rounds} times: the time that passed, the CPU time of all threads, and what is resident ${SETTLED_MS / 1e3} s later.
Each as the median, the least and the most.

${table(HEADINGS, rows)}

${verdicts.join('\n')}`;
  },
};

interface Taken {
  readonly ms: number;
  readonly cpuMs: number;
  readonly residentMb: number;
}

async function startOnce(file: string): Promise<Taken> {
  const port = await freePort();
  const begun = performance.now();
  const running = launch(gatepost(port, `file:${file}`), port);
  try {
    let status: number | undefined;
    while (status !== 200) {
      if (running.child.exitCode !== null) throw new Error('The service ended before it answered.');
      if (performance.now() - begun > WITHIN_MS) throw new Error('The service does not answer.');
      if (status === undefined) await sleep(3);
      status = await ask(port, FIRST).then(
        (answer) => answer.status,
        () => undefined,
      );
    }
    const ms = performance.now() - begun;
    const cpuMs = cpuOf(running.pid);
    await sleep(SETTLED_MS);
    return { ms, cpuMs, residentMb: memoryOf(running.pid, 'VmRSS') };
  } finally {
    await running.stop();
  }
}

function spread(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)}..${Math.max(...values).toFixed(0)})`;
}

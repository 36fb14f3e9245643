import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Case } from './cases.ts';
import { startGroup, type Ready } from './group.ts';
import type { Extent } from '../part.ts';
import { cpuOf, memoryOf, type Running } from '../running.ts';
import { runWrk } from './wrk.ts';

/** What one server took in one round. */
export interface Taken {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of all threads of the server, per request. */
  readonly cpuUs: number;
  /** The most that the process had in memory so far. */
  readonly peakMb: number;
}

/** After so many rounds all processes are started anew, for no two are compiled alike. */
const ROUNDS_OF_A_GROUP = 5;
/** How far the size of answers may be from that of the compared ones: at the end of a round some are cut off. */
const SIZE_TOLERANCE = 0.05;

/** Measures a case in rounds: each has every contestant once, in an order that turns. What comes back is by name. */
export async function measure(contest: Case, { rounds, seconds }: Extent): Promise<ReadonlyMap<string, Taken[]>> {
  const taken = new Map<string, Taken[]>();
  for (let from = 0; from < rounds; from += ROUNDS_OF_A_GROUP) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gatepost-speed-'));
    const started: Running[] = [];
    try {
      const group = await startGroup(contest, folder, (running) => started.push(running));
      for (let round = from; round < Math.min(rounds, from + ROUNDS_OF_A_GROUP); round++) {
        for (const i of group.keys()) {
          const one = group[(i + round) % group.length]!;
          const before = taken.get(one.name) ?? [];
          taken.set(one.name, [...before, await measureOnce(one, seconds)]);
        }
      }
    } finally {
      await Promise.all(started.map((running) => running.stop()));
      rmSync(folder, { recursive: true });
    }
  }
  return taken;
}

async function measureOnce({ name, running: { pid, port }, plan, bytes }: Ready, seconds: number): Promise<Taken> {
  const cpuBefore = cpuOf(pid);
  const found = await runWrk(port, plan, seconds, false);
  const cpuMs = cpuOf(pid) - cpuBefore;
  const size = found.bytes / found.requests;
  if (bytes !== null && Math.abs(size / bytes - 1) > SIZE_TOLERANCE) {
    throw new Error(`${name} sent ${size.toFixed(0)} bytes for an answer, where it was ${bytes.toFixed(0)} before.`);
  }
  return {
    perSecond: found.requests / (found.us / 1e6),
    p50Ms: found.p50Us / 1e3,
    p99Ms: found.p99Us / 1e3,
    cpuUs: (cpuMs * 1e3) / found.requests,
    peakMb: memoryOf(pid, 'VmHWM'),
  };
}

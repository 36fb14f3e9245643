import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { memoryOf } from '../../bench/running.ts';
import { mostFiles } from './most-files.ts';
import { OtherClient, calmP99Ms, type Finding, type Target } from './slow-target.ts';

/** So many idle ones and so many active ones, as far as the file descriptors go. */
const EACH = 10_000;
const SPARE = 300;

/** What one half of the crowd found out. */
export interface CrowdFound {
  readonly refused: number;
  readonly answered: number;
}

/** Very many clients at once: one half asks once and stays, the other asks again and again. */
export async function crowd({ port, pid }: Target): Promise<Finding[]> {
  const each = Math.min(EACH, Math.floor((mostFiles() - SPARE) / 2));
  const before = memoryOf(pid, 'VmRSS');
  const calm = await calmP99Ms(port);
  const idle = half(port, each, 'idle');
  await once(idle, 'message');
  const rssOfHalf = memoryOf(pid, 'VmHWM');
  const others = new OtherClient();
  others.begin(port);
  const active = half(port, each, 'active');
  const found = await Promise.all([foundBy(idle), foundBy(active)]);
  const rss = memoryOf(pid, 'VmHWM');
  const p99 = await others.p99Ms();
  for (const child of [idle, active]) child.kill('SIGKILL');
  const refused = found.reduce((sum, one) => sum + one.refused, 0);
  const answered = found.reduce((sum, one) => sum + one.answered, 0);
  return [
    { what: `${each} idle and ${each} active connections (${answered} answers): refused`, most: 0, seen: refused, unit: 'connections' },
    { what: `the most memory while the idle ones came and asked (before: ${before} MiB)`, most: 320, seen: rssOfHalf, unit: 'MiB' },
    { what: `the most memory meanwhile (before: ${before} MiB)`, most: 320, seen: rss, unit: 'MiB' },
    { what: `another client's p99 while the active ones came and asked (before, in calm: ${calm.toFixed(0)} ms)`, most: 250, seen: p99, unit: 'ms' },
  ]; // prettier-ignore
}

/** In a process of its own, because each may have only so many connections. */
function half(port: number, count: number, manner: 'idle' | 'active'): ChildProcess {
  const child = fork(new URL('./slow-crowd-half.ts', import.meta.url), [String(port), String(count), manner]);
  process.on('exit', () => child.kill('SIGKILL'));
  return child;
}

async function foundBy(child: ChildProcess): Promise<CrowdFound> {
  for await (const [message] of on(child, 'message')) {
    if (message !== 'opened') return message as CrowdFound;
  }
  throw new Error('A half of the crowd said nothing.');
}

import { readFileSync, readdirSync } from 'node:fs';
import type { World } from '../storm/world.ts';

/** What a process holds at a moment. */
export interface Held {
  readonly rssKiB: number;
  readonly files: number;
  readonly timers: number;
  /** What lives in its heap, with what is garbage already and not collected yet. */
  readonly heapKiB: number;
}

/** Source: proc_pid_status(5), proc_pid_fd(5); timers and heap as the service tells of them. */
export async function gauge({ service: { pid }, client }: World): Promise<Held> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const { body } = await client.send('GET', '/metrics', null, {});
  const metric = (name: string) =>
    Number(
      body
        .toString()
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1] ?? 0,
    );
  return {
    rssKiB: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]),
    files: readdirSync(`/proc/${pid}/fd`).length,
    timers: metric('nodejs_active_resources{type="Timeout"}'),
    heapKiB: metric('nodejs_heap_size_used_bytes') / 1024,
  };
}

import { readFileSync } from 'node:fs';

/** How many files a process may have open here. Source: proc_pid_limits(5). */
export function mostFiles(): number {
  return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
}

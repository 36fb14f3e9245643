import { readFileSync } from 'node:fs';

/** More clients than this at once are better served by a second machine. */
const MOST = 20_000;
/** File descriptors for what is no connection of a client: the store, files, upstream. */
const OTHERS = 200;
const LEAST = 100;

/** How many connections there can be at once, so that one more is closed before there is no file descriptor left to poll. */
export function mostConnections(limits = ownLimits()): number {
  const files = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return files === undefined ? MOST : Math.min(MOST, Math.max(LEAST, Number(files) - OTHERS));
}

/** Source: proc_pid_limits(5). Other systems have none, and say `unlimited` in their own ways. */
function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}

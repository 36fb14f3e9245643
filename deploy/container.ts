import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from './layout.ts';
import type { Words } from './step.ts';

/** A command that runs in a container of its own. */
export interface Container {
  /** The namespaces' outer process, for its output. */
  readonly outer: ChildProcess;
  /** Resolves with how the command ended, when all its output is read. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  /** Sends a signal to process 1, as an engine does. */
  kill(signal: NodeJS.Signals): void;
}

/** What the base image says of its own, and what an engine sets for a user that it does not know. */
const BASE_ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/' } as const;
const ENTER = path.join(import.meta.dirname, 'enter.sh');

/**
 * Runs a command as a container of the image would: its own root folder, which is read-only but for the volumes, its own
 * processes, the image's user without any privilege, and no environment but the image's and the settings. The network is
 * this machine's. Needs Linux, root, and util-linux.
 */
export function startContainer(
  { image, tree, volumes, root }: Layout,
  words: Words,
  settings: Readonly<Record<string, string>>,
): Container {
  const { user, group } = image.owner;
  const where = [root, tree, volumes, process.execPath, String(user), String(group), image.folder];
  const outer = spawn(
    'setpriv',
    ['--no-new-privs', 'unshare', '--mount', '--pid', '--fork', '/bin/sh', ENTER, ...where, ...words],
    {
      env: { ...BASE_ENVIRONMENT, ...image.environment, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      // So that a terminal's Ctrl-C comes once, through kill().
      detached: true,
    },
  );
  let output = '';
  for (const stream of [outer.stdout, outer.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(outer, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { outer, ended, kill: (signal) => killFirst(outer, signal) };
}

/** The outer process of a PID namespace passes no signal on, so process 1 is looked up as its only child. */
function killFirst(outer: ChildProcess, signal: NodeJS.Signals): void {
  if (outer.pid === undefined || outer.exitCode !== null || outer.signalCode !== null) return;
  const first = readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8').trim();
  process.kill(first === '' ? outer.pid : Number(first), signal);
}

/** What this machine lacks for running containers; empty where it lacks nothing. */
export async function lackingForContainers(): Promise<string> {
  if (process.platform !== 'linux') return 'Linux';
  if (process.getuid?.() !== 0) return 'root';
  const probe = spawn('setpriv', ['--no-new-privs', 'unshare', '--mount', '--pid', '--fork', 'true'], {
    stdio: 'ignore',
  });
  const works = await once(probe, 'close').then(
    ([code]) => code === 0,
    () => false,
  );
  return works ? '' : 'setpriv and unshare of util-linux, or the right to use namespaces';
}

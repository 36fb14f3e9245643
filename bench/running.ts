import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is to be run. It listens on the port that it was told. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A server in a process of its own. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 10_000;
const children = new Set<ChildProcess>();

// Whatever ends the bench ends what it started, each by its id.
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/**
 * Starts a server, and does not wait for it.
 *
 * @param stdout whether what it says can be read.
 */
export function launch(
  { program, args, env = {} }: Command,
  port: number,
  stdout: 'pipe' | 'ignore' = 'ignore',
): Running & { readonly child: ChildProcess } {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', stdout, 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(() => children.delete(child));
  return {
    child,
    pid: child.pid!,
    port,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Starts a server, and waits until it takes connections. */
export async function startServing(command: Command, port: number): Promise<Running> {
  const { child, ...running } = launch(command, port);
  const begun = performance.now();
  while (!(await takesConnections(port))) {
    const told = `${command.program} ${command.args.join(' ')}`;
    if (child.exitCode !== null) throw new Error(`${told} ended before it listened.`);
    if (performance.now() - begun > READY_WITHIN_MS) throw new Error(`${told} does not listen.`);
    await sleep(20);
  }
  return running;
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The CPU time of all threads of a process so far, in milliseconds. Source: Linux, scheduler/sched-stats.rst. */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** What a process has in memory now (`VmRSS`), or had at most (`VmHWM`), in MB. Source: proc_pid_status(5). */
export function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)![1]) / 1024);
}

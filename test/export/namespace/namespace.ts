import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { whereIs } from '../check.js';

/** The longest that anything lives that is started here, should nobody end it. */
const SECONDS = '60';

/** A network of its own, which is gone with the process that holds it. Nothing of this machine's network is in it. */
export class Namespace {
  readonly #started: ChildProcess[] = [];

  private constructor(private readonly holder: ChildProcess) {}

  static async make(): Promise<Namespace> {
    const holder = spawn(whereIs('unshare')!, ['-n', 'sleep', SECONDS], { stdio: 'ignore' });
    const own = await readlink('/proc/self/ns/net');
    const namespace = new Namespace(holder);
    for (let tries = 0; tries < 200; tries++) {
      const its = await readlink(`/proc/${holder.pid}/ns/net`).catch(() => own);
      if (its !== own) {
        namespace.run('ip', ['link', 'set', 'lo', 'up']);
        return namespace;
      }
      await wait(10);
    }
    await namespace.end();
    throw new Error('there is no namespace');
  }

  /** The process that it lives by, to be named to ip(8). */
  get pid(): string {
    return String(this.holder.pid);
  }

  /** Runs a program in it to its end, and gives what it says. */
  run(command: string, args: readonly string[], input = ''): string {
    const { status, stdout, stderr, error } = spawnSync(whereIs('nsenter')!, this.#entering(command, args), {
      encoding: 'utf8',
      timeout: 15_000,
      input,
    });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Starts a program in it, which goes on until it is ended, or until it has said what is waited for. */
  async start(command: string, args: readonly string[], ready: RegExp): Promise<void> {
    const child = spawn(
      whereIs('nsenter')!,
      this.#entering('timeout', [SECONDS, whereIs(command) ?? command, ...args]),
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#started.push(child);
    let said = '';
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const hear = (text: Buffer) => {
      said += text.toString();
      if (ready.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (status) => reject(new Error(`${command} ended with ${status}: ${said}`)));
    child.once('error', reject);
    const late = setTimeout(() => reject(new Error(`${command} is not ready: ${said}`)), 10_000);
    await promise.finally(() => clearTimeout(late));
  }

  /** Runs one of the scripts of this folder in it, to its end. */
  script(name: string, ...args: readonly string[]): string {
    return this.run(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args]);
  }

  async startScript(name: string, ...args: readonly string[]): Promise<void> {
    await this.start(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args], /ready/);
  }

  async end(): Promise<void> {
    const children = [...this.#started, this.holder].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    await Promise.all(
      children.map(async (child) => {
        const exited = once(child, 'exit');
        child.kill();
        const late = setTimeout(() => child.kill('SIGKILL'), 3000);
        await exited;
        clearTimeout(late);
      }),
    );
  }

  #entering(command: string, args: readonly string[]): string[] {
    return ['-t', this.pid, '-n', whereIs(command) ?? command, ...args];
  }
}

/** The addresses of the far side, each with its length. */
export interface Network {
  /** The installed host, behind the rules under test. */
  readonly host: Namespace;
  readonly far: Namespace;
}

/** Two networks joined by a cable: a host, and a far side that has many addresses and stands for the rest of the world. */
export async function joined(farAddresses: readonly string[]): Promise<Network> {
  const host = await Namespace.make();
  const far = await Namespace.make();
  const batch = (namespace: Namespace, commands: readonly string[]) =>
    namespace.run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
  try {
    batch(host, [
      `link add cable type veth peer name cable netns ${far.pid}`,
      'addr add 192.0.2.1/24 dev cable',
      'addr add 2001:db8::1/64 dev cable nodad',
      'link set cable up',
    ]);
    batch(far, [
      'addr add 192.0.2.2/24 dev cable',
      'addr add 2001:db8::2/64 dev cable nodad',
      ...farAddresses.map((address) => `addr add ${address} dev cable${address.includes(':') ? ' nodad' : ''}`),
      'link set cable up',
    ]);
    batch(host, ['route add default via 192.0.2.2', 'route add ::/0 via 2001:db8::2']);
  } catch (error) {
    await Promise.all([host.end(), far.end()]);
    throw error;
  }
  return { host, far };
}

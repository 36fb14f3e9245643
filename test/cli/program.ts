import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../dist/cli/gatepost.js', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line as a process of its own.
 *
 * @param spoke is told of all that it said so far, and may end it; or nobody reads what it says.
 */
export async function gatepost(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  spoke: ((stdout: string, end: (signal: NodeJS.Signals) => void) => void) | 'reads nothing' = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  if (spoke === 'reads nothing') child.stdout.destroy();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    if (spoke !== 'reads nothing') spoke(stdout, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** What a command says that ends well. */
export async function said(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await gatepost(args, settings);
  if (code !== 0) throw new Error(`gatepost ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

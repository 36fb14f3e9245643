import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { programOf } from '../program.ts';

const SCRIPT = path.join(import.meta.dirname, 'wrk.lua');
export const CONNECTIONS = 32;
/** So slow an answer counts as none. */
const TIMEOUT_SECONDS = 10;
/** More than any server here answers in a second. */
const MOST_A_SECOND = 150_000;

/** What wrk found. */
export interface Found {
  readonly requests: number;
  readonly us: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly bytes: number;
}

/** @throws Error that says what to install. */
export function requireWrk(): string {
  const wrk = programOf('wrk');
  if (wrk === undefined) {
    throw new Error('The speed bench needs wrk, which is not installed: apt-get install wrk.');
  }
  return wrk;
}

let serial = 1;

/**
 * Asks for whole seconds what a plan says.
 *
 * @param compares whether every answer is compared with the expected ones, which slows wrk down.
 * @throws Error where an answer is none that is expected, or none comes.
 */
export async function runWrk(port: number, plan: string, seconds: number, compares: boolean): Promise<Found> {
  const args = ['-t', '1', '-c', String(CONNECTIONS), '-d', `${seconds}s`, '--timeout', `${TIMEOUT_SECONDS}s`];
  const told = [plan, String(serial), ...(compares ? ['compare'] : [])];
  serial += seconds * MOST_A_SECOND;
  const { stdout, stderr } = await promisify(execFile)(
    requireWrk(),
    [...args, '-s', SCRIPT, `http://127.0.0.1:${port}`, '--', ...told],
    { timeout: (seconds + 2 * TIMEOUT_SECONDS) * 1_000, killSignal: 'SIGKILL' },
  );
  const line = stdout.split('\n').findLast((each) => each.startsWith('{'));
  if (line === undefined) throw new Error(`wrk did not say what it found: ${stdout} ${stderr}`);
  const { failed, unexpected, ...found } = JSON.parse(line) as Found & { failed: number; unexpected: number };
  if (found.requests === 0 || failed > 0 || unexpected > 0) {
    throw new Error(`${line}: answers are missing, or are not the expected ones. ${stderr}`);
  }
  return found;
}

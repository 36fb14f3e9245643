import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { judge, type Seen } from './verdict.ts';

const WRITER = path.join(import.meta.dirname, 'writer.ts');
const CATALOG = path.join(import.meta.dirname, '../../../catalogs/replicated.yaml');
/** A store is left for a new one after so many kills, so that the judging of its whole history stays cheap. */
const KILLS_A_STORE = 20;
/** The longest that a writer lives on once it publishes. */
const LIFE_MS = 150;

/** What came of kills. */
export interface Tally {
  readonly kills: number;
  /** How many of them met a writer that had published something. */
  readonly amid: number;
  readonly revisions: number;
  readonly faults: readonly string[];
  readonly mended: readonly string[];
}

/** Runs a writer, under strace where words for it are given, and tells what it said before it ended. */
export async function write(
  store: string,
  count: number,
  options: { readonly under?: readonly string[]; readonly killAfterMs?: number } = {},
): Promise<{ readonly lines: readonly string[]; readonly isKilled: boolean }> {
  const words = [...(options.under ?? []), process.execPath, WRITER, store, String(count), CATALOG];
  // One thread for files: the order of what is done to them is the same each time.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  const child = spawn(words[0]!, words.slice(1), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    const isFirst = !said.includes('ready');
    said += chunk.toString();
    if (isFirst && said.includes('ready') && options.killAfterMs !== undefined) {
      void sleep(options.killAfterMs).then(() => child.kill('SIGKILL'));
    }
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const isKilled = signal === 'SIGKILL' || code === 137;
  if (!isKilled && code !== 0) throw new Error(`A writer ended with ${code}: ${complaint}`);
  return { lines: said.split('\n'), isKilled };
}

/** What a writer said was there. */
export function seenIn(lines: readonly string[]): Seen[] {
  return lines.flatMap((line) => {
    const [, revision, digest] = /^there (\d+) (\S+) \S+$/.exec(line) ?? [];
    return revision === undefined ? [] : [{ revision: Number(revision), digest: digest! }];
  });
}

/** Kills writers at random moments of their work. */
export async function kills(
  folder: string,
  count: number,
  random: () => number,
  say: (line: string) => void,
): Promise<Tally> {
  const faults: string[] = [];
  const mended: string[] = [];
  let [amid, revisions] = [0, 0];
  let seen: Seen[] = [];
  for (let kill = 0; kill < count; kill++) {
    const home = path.join(folder, `store-${Math.floor(kill / KILLS_A_STORE)}`);
    if (kill % KILLS_A_STORE === 0) {
      await mkdir(home);
      seen = [];
    }
    const store = path.join(home, 'gatepost.db');
    const { lines } = await write(store, 1_000_000, { killAfterMs: random() * LIFE_MS });
    const now = seenIn(lines);
    mended.push(...lines.filter((line) => line.startsWith('mended')));
    faults.push(
      ...now
        .filter(({ revision }) => seen.some((old) => old.revision === revision))
        .map(({ revision }) => `kill ${kill}: revision ${revision} was given twice`),
    );
    seen.push(...now);
    revisions += now.length;
    if (now.length > 0) amid++;
    const verdict = await judge(store, seen);
    faults.push(...verdict.faults.map((fault) => `kill ${kill}: ${fault}`));
    mended.push(...verdict.mended);
    if ((kill + 1) % 100 === 0) say(`${kill + 1} kills of a writer, ${faults.length} faults`);
  }
  return { kills: count, amid, revisions, faults, mended };
}

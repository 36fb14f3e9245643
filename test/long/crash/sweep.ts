import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { seenIn, write } from './kills.ts';
import { judge, type Seen } from './verdict.ts';

/** The calls by which a publish touches the disk. */
const CALLS = ['openat', 'pwrite64', 'write', 'fdatasync', 'fsync', 'ftruncate', 'rename', 'unlink'] as const;
const COPY = '.replicated.copy.jsonl';
/** Each is written by a thread of its own, and strace counts the calls of each thread: so they are counted apart. */
const FILES = {
  store: ['', '-wal', '-shm', '-journal'],
  copy: [COPY, `${COPY}.part`],
} as const satisfies Record<string, readonly string[]>;
/** A first publish makes both files, a later one goes on in them. */
const REVISIONS_BEFORE = [0, 6] as const;

/** How often a call that touches a file was killed, in a publish on top of so many revisions. */
export interface Points {
  readonly before: number;
  readonly file: keyof typeof FILES;
  readonly call: string;
  readonly kills: number;
}

export interface Sweep {
  readonly points: readonly Points[];
  readonly faults: readonly string[];
}

/**
 * Kills a writer before each call by which it opens its store and publishes a revision, one after another.
 *
 * @param every only each so many-th call.
 * @param revisions on top of how many.
 */
export async function sweep(
  folder: string,
  say: (line: string) => void,
  every = 1,
  revisions: readonly number[] = REVISIONS_BEFORE,
): Promise<Sweep> {
  const points: Points[] = [];
  const faults: string[] = [];
  for (const before of revisions) {
    const origin = path.join(folder, `origin-${before}`);
    await mkdir(origin);
    const seen = before === 0 ? [] : seenIn((await write(path.join(origin, 'gatepost.db'), before)).lines);
    for (const file of Object.keys(FILES) as (keyof typeof FILES)[]) {
      for (const call of CALLS) {
        let kills = 0;
        while (await isKilledAt(folder, { origin, seen, file, call, n: 1 + kills * every }, faults)) kills++;
        points.push({ before, file, call, kills });
        if (kills > 0)
          say(`on top of ${before} revisions: ${kills} kills at ${call} of the ${file}, ${faults.length} faults`);
      }
    }
  }
  return { points, faults };
}

interface Point {
  readonly origin: string;
  readonly seen: readonly Seen[];
  readonly file: keyof typeof FILES;
  readonly call: string;
  readonly n: number;
}

async function isKilledAt(folder: string, { origin, seen, file, call, n }: Point, faults: string[]): Promise<boolean> {
  const home = path.join(folder, 'swept');
  await rm(home, { recursive: true, force: true });
  await cp(origin, home, { recursive: true });
  const store = path.join(home, 'gatepost.db');
  const paths = FILES[file].flatMap((end) => ['-P', `${store}${end}`]);
  const under = ['strace', '-f', '-qq', '-o', '/dev/null', ...paths, '-e', `trace=${call}`];
  const { lines, isKilled } = await write(store, 1, {
    under: [...under, '-e', `inject=${call}:signal=KILL:when=${n}`],
  });
  const { faults: found, mended } = await judge(store, [...seen, ...seenIn(lines)]);
  faults.push(...[...found, ...mended].map((fault) => `${file} ${call} ${n}: ${fault}`));
  return isKilled;
}

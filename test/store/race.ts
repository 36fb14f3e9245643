import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { Outcome, Race } from './writer.js';

/**
 * Makes the program of a writer from the source as it stands. Each writer runs on a thread of its own: in one thread,
 * the one that waits for SQLite's lock would keep the other from giving it back.
 *
 * @param folder where it is put.
 */
export async function buildWriter(folder: string): Promise<string> {
  const entryFileNames = 'writer.mjs';
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('writer.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames } },
    },
  });
  return path.join(folder, entryFileNames);
}

/**
 * Lets writers of one file race.
 *
 * @param rounds what each writer publishes in each round; all open the file together, and begin each round together.
 */
export async function race(
  program: string,
  file: string,
  rounds: readonly Race['rounds'][],
): Promise<readonly Outcome[]> {
  const line = new Int32Array(new SharedArrayBuffer(4));
  return Promise.all(
    rounds.map(async (own) => {
      const workerData = { file, rounds: own, writers: rounds.length, line } satisfies Race;
      const worker = new Worker(program, { workerData });
      const ended = once(worker, 'exit');
      const [outcome] = (await once(worker, 'message')) as [Outcome];
      await ended;
      return outcome;
    }),
  );
}

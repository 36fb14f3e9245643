import { parentPort, workerData } from 'node:worker_threads';
import type { Content, Revision } from '../../src/model/revision.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';

/** What one writer of a race does: opens a store, and publishes a revision of it in each round. */
export interface Race {
  readonly file: string;
  readonly rounds: readonly { readonly revision: Revision; readonly content: Content }[];
  readonly writers: number;
  /** Counts the writers that stand at the line, over all rounds. */
  readonly line: Int32Array;
}

/** How a race went for one writer: `done`, or the error, of the opening and of each round. */
export interface Outcome {
  readonly opened: string;
  readonly published: readonly string[];
}

const { file, rounds, writers, line } = workerData as Race;
let lines = 0;

/** Waits until every writer is here, so that all go at once. */
function lineUp(): void {
  lines++;
  Atomics.add(line, 0, 1);
  Atomics.notify(line, 0);
  for (let here = Atomics.load(line, 0); here < writers * lines; here = Atomics.load(line, 0)) {
    Atomics.wait(line, 0, here);
  }
}

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && error.name !== 'Error' ? error.name : String(error)),
  );
}

lineUp();
const opening = History.open(sqliteDialect(file));
const opened = await outcomeOf(opening);
const published: string[] = [];
for (const { revision, content } of rounds) {
  lineUp();
  published.push(await outcomeOf(opening.then((history) => history.publish(revision, content))));
}
await outcomeOf(opening.then((history) => history.close()));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread, not a window
parentPort?.postMessage({ opened, published } satisfies Outcome);

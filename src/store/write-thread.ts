import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Kysely, sql } from 'kysely';
import type { IntervalPart } from './intervals.js';
import type { Tables } from './schema.js';
import { isBusy, sqliteDialect } from './sqlite.js';
import { HeadMoved, writeRevision, type RevisionHead } from './write-revision.js';

// What runs in a thread of its own, for one revision: see write-apart.ts.

/** What the thread is given. */
export interface ThreadWriting {
  readonly file: string;
  readonly head: RevisionHead;
  /** The checksum of the revision that has the addresses which the parts are changes of; `null` where there is none. */
  readonly openUnder: string | null;
}

/** What it says: that it wants the next part, or how it ended. */
export type ThreadWrote = 'next' | 'written' | 'head-moved' | 'other-addresses';

/** What is open in the store is not what is known. */
class OtherAddresses extends Error {}

const port = parentPort!;
const say = (what: ThreadWrote) => port.postMessage(what, []);
const { file, head, openUnder } = workerData as ThreadWriting;

async function* parts(found: string | null): AsyncGenerator<IntervalPart> {
  if (found !== openUnder) throw new OtherAddresses();
  for (;;) {
    const answer = once(port, 'message');
    say('next');
    const [part] = (await answer) as [IntervalPart | null];
    if (part === null) return;
    yield part;
  }
}

const db = new Kysely<Tables>({ dialect: sqliteDialect(file) });
try {
  await db.transaction().execute((trx) => writeRevision(trx, head, parts));
  // Here, so that no commit of another connection has to do it.
  await sql`pragma wal_checkpoint(passive)`.execute(db);
  say('written');
} catch (error) {
  if (error instanceof OtherAddresses) say('other-addresses');
  else if (error instanceof HeadMoved || isBusy(error)) say('head-moved');
  else throw error;
} finally {
  await db.destroy();
}

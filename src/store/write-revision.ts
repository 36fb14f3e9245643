import type { Transaction } from 'kysely';
import { writeListedHosts, writePart, type IntervalPart } from './intervals.js';
import { writePoll } from './last-poll.js';
import type { RevisionRow, Tables } from './schema.js';

/** Another writer published first: the head is no longer the one that the revision was made from. */
export class HeadMoved extends Error {
  constructor(product: string, revision: number) {
    super(`Revision ${revision} of ${product} is there already, or another writer is about to publish it.`);
    this.name = 'HeadMoved';
  }
}

/** All of a revision but its addresses. */
export interface RevisionHead {
  readonly row: RevisionRow;
  readonly previous: number | null;
  readonly catalogBody: string;
  readonly listedHosts: readonly string[];
  /** When upstream was read, where it was. */
  readonly checkedAt: string | null;
}

/**
 * Writes a revision into a transaction, on top of the one that it was made from.
 *
 * @param parts its addresses as changes of those that are open, given the checksum of the revision that has these;
 *   `null` where there is none.
 * @throws HeadMoved where another writer was first.
 */
export async function writeRevision(
  trx: Transaction<Tables>,
  { row, previous, catalogBody, listedHosts, checkedAt }: RevisionHead,
  parts: (openUnder: string | null) => AsyncIterable<IntervalPart>,
): Promise<void> {
  const { product, revision } = row;
  // The first statement writes: it takes the lock, so that nothing that is read after it can be out of date.
  const { numInsertedOrUpdatedRows: inserted } = await trx
    .insertInto('revision')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  const before = await trx
    .selectFrom('revision')
    .select(['revision', 'checksum'])
    .where('product', '=', product)
    .where('revision', '!=', revision)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (inserted !== 1n || (before?.revision ?? null) !== previous) throw new HeadMoved(product, revision);
  await trx
    .insertInto('catalog')
    .values({ product, sha256: row.catalog_body_sha256, body: catalogBody })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for await (const part of parts(before?.checksum ?? null)) await writePart(trx, product, revision, part);
  await writeListedHosts(trx, product, revision, listedHosts);
  // With the revision, so that no kill can leave an accepted list that seems never to have been read.
  if (checkedAt !== null) await writePoll(trx, product, { checked_at: checkedAt, held: null });
}

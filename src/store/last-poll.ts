import type { Kysely } from 'kysely';
import type { PollRow, Tables } from './schema.js';
import { sumOfPoll } from './sums.js';

/** What is known of the last poll, of which there is one row a product. */
export async function writePoll(
  db: Kysely<Tables>,
  product: string,
  state: { readonly checked_at?: string; readonly held: string | null },
): Promise<void> {
  const { checked_at } = await lastPoll(db, product);
  const row = { product, checked_at, ...state };
  await db
    .replaceInto('poll')
    .values({ ...row, checksum: sumOfPoll(row) })
    .execute();
}

/** What is known of the last poll. What does not fit its checksum is as if it had never been written: the next poll writes it. */
export async function lastPoll(db: Kysely<Tables>, product: string): Promise<Pick<PollRow, 'checked_at' | 'held'>> {
  const row = await db.selectFrom('poll').selectAll().where('product', '=', product).executeTakeFirst();
  return row?.checksum === undefined || row.checksum !== sumOfPoll(row) ? { checked_at: null, held: null } : row;
}

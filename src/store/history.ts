import { Kysely, type Dialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Decision } from '../model/decision.js';
import type { HistoryEntry } from '../model/revision.js';
import { sha256 } from '../model/canonical.js';
import type { Content, Revision } from '../model/revision.js';
import { instant } from './check.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { inTurns } from './breathing.js';
import { readContent, summing, textOf } from './content.js';
import { faultIn } from './soundness.js';
import type { Recorded } from './chronicle.js';
import { readRecorded } from './recorded.js';
import { writeAddresses, writeListedHosts } from './intervals.js';
import { replay } from './replay.js';
import { revisionOf, rowOf } from './rows.js';
import type { Tables } from './schema.js';
import { isBusy } from './sqlite.js';

/** Another writer published first: the head is no longer the one that the revision was made from. */
export class HeadMoved extends Error {
  constructor(product: string, revision: number) {
    super(`Revision ${revision} of ${product} is there already, or another writer is about to publish it.`);
    this.name = 'HeadMoved';
  }
}

/** What whoever publishes a content knows already. Nothing of it has to be known. */
export interface Known {
  /** The checksum of the content. */
  readonly checksum?: string;
  /** What it is published on top of. */
  readonly before?: { readonly content: Content; readonly checksum: string } | undefined;
}

/** Is told of revisions once they are on the disk, before anyone is answered from them. Never rejects. */
export type Follower = (entries: readonly HistoryEntry[]) => Promise<void>;

/**
 * Every revision there ever was: whole catalogs, addresses as intervals. Nothing published is ever changed. A large
 * revision is written in turns with others, in one transaction: whoever only reads meanwhile has a connection of its own.
 */
export class History {
  #follower: Follower | undefined;

  private constructor(
    private readonly db: Kysely<Tables>,
    private readonly reading = db,
  ) {}

  /**
   * Opens a store and brings it to the newest migration.
   *
   * @param reading a second way to it, for reading; without one, whoever reads waits for whoever writes.
   */
  static async open(dialect: Dialect, reading?: Dialect): Promise<History> {
    const db = new Kysely<Tables>({ dialect });
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const error = await migrate(migrator);
    if (error !== undefined) {
      await db.destroy().catch(() => undefined);
      throw error instanceof Error ? error : new Error('The store could not be migrated.', { cause: error });
    }
    return new History(db, reading === undefined ? db : new Kysely<Tables>({ dialect: reading }));
  }

  /** Opens a store only to read it: it stays at the migration that it has. */
  static openToRead(dialect: Dialect): History {
    return new History(new Kysely<Tables>({ dialect }));
  }

  /** Says who is told of what is published from now on. */
  followBy(follower: Follower): void {
    this.#follower = follower;
  }

  /** What is wrong with the store, in words; `undefined` where nothing is found. Rejects where it cannot be read. */
  async fault(): Promise<string | undefined> {
    return faultIn(this.db);
  }

  /** The products that have a revision, by name. */
  async products(): Promise<string[]> {
    const rows = await this.reading.selectFrom('revision').select('product').distinct().orderBy('product').execute();
    return rows.map(({ product }) => product);
  }

  /**
   * The newest revision with all that it holds.
   *
   * @throws StoreDamaged where its digest does not fit.
   */
  async head(product: string): Promise<{ readonly revision: Revision; readonly content: Content } | undefined> {
    return this.db.transaction().execute(async (trx) => {
      const row = await revisionRows(trx, product).executeTakeFirst();
      return row && { revision: revisionOf(row), content: await readContent(trx, row) };
    });
  }

  /** The number of the newest revision of each product: how many there are, which a damaged number does not alter. */
  async heads(): Promise<Map<string, number>> {
    const rows = await this.db
      .selectFrom('revision')
      .select((select) => ['product', select.fn.countAll<number>().as('head')])
      .groupBy('product')
      .execute();
    return new Map(rows.map(({ product, head }) => [product, head]));
  }

  /** The record of a revision. */
  async record(product: string, revision: number): Promise<Revision | undefined> {
    const row = await revisionRows(this.db, product).where('revision', '=', revision).executeTakeFirst();
    return row && revisionOf(row);
  }

  /** The SHA-256 of every catalog that a revision of a product has. */
  async catalogKeys(product: string): Promise<string[]> {
    const rows = await this.db.selectFrom('catalog').select('sha256').where('product', '=', product).execute();
    return rows.map(({ sha256 }) => sha256);
  }

  /** Every revision of a product. */
  async recorded(product: string): Promise<Recorded> {
    return this.reading.transaction().execute((trx) => readRecorded(trx, product));
  }

  /**
   * Publishes a revision: all of it or nothing, and only on top of the one that it was made from.
   *
   * @throws HeadMoved where another writer was first.
   */
  async publish(revision: Revision, content: Content, known: Known = {}): Promise<void> {
    await this.#writeAll([{ revision, content }], known);
  }

  /**
   * Publishes revisions, one on top of another: all of them or nothing.
   *
   * @throws HeadMoved where another writer was first.
   */
  async publishAll(entries: readonly HistoryEntry[]): Promise<void> {
    await this.#writeAll(entries, {});
  }

  async #writeAll(entries: readonly HistoryEntry[], known: Known): Promise<void> {
    const [first] = entries;
    if (first === undefined) return;
    try {
      await this.db.transaction().execute(async (trx) => {
        let { checksum, before } = known;
        for (const { revision, content } of entries) {
          checksum ??= await inTurns(summing(content));
          await this.#write(trx, revision, content, { checksum, before });
          [before, checksum] = [{ content, checksum }, undefined];
        }
      });
    } catch (error) {
      throw isBusy(error) ? new HeadMoved(first.content.catalog.product, first.revision.revision) : error;
    }
    await this.#follower?.(entries);
  }

  async #write(
    trx: Transaction<Tables>,
    revision: Revision,
    content: Content,
    { checksum, before: known }: Known & { readonly checksum: string },
  ): Promise<void> {
    const { product } = content.catalog;
    const number = revision.revision;
    const body = textOf(content.catalog);
    const row = rowOf(product, revision, { catalogBodySha256: sha256(body), checksum });
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
      .where('revision', '!=', number)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (inserted !== 1n || (before?.revision ?? null) !== revision.previous) throw new HeadMoved(product, number);
    await trx
      .insertInto('catalog')
      .values({ product, sha256: row.catalog_body_sha256, body })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    // What is open need not be read where it is sure to be what is known.
    const open = before !== undefined && before.checksum === known?.checksum ? known.content.addresses : undefined;
    await writeAddresses(trx, product, number, content.addresses, open);
    await writeListedHosts(trx, product, number, content.listedHosts);
    // With the revision, so that no kill can leave an accepted list that seems never to have been read.
    if (revision.cause === 'poll' && revision.upstream !== null) {
      await writePoll(trx, product, { checked_at: revision.upstream.fetchedAt, held: null });
    }
  }

  /** Every revision with what it holds, oldest first, as of now. */
  async replay(product: string): Promise<Iterable<HistoryEntry>> {
    return replay(product, await this.recorded(product));
  }

  /** When upstream was last found to say what is served, and the list that was held then, as JSON. */
  async lastPoll(product: string): Promise<{ readonly checkedAt: string | null; readonly held: string | null }> {
    const row = await this.reading.selectFrom('poll').selectAll().where('product', '=', product).executeTakeFirst();
    // Under no checksum: what cannot be read is as if it had never been written, and the next poll writes it again.
    return { checkedAt: readable(row?.checked_at, instant), held: readable(row?.held, isJson) };
  }

  /** Upstream says what is served; nothing is held any more. */
  async noteChecked(product: string, checkedAt: string): Promise<void> {
    await writePoll(this.db, product, { checked_at: checkedAt, held: null });
  }

  /** Upstream offers a list that is held; `null` where what it offers now is not. */
  async noteHeld(product: string, held: string | null): Promise<void> {
    await writePoll(this.db, product, { held });
  }

  /** What operators decided, oldest first. */
  async decisions(product: string): Promise<Decision[]> {
    const rows = await this.db
      .selectFrom('decision')
      .selectAll()
      .where('product', '=', product)
      .orderBy('number')
      .execute();
    return rows.map(({ kind, subject, host, by, note, at, until }) => ({ kind, subject, host, by, note, at, until }));
  }

  /** Takes down a decision under the next number; rejects where another came first. */
  async decide(product: string, number: number, decision: Decision): Promise<void> {
    await this.db
      .insertInto('decision')
      .values({ product, number, ...decision })
      .execute();
  }

  /** Whether the store answers; rejects where it does not. */
  async ping(): Promise<void> {
    await this.reading.selectFrom('revision').select('revision').limit(1).execute();
  }

  async close(): Promise<void> {
    // The writer last: only it can put what was written ahead into the file, and leave nothing beside it.
    if (this.reading !== this.db) await this.reading.destroy();
    await this.db.destroy();
  }
}

/** The rows of a product's revisions, newest first. */
function revisionRows(db: Kysely<Tables>, product: string) {
  return db.selectFrom('revision').selectAll().where('product', '=', product).orderBy('revision', 'desc');
}

function readable(text: string | null | undefined, isReadable: (text: string) => boolean): string | null {
  return text != null && isReadable(text) ? text : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is known of the last poll, of which there is one row a product. */
async function writePoll(
  db: Kysely<Tables>,
  product: string,
  state: { readonly checked_at?: string; readonly held: string | null },
): Promise<void> {
  await db
    .insertInto('poll')
    .values({ product, checked_at: null, ...state })
    .onConflict((conflict) => conflict.column('product').doUpdateSet(state))
    .execute();
}

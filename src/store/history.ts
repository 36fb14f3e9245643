import { Kysely, type Dialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { HistoryEntry } from '../model/revision.js';
import { sha256 } from '../model/canonical.js';
import type { Content, Revision } from '../model/revision.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { inTurns } from './breathing.js';
import { Notes } from './notes.js';
import { readContent, summing, textOf } from './content.js';
import { faultIn } from './soundness.js';
import type { Recorded } from './chronicle.js';
import { readRecorded } from './recorded.js';
import { changed, openAddresses, partsOf } from './intervals.js';
import { replay } from './replay.js';
import { revisionOf, rowOf } from './rows.js';
import type { Tables } from './schema.js';
import { isBusy } from './sqlite.js';
import type { WritingApart } from './write-apart.js';
import { HeadMoved, writeRevision, type RevisionHead } from './write-revision.js';

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
  /** What is remembered beside the revisions. */
  readonly notes: Notes;
  #follower: Follower | undefined;

  private constructor(
    private readonly db: Kysely<Tables>,
    private readonly reading = db,
    private readonly apart?: WritingApart,
  ) {
    this.notes = new Notes(db, reading);
  }

  /**
   * Opens a store and brings it to the newest migration.
   *
   * @param also a second way to it, for reading, without which whoever reads waits for whoever writes; and one by which
   *   large revisions are written.
   */
  static async open(
    dialect: Dialect,
    also: { readonly reading?: Dialect; readonly apart?: WritingApart } = {},
  ): Promise<History> {
    const db = new Kysely<Tables>({ dialect });
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    const error = await migrate(migrator);
    if (error !== undefined) {
      await db.destroy().catch(() => undefined);
      throw error instanceof Error ? error : new Error('The store could not be migrated.', { cause: error });
    }
    const reading = also.reading === undefined ? db : new Kysely<Tables>({ dialect: also.reading });
    return new History(db, reading, also.apart);
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
    if (this.apart !== undefined && (revision.previous === null || known.before !== undefined)) {
      const before = known.before ?? { content: { addresses: [] }, checksum: null };
      const changes = await inTurns(changed(before.content.addresses, content.addresses));
      if (this.apart.isWorthwhile(changes)) {
        const head = headOf(revision, content, known.checksum ?? (await inTurns(summing(content))));
        if ((await this.apart.write(head, changes, before.checksum)) === 'written') {
          await this.#follower?.([{ revision, content }]);
          return;
        }
      }
    }
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
          const { product } = content.catalog;
          const known = before;
          await writeRevision(trx, headOf(revision, content, checksum), async function* (openUnder) {
            // What is open need not be read where it is sure to be what is known.
            const isKnown = known !== undefined && known.checksum === openUnder;
            const open = isKnown ? known.content.addresses : await openAddresses(trx, product);
            yield* partsOf(await inTurns(changed(open, content.addresses)));
          });
          [before, checksum] = [{ content, checksum }, undefined];
        }
      });
    } catch (error) {
      throw isBusy(error) ? new HeadMoved(first.content.catalog.product, first.revision.revision) : error;
    }
    await this.#follower?.(entries);
  }

  /** Every revision with what it holds, oldest first, as of now. */
  async replay(product: string): Promise<Iterable<HistoryEntry>> {
    return replay(product, await this.recorded(product));
  }

  /** Whether the store answers; rejects where it does not. */
  async ping(): Promise<void> {
    await this.reading.selectFrom('revision').select('revision').limit(1).execute();
  }

  async close(): Promise<void> {
    // The one that writes goes last: it takes its log into the file, and away.
    if (this.reading !== this.db) await this.reading.destroy();
    await this.db.destroy();
  }
}

/** The rows of a product's revisions, newest first. */
function revisionRows(db: Kysely<Tables>, product: string) {
  return db.selectFrom('revision').selectAll().where('product', '=', product).orderBy('revision', 'desc');
}

/** All of a revision but its addresses, as it is written. */
function headOf(revision: Revision, content: Content, checksum: string): RevisionHead {
  const { catalog, listedHosts } = content;
  const catalogBody = textOf(catalog);
  return {
    row: rowOf(catalog.product, revision, { catalogBodySha256: sha256(catalogBody), checksum }),
    previous: revision.previous,
    catalogBody,
    listedHosts,
    checkedAt: revision.cause === 'poll' ? (revision.upstream?.fetchedAt ?? null) : null,
  };
}

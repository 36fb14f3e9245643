import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from './schema.js';
import { sumOfDecision, sumOfPoll } from './sums.js';

/** Every migration by name, oldest first. One that was released is never changed; the next one mends it. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-revisions': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('revision')
        .addColumn('product', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('published_at', 'text', (column) => column.notNull())
        .addColumn('cause', 'text', (column) => column.notNull())
        .addColumn('by', 'text')
        .addColumn('note', 'text')
        .addColumn('upstream_url', 'text')
        .addColumn('upstream_sha256', 'text')
        .addColumn('upstream_fetched_at', 'text')
        .addColumn('catalog_sha256', 'text', (column) => column.notNull())
        .addColumn('catalog_body_sha256', 'text', (column) => column.notNull())
        .addColumn('checksum', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('revision_key', ['product', 'revision'])
        .execute();
      await db.schema
        .createTable('catalog')
        .addColumn('product', 'text', (column) => column.notNull())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('catalog_key', ['product', 'sha256'])
        .execute();
      await db.schema
        .createTable('address')
        .addColumn('product', 'text', (column) => column.notNull())
        .addColumn('host', 'text', (column) => column.notNull())
        .addColumn('cidr', 'text', (column) => column.notNull())
        .addColumn('from_revision', 'integer', (column) => column.notNull())
        .addColumn('to_revision', 'integer')
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('first_seen_at', 'text', (column) => column.notNull())
        .addColumn('effective_from', 'text')
        .addColumn('announced_removal_at', 'text')
        .addColumn('removed_at', 'text')
        .addColumn('retire_at', 'text')
        .addPrimaryKeyConstraint('address_key', ['product', 'host', 'cidr', 'from_revision'])
        .execute();
      await db.schema
        .createTable('listed_host')
        .addColumn('product', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('from_revision', 'integer', (column) => column.notNull())
        .addColumn('to_revision', 'integer')
        .addPrimaryKeyConstraint('listed_host_key', ['product', 'name', 'from_revision'])
        .execute();
      await db.schema
        .createTable('poll')
        .addColumn('product', 'text', (column) => column.notNull().primaryKey())
        .addColumn('checked_at', 'text')
        .addColumn('held', 'text')
        .execute();
    },
  },
  '0002-open-addresses': {
    // A revision is published on top of the lives that are open, of which there are few among all that ever were.
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createIndex('address_open')
        .on('address')
        .column('product')
        .where(sql.ref('to_revision'), 'is', null)
        .execute();
    },
  },
  '0003-decisions': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('decision')
        .addColumn('product', 'text', (column) => column.notNull())
        .addColumn('number', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('host', 'text')
        .addColumn('by', 'text', (column) => column.notNull())
        .addColumn('note', 'text')
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('until', 'text')
        .addPrimaryKeyConstraint('decision_key', ['product', 'number'])
        .execute();
    },
  },
  '0004-checksums': {
    // A bit that flips in what operators decided would let in what was revoked.
    async up(db: Kysely<Tables>): Promise<void> {
      for (const table of ['poll', 'decision'] as const) {
        await db.schema
          .alterTable(table)
          .addColumn('checksum', 'text', (column) => column.notNull().defaultTo(''))
          .execute();
      }
      for (const row of await db.selectFrom('poll').selectAll().execute()) {
        await db
          .updateTable('poll')
          .set({ checksum: sumOfPoll(row) })
          .where('product', '=', row.product)
          .execute();
      }
      for (const row of await db.selectFrom('decision').selectAll().execute()) {
        await db
          .updateTable('decision')
          .set({ checksum: sumOfDecision(row) })
          .where('product', '=', row.product)
          .where('number', '=', row.number)
          .execute();
      }
    },
  },
};

import { sql, type Kysely } from 'kysely';
import { compareInstants, sha256 } from '../model/canonical.js';
import { StoreDamaged, readContent } from './content.js';
import { isRecord } from './history-form.js';
import { revisionOf } from './rows.js';
import type { Tables } from './schema.js';

/**
 * What is wrong with a store, in words; `undefined` where nothing is found. Looks at every page, at every record and
 * catalog, and at what the newest revisions hold; what older ones hold is verified while the service runs.
 */
export async function faultIn(db: Kysely<Tables>): Promise<string | undefined> {
  // SELECT answers from a damaged page without a word.
  const { rows } = await sql<{ quick_check: string }>`PRAGMA quick_check(1)`.execute(db);
  const [found] = rows.map((row) => row.quick_check);
  if (found !== 'ok') return `SQLite finds it damaged (${found ?? 'it says nothing'})`;
  const products = await db.selectFrom('revision').select('product').distinct().execute();
  for (const { product } of products) {
    const fault = (await faultInRecords(db, product)) ?? (await faultInHead(db, product));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

async function faultInRecords(db: Kysely<Tables>, product: string): Promise<string | undefined> {
  const catalogs = await db.selectFrom('catalog').selectAll().where('product', '=', product).execute();
  const whole = new Set(catalogs.filter((row) => sha256(row.body) === row.sha256).map((row) => row.sha256));
  const rows = await db.selectFrom('revision').selectAll().where('product', '=', product).orderBy('revision').execute();
  let before: string | undefined;
  for (const [i, row] of rows.entries()) {
    if (row.revision !== i + 1) return `revision ${i + 1} of ${product} is missing`;
    const isLater = before === undefined || compareInstants(row.published_at, before) > 0;
    if (!isRecord(revisionOf(row)) || !isLater) {
      return `the record of revision ${row.revision} of ${product} is not what was written`;
    }
    if (!whole.has(row.catalog_body_sha256)) {
      return `the catalog of revision ${row.revision} of ${product} does not fit its checksum`;
    }
    before = row.published_at;
  }
  return undefined;
}

async function faultInHead(db: Kysely<Tables>, product: string): Promise<string | undefined> {
  try {
    await db.transaction().execute(async (trx) => {
      const newest = trx.selectFrom('revision').selectAll().where('product', '=', product).orderBy('revision', 'desc');
      await readContent(trx, await newest.executeTakeFirstOrThrow());
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreDamaged)) throw error;
    return `what revision ${error.revision} of ${product} holds does not fit its checksum`;
  }
}

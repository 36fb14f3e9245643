import type { Selectable, Transaction } from 'kysely';
import { byHost } from '../model/address.js';
import { compareText, onceForEach, sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { parseBlock } from '../model/cidr.js';
import { digestOf, type Content } from '../model/revision.js';
import { sha256InTextOrder } from '../model/text-order.js';
import { atOnce, type Steps } from '../model/steps.js';
import { addressOf, lifeText } from './rows.js';
import type { RevisionRow, Tables } from './schema.js';

/** What was stored is not what was published: its digest no longer fits its content. */
export class StoreDamaged extends Error {
  constructor(
    product: string,
    readonly revision: number,
  ) {
    super(
      `Revision ${revision} of ${product} in the store does not match its digest, so it is not served. ` +
        'Restore the store from a backup, or move it away to begin again from the list that ships.',
    );
    this.name = 'StoreDamaged';
  }
}

/**
 * What a revision holds, in its fixed order.
 *
 * @throws StoreDamaged where it is not what was published.
 */
export async function readContent(trx: Transaction<Tables>, row: Selectable<RevisionRow>): Promise<Content> {
  const content = await storedContent(trx, row);
  if (content === undefined || checksumOf(content) !== row.checksum || digestOf(content) !== row.digest) {
    throw new StoreDamaged(row.product, row.revision);
  }
  return content;
}

/** `undefined` where it cannot be read back. */
async function storedContent(
  trx: Transaction<Tables>,
  { product, revision, catalog_body_sha256 }: Selectable<RevisionRow>,
): Promise<Content | undefined> {
  const stored = await trx
    .selectFrom('catalog')
    .select('body')
    .where('product', '=', product)
    .where('sha256', '=', catalog_body_sha256)
    .executeTakeFirst();
  const addresses = await trx
    .selectFrom('address')
    .selectAll()
    .where('product', '=', product)
    .where('from_revision', '<=', revision)
    .where((where) => where.or([where('to_revision', 'is', null), where('to_revision', '>', revision)]))
    .execute();
  const hosts = await trx
    .selectFrom('listed_host')
    .select('name')
    .where('product', '=', product)
    .where('from_revision', '<=', revision)
    .where((where) => where.or([where('to_revision', 'is', null), where('to_revision', '>', revision)]))
    .execute();
  if (stored === undefined || sha256(stored.body) !== catalog_body_sha256) return undefined;
  if (!addresses.every(({ cidr }) => parseBlock(cidr).ok)) return undefined;
  return {
    catalog: JSON.parse(stored.body) as Catalog,
    // Sorted here: engines order text each in their own way.
    listedHosts: hosts.map(({ name }) => name).sort(compareText),
    addresses: byHost(addresses.map(addressOf)),
  };
}

/** Over all that a revision holds. A row changed by hand or by a bad disk no longer fits it. */
export function checksumOf(content: Content): string {
  return atOnce(summing(content));
}

/** The same in steps. */
export function* summing({ catalog, listedHosts, addresses }: Content): Steps<string> {
  const before = `[${textOf(catalog)},${JSON.stringify(listedHosts.toSorted(compareText))},[`;
  // By UTF-16 code units, as text is ordered everywhere.
  return yield* sha256InTextOrder(before, addresses, lifeText, ']]', JSON.stringify);
}

/** A catalog as JSON. Written once: a catalog stays for many revisions. */
export const textOf = onceForEach((catalog: Catalog) => JSON.stringify(catalog));

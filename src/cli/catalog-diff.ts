import { whatOf } from '../answer/change-table.js';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import { loadSeed } from '../publish/seed.js';
import type { Json } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { catalogAt } from '../model/catalog-at.js';
import type { Difference } from '../model/change.js';
import { diff } from '../model/diff.js';
import type { Content } from '../model/revision.js';
import { inColumns } from './columns.js';
import { Refused } from './refused.js';

/** What an edit of a catalog would change. */
export interface CatalogDiff {
  readonly product: string;
  /** When it is compared: what has to be done by then has to be done before it is published. */
  readonly at: string;
  readonly changes: readonly Difference[];
}

const HEADINGS = ['CHANGE', 'WHAT', 'WHY', 'BY NAME', 'BY ADDRESS', 'ACT BY'] as const;

/**
 * The changes from one catalog to another as a service that publishes them `now` would tell them. Both have the addresses
 * of the list that ships with the later one, or else with the earlier; none where neither names one.
 *
 * @throws CatalogError where one of them does not load; Refused where they are of two products.
 */
export async function diffCatalogs(before: string, after: string, now: Date): Promise<CatalogDiff> {
  const [old, changed] = await Promise.all([shippedWith(before), shippedWith(after)]);
  const { product } = changed.catalog;
  if (old.catalog.product !== product) {
    throw new Refused(
      `${before} is of the product "${old.catalog.product}" and ${after} of "${product}". Only catalogs of one product are compared.`,
    );
  }
  const at = now.toISOString();
  const { listedHosts = [], addresses = [] } = changed.newest ?? old.newest ?? {};
  const contentOf = (catalog: Catalog): Content => ({ catalog: catalogAt(catalog, now), listedHosts, addresses });
  return { product, at, changes: diff(contentOf(old.catalog), contentOf(changed.catalog), at) };
}

/** A difference for people: a line a change. */
export function diffTable({ at, changes }: CatalogDiff): string[] {
  if (changes.length === 0) return ['Nothing that is answered is different.'];
  const rows = changes.map((change) => [
    change.kind,
    [whatOf(change), detailOf(change)].filter((part) => part !== '').join(': '),
    change.reason,
    change.action.byName,
    change.action.byAddress,
    change.actBy === at ? 'now' : (change.actBy ?? ''),
  ]);
  return inColumns([HEADINGS, ...rows]);
}

/** Which range of ports, or which member of the catalog and what of it. */
function detailOf({ subject, previous, current }: Difference): string {
  const told = current ?? previous;
  if (subject === 'port') {
    const [protocol, from, to] = [memberOf(told, 'protocol'), memberOf(told, 'from'), memberOf(told, 'to')];
    return `${textOf(protocol)} ${from === to ? textOf(from) : `${textOf(from)}-${textOf(to)}`}`;
  }
  if (subject !== 'catalog' || !isObject(told)) return '';
  return Object.entries(told)
    .map(([member, value]) => [member, textOf(memberOf(value, 'name'))].join(' ').trimEnd())
    .join(', ');
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? value[name]! : null;
}

function textOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A catalog, and the newest content of the history that it names. A history that cannot be read is for `catalog check`. */
async function shippedWith(
  location: string,
): Promise<{ readonly catalog: Catalog; readonly newest: Content | undefined }> {
  const file = await findCatalog(location);
  const loaded = await loadCatalog(file);
  const seed = await loadSeed(file, loaded).catch(() => undefined);
  return { catalog: loaded.catalog, newest: seed?.at(-1)?.content };
}

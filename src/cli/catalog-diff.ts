import { whatOf } from '../answer/change-table.js';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import { catalogAt } from '../model/catalog-at.js';
import type { Difference } from '../model/change.js';
import { diff } from '../model/diff.js';
import { inColumns } from './columns.js';

/** What an edit of a catalog would change. */
export interface CatalogDiff {
  readonly product: string;
  /** When it is compared: what has to be done by then has to be done before it is published. */
  readonly at: string;
  readonly changes: readonly Difference[];
}

const HEADINGS = ['CHANGE', 'WHAT', 'WHY', 'BY NAME', 'BY ADDRESS', 'ACT BY'] as const;

/**
 * The changes from one catalog to another as a service that publishes them `now` would tell them, without addresses.
 *
 * @throws CatalogError where one of them does not load.
 */
export async function diffCatalogs(before: string, after: string, now: Date): Promise<CatalogDiff> {
  const [old, changed] = await Promise.all([before, after].map((location) => contentOf(location, now)));
  const at = now.toISOString();
  return { product: changed!.catalog.product, at, changes: diff(old!, changed!, at) };
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
  const told = Object(current ?? previous) as Readonly<Record<string, unknown>>;
  if (subject === 'port') {
    const { protocol, from, to } = told;
    return `${String(protocol)} ${from === to ? String(from) : `${String(from)}-${String(to)}`}`;
  }
  if (subject !== 'catalog') return '';
  return Object.entries(told)
    .map(([member, value]) => [member, textOf(Reflect.get(Object(value) as object, 'name'))].join(' ').trimEnd())
    .join(', ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function contentOf(location: string, now: Date) {
  const { catalog } = await loadCatalog(await findCatalog(location));
  return { catalog: catalogAt(catalog, now), listedHosts: [], addresses: [] };
}

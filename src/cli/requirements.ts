import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import { catalogAt } from '../model/catalog-at.js';
import type { HistoryEntry } from '../model/revision.js';
import { invalidParameters, DomainError } from '../model/error.js';
import { parseMoment } from '../model/moment.js';
import { coverageOfAll, type Coverage, type Requirement } from '../model/requirement.js';
import { digestOf } from '../model/revision.js';
import { select } from '../model/select.js';
import { parseSelection, type Selection, type SelectionInput } from '../model/selection.js';
import { openRevision } from '../model/snapshot.js';
import { loadSeed, type Seed } from '../publish/seed.js';

/** The answer to a selection without a service, in the form of `GET /requirements`. */
export interface OfflineAnswer {
  readonly product: string;
  /** The revision of the history that ships; `null` where none ships. */
  readonly asOf: { readonly revision: number; readonly publishedAt: string } | null;
  readonly selection: Selection;
  readonly requirements: readonly Requirement[];
  readonly coverage: Coverage;
}

/**
 * The requirements of a selection, from a catalog and the history that ships with it.
 *
 * @param at a revision of that history, or an instant; `undefined` for its newest.
 * @throws DomainError `invalid-parameters`, `unknown-revision`; CatalogError.
 */
export async function offlineRequirements(
  location: string,
  input: SelectionInput,
  at: string | undefined,
  now: Date,
): Promise<OfflineAnswer> {
  const file = await findCatalog(location);
  const read = await loadCatalog(file);
  const loaded = { ...read, catalog: catalogAt(read.catalog, now) };
  const seed = await loadSeed(file, loaded);
  const moment = at === undefined ? undefined : parseMoment(at, now);
  const { selection, faults } = parseSelection(input, loaded.catalog, null);
  if (moment !== undefined && 'code' in moment) throw invalidParameters([moment, ...faults]);
  if (faults.length > 0) throw invalidParameters(faults);
  const found = seed?.findLast(({ revision }) => {
    if (moment === undefined) return true;
    if (moment.kind === 'revision') return revision.revision === moment.revision;
    return revision.publishedAt <= moment.instant;
  });
  if (found === undefined && at !== undefined) throw new DomainError('unknown-revision', notThere(at, seed));
  const { revision, content } = found ?? withoutList(loaded);
  const requirements = select(openRevision(revision, content), selection);
  return {
    product: loaded.catalog.product,
    asOf: found === undefined ? null : { revision: revision.revision, publishedAt: revision.publishedAt },
    selection,
    requirements,
    coverage: coverageOfAll(requirements),
  };
}

function notThere(at: string, seed: Seed | undefined): string {
  const [first, last] = [seed?.at(0)?.revision, seed?.at(-1)?.revision];
  if (first === undefined || last === undefined) return `There is nothing to answer for "${at}": no history ships.`;
  return `There is nothing to answer for "${at}": the history that ships has the revisions 1 to ${last.revision}, since ${first.publishedAt}.`;
}

/** A catalog by itself. Nothing of its revision is shown. */
function withoutList({ catalog, sha256 }: LoadedCatalog): HistoryEntry {
  const content = { catalog, listedHosts: [], addresses: [] };
  const revision = {
    revision: 1,
    digest: digestOf(content),
    publishedAt: new Date(0).toISOString(),
    previous: null,
    cause: 'catalog',
    by: null,
    note: null,
    upstream: null,
    catalog: { sha256 },
  } as const;
  return { revision, content };
}

import { requirementList } from '../answer/lists.js';
import type { RequirementListShape } from '../answer/shapes/requirement.js';
import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import { catalogAt } from '../model/catalog-at.js';
import { dueAt } from '../model/due.js';
import { DomainError, invalidParameters } from '../model/error.js';
import { parseMoment } from '../model/moment.js';
import { digestOf, publicationInstant, type HistoryEntry } from '../model/revision.js';
import { parseSelection, type SelectionInput } from '../model/selection.js';
import { openRevision, type Snapshot } from '../model/snapshot.js';
import { loadSeed, type Seed } from '../publish/seed.js';
import { Timeline } from '../store/timeline.js';

/** The answer to a selection without a service, in the form of `GET /requirements`. */
export interface OfflineAnswer extends Omit<RequirementListShape, 'asOf'> {
  /** The revision that last altered it; `null` where no history ships. */
  readonly asOf: RequirementListShape['asOf'] | null;
}

/**
 * The requirements of a selection, as a service gives them that begins `now` with a catalog and the history that ships
 * with it.
 *
 * @param at a revision of that history, or an instant; `undefined` for what is served now.
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
  if (seed === undefined) {
    if (at !== undefined)
      throw new DomainError('unknown-revision', `There is nothing to answer for "${at}": no history ships.`);
    const { product, requirements, coverage } = requirementList(withoutList(loaded), selection);
    return { product, asOf: null, selection, requirements, coverage };
  }
  const { timeline, served } = servedFrom(seed, now);
  return requirementList(moment === undefined ? served : timeline.snapshotAt(served, moment), selection);
}

/** What a service serves that begins now with a history: all of it, then what the clock makes of its newest. */
function servedFrom(seed: Seed, now: Date): { readonly timeline: Timeline; readonly served: Snapshot } {
  const newest = seed.at(-1)!;
  const due = dueAt(newest.content, now);
  const served = due === undefined ? newest : { revision: followOf(newest, due, now), content: due };
  const timeline = new Timeline(() => now);
  for (const { revision, content } of due === undefined ? seed : [...seed, served]) {
    timeline.chronicle.append(revision, content);
  }
  return { timeline, served: timeline.open(served.revision, served.content) };
}

function followOf({ revision }: HistoryEntry, content: HistoryEntry['content'], now: Date): HistoryEntry['revision'] {
  return {
    ...revision,
    revision: revision.revision + 1,
    digest: digestOf(content),
    publishedAt: publicationInstant(now, revision),
    previous: revision.revision,
    cause: 'clock',
    by: null,
    note: null,
  };
}

/** A catalog by itself. Nothing of its revision is shown. */
function withoutList({ catalog, sha256 }: LoadedCatalog): Snapshot {
  const content = { catalog, listedHosts: [], addresses: [] };
  return openRevision(
    {
      revision: 1,
      digest: digestOf(content),
      publishedAt: new Date(0).toISOString(),
      previous: null,
      cause: 'catalog',
      by: null,
      note: null,
      upstream: null,
      catalog: { sha256 },
    },
    content,
  );
}

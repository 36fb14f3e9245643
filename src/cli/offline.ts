import { findCatalog, loadCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import { catalogAt } from '../model/catalog-at.js';
import { dueAt } from '../model/due.js';
import { DomainError, type Fault } from '../model/error.js';
import { parseMoment } from '../model/moment.js';
import { digestOf, publicationInstant, type HistoryEntry } from '../model/revision.js';
import { openRevision, type Snapshot } from '../model/snapshot.js';
import { loadSeed, type Seed } from '../publish/seed.js';
import { Timeline } from '../store/timeline.js';

/** What can be answered without a service. */
export interface Offline {
  readonly snapshot: Snapshot;
  /** Whether a history ships with the catalog; without one nothing is known of addresses or revisions. */
  readonly isListed: boolean;
  /** What is wrong with the moment that was asked for. */
  readonly faults: readonly Fault[];
}

/**
 * What a service serves that begins `now` with a catalog and the history that ships with it.
 *
 * @param at a revision of that history, or an instant; `undefined` for what is served now.
 * @throws DomainError `unknown-revision`; CatalogError.
 */
export async function offline(location: string, at: string | undefined, now: Date): Promise<Offline> {
  const file = await findCatalog(location);
  const read = await loadCatalog(file);
  const loaded = { ...read, catalog: catalogAt(read.catalog, now) };
  const seed = await loadSeed(file, loaded);
  const moment = at === undefined ? undefined : parseMoment(at, now);
  if (seed === undefined) {
    if (moment !== undefined && !('code' in moment))
      throw new DomainError('unknown-revision', `There is nothing to answer for "${at}": no history ships.`);
    return { snapshot: withoutList(loaded), isListed: false, faults: moment === undefined ? [] : [moment] };
  }
  const { timeline, served } = servedFrom(seed, now);
  if (moment === undefined) return { snapshot: served, isListed: true, faults: [] };
  if ('code' in moment) return { snapshot: served, isListed: true, faults: [moment] };
  return { snapshot: timeline.snapshotAt(served, moment), isListed: true, faults: [] };
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

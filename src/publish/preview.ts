import { doubtsOf } from '../catalog/doubts.js';
import { CatalogError, wholeFile, type CatalogFault } from '../catalog/fault.js';
import { readPromising } from '../catalog/read.js';
import { catalogAt } from '../model/catalog-at.js';
import type { Change } from '../model/change.js';
import { diff } from '../model/diff.js';
import { checkPromises } from '../model/promise.js';
import { publicationInstant, type Content } from '../model/revision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Current } from '../store/current.js';

/** What would come of a catalog if it were published now. */
export interface Preview {
  /** Empty where it loads. */
  readonly errors: readonly CatalogFault[];
  readonly doubts: readonly string[];
  /** Empty where it cannot be read so far. */
  readonly promises: readonly { readonly text: string; readonly holds: boolean }[];
  /** From what is served, as the next revision would have them; none where nothing is served, or it cannot be read. */
  readonly changes: readonly Change[];
}

const NOTHING = { doubts: [], promises: [], changes: [] } as const;

/** Tries catalogs out. Nothing is published by it. */
export class CatalogPreview {
  constructor(
    /** What the catalog is called in errors. */
    private readonly file: string,
    private readonly current: Current,
    /** The instant up to which dates may be acted on. */
    private readonly due: () => Date,
  ) {}

  of(bytes: Uint8Array): Preview {
    try {
      return this.#of(bytes);
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      return { ...NOTHING, errors: error.faults };
    }
  }

  #of(bytes: Uint8Array): Preview {
    const { catalog, broken } = readPromising(this.file, bytes);
    const served = this.current.snapshot;
    if (served !== undefined && served.catalog.product !== catalog.product) {
      const message = `The product cannot change from "${served.catalog.product}" while it is served.`;
      throw wholeFile(this.file, message, '/product');
    }
    const now = this.due();
    return {
      errors: broken,
      doubts: doubtsOf(catalog, served?.listedHosts, now),
      promises: checkPromises(catalog).map(({ promise, brokenBy }) => ({
        text: promise.text,
        holds: brokenBy.length === 0,
      })),
      changes: served === undefined ? [] : changesFrom(served, { ...served, catalog: catalogAt(catalog, now) }, now),
    };
  }
}

/** As the next revision would have them. */
function changesFrom(served: Snapshot, content: Content, now: Date): Change[] {
  const publishedAt = publicationInstant(now, served.revision);
  const revision = served.revision.revision + 1;
  return diff(served, content, publishedAt).map((difference, i) => ({
    id: `${revision}-${i + 1}`,
    revision,
    publishedAt,
    ...difference,
  }));
}

import { CatalogError, wholeFile, type CatalogFault } from '../catalog/fault.js';
import { findCatalog, loadCatalog, watchCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import type { Current } from '../store/current.js';
import { loadSeed, type Seed } from './seed.js';

/** How a catalog last failed to load. */
export interface CatalogFailure {
  readonly at: string;
  readonly message: string;
  readonly faults: readonly CatalogFault[];
}

/** A catalog with the history that ships with it, where it names one; no date of either has acted. */
export interface Loaded extends LoadedCatalog {
  readonly seed: Seed | undefined;
}

/** The catalog's file, wherever the setting says that it is. A broken edit keeps the last good catalog. */
export class CatalogFile {
  #path: string;
  #loaded: Loaded | undefined;
  #loadedAt: string | null = null;
  #lastError: CatalogFailure | null = null;

  constructor(
    /** The file, or the folder that it is in. */
    private readonly location: string,
    private readonly current: Current,
    /** Whether a setting says where the list is. */
    private readonly hasUpstreamUrl: boolean,
    private readonly now: () => Date,
  ) {
    this.#path = location;
  }

  /** Where the file was found last; the setting's word as long as none was. */
  get path(): string {
    return this.#path;
  }

  /** The catalog in use; `undefined` where none could be loaded and the store's is served. */
  get loaded(): Loaded | undefined {
    return this.#loaded;
  }

  get loadedAt(): string | null {
    return this.#loadedAt;
  }

  get lastError(): CatalogFailure | null {
    return this.#lastError;
  }

  /**
   * Reads the file and what it names.
   *
   * @throws CatalogError, which is kept for the status; the catalog in use stays.
   */
  async load(): Promise<Loaded> {
    try {
      this.#path = await findCatalog(this.location);
      const catalog = await loadCatalog(this.#path);
      this.#check(catalog);
      this.#loaded = { ...catalog, seed: await seedOf(this.#path, catalog) };
      this.#loadedAt = this.now().toISOString();
      this.#lastError = null;
      return this.#loaded;
    } catch (error) {
      this.#lastError = failureOf(error, this.now());
      throw error;
    }
  }

  /** Tells of changes until the signal aborts; in a folder, also of another file that takes the place of the first. */
  watch(everyMs: number, signal: AbortSignal, changed: () => void): void {
    watchCatalog(this.location, everyMs, signal, changed);
    let watched = this.location;
    let moved = new AbortController();
    const follow = setInterval(() => {
      if (this.#path === watched) return;
      moved.abort();
      moved = new AbortController();
      watched = this.#path;
      if (watched === this.location) return;
      watchCatalog(watched, everyMs, AbortSignal.any([signal, moved.signal]), changed);
      // It may have been edited between the reading and the watching.
      changed();
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(follow), { once: true });
  }

  #check({ catalog }: LoadedCatalog): void {
    const served = this.current.snapshot?.catalog.product ?? catalog.product;
    if (catalog.product !== served) {
      const message = `The product cannot change from "${served}" while it is served. Restart for that.`;
      throw wholeFile(this.#path, message, '/product');
    }
    if (catalog.upstream?.url === null && !this.hasUpstreamUrl) {
      throw wholeFile(this.#path, 'The list has no url, and UPSTREAM_URL is not set. Set one of them.', '/upstream');
    }
  }
}

/** A failure as the status has it. */
export function failureOf(error: unknown, now: Date): CatalogFailure {
  return {
    at: now.toISOString(),
    message: error instanceof Error ? error.message : String(error),
    faults: error instanceof CatalogError ? error.faults : [],
  };
}

async function seedOf(file: string, catalog: LoadedCatalog): Promise<Seed | undefined> {
  try {
    return await loadSeed(file, catalog);
  } catch (error) {
    throw wholeFile(file, error instanceof Error ? error.message : String(error), '/upstream/seed');
  }
}

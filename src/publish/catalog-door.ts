import type { Logger } from 'pino';
import { CatalogError, wholeFile, type CatalogFault } from '../catalog/fault.js';
import { loadCatalog, watchCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import { catalogAt } from '../model/catalog-at.js';
import { differs } from '../model/revision.js';
import type { Current } from '../store/current.js';
import type { Draft, Publisher } from './publisher.js';
import { isBundled, loadSeed, seedAfter, type Seed } from './seed.js';

/** How a catalog last failed to load. */
export interface CatalogFailure {
  readonly at: string;
  readonly message: string;
  readonly faults: readonly CatalogFault[];
}

/** A catalog with the history that ships with it, where it names one. */
export interface Loaded extends LoadedCatalog {
  readonly seed: Seed | undefined;
}

/** Where catalogs come in: at start, and whenever the file changes. A broken edit keeps the last good one. */
export class CatalogDoor {
  #loaded: Loaded | undefined;
  #loadedAt: string | null = null;
  #loadError: CatalogFailure | null = null;
  #publishError: CatalogFailure | null = null;
  #isPublished = true;
  #turns: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly publisher: Publisher,
    private readonly current: Current,
    /** Whether a setting says where the list is. */
    private readonly hasUpstreamUrl: boolean,
    private readonly now: () => Date,
    /** The instant up to which dates may be acted on. */
    private readonly due: () => Date,
    private readonly log: Logger,
  ) {}

  /** The catalog in use; `undefined` where none could be loaded and the store's is served. */
  get loaded(): Loaded | undefined {
    return this.#loaded;
  }

  get loadedAt(): string | null {
    return this.#loadedAt;
  }

  get lastError(): CatalogFailure | null {
    return this.#loadError ?? this.#publishError;
  }

  /**
   * Reads the file and what it names.
   *
   * @throws CatalogError, which is kept for the status; the catalog in use stays.
   */
  async load(): Promise<Loaded> {
    try {
      const catalog = await loadCatalog(this.file);
      const served = this.current.snapshot?.catalog.product ?? catalog.catalog.product;
      if (catalog.catalog.product !== served) {
        const message = `The product cannot change from "${served}" while it is served. Restart for that.`;
        throw wholeFile(this.file, message, '/product');
      }
      if (catalog.catalog.upstream?.url === null && !this.hasUpstreamUrl) {
        throw wholeFile(this.file, 'The list has no url, and UPSTREAM_URL is not set. Set one of them.', '/upstream');
      }
      this.#loaded = {
        ...catalog,
        seed: await seedOf(this.file, { ...catalog, catalog: catalogAt(catalog.catalog, this.due()) }),
      };
      this.#loadedAt = this.now().toISOString();
      this.#isPublished = false;
      this.#loadError = null;
      return this.#loaded;
    } catch (error) {
      this.#loadError = this.#failure(error);
      throw error;
    }
  }

  /**
   * Makes the loaded catalog what is served, as its dates have it by now. Addresses are those of the head; while those
   * came with a catalog, the history that ships goes on first. A catalog whose addresses are published, and of which
   * there are none yet, waits for its first list.
   */
  async publish(): Promise<void> {
    try {
      await this.#publish();
      this.#publishError = null;
    } catch (error) {
      this.#publishError = this.#failure(error);
      throw error;
    }
  }

  async #publish(): Promise<void> {
    if (this.#loaded === undefined) return;
    const { sha256, seed } = this.#loaded;
    const due = this.due();
    const catalog = catalogAt(this.#loaded.catalog, due);
    if (seed !== undefined) await this.#publishSeed(catalog.product, seed);
    let waits = false;
    const published = await this.publisher.publish(catalog.product, (head): Draft | undefined => {
      const addresses = head?.addresses ?? [];
      waits = addresses.length === 0 && catalog.endpoints.some((endpoint) => endpoint.published);
      const content = { catalog, listedHosts: head?.listedHosts ?? [], addresses };
      // What the clock alone makes of the head is for the clock to publish, with all else that is due.
      const isOfTheClock = head !== undefined && !differs({ ...head, catalog: catalogAt(head.catalog, due) }, content);
      if (waits || isOfTheClock) return undefined;
      return {
        content,
        cause: 'catalog',
        by: null,
        note: null,
        upstream: head?.revision.upstream ?? null,
        catalog: { sha256 },
      };
    });
    this.#isPublished = !waits;
    if (published !== undefined) {
      this.log.info({ revision: published.revision.revision }, 'the catalog made a new revision');
    }
  }

  /** One revision after another: a start that is killed on the way goes on at the next. */
  async #publishSeed(product: string, seed: Seed): Promise<void> {
    const head = this.current.snapshot?.revision;
    if (!isBundled(head)) return;
    for (const { revision, content } of seedAfter(seed, head)) {
      const { publishedAt, cause, by, note, upstream, catalog } = revision;
      const draft: Draft = { content, cause, by, note, upstream, catalog };
      await this.publisher.publish(product, (served) => {
        if (!isBundled(served?.revision)) return undefined;
        const isLater = served === undefined || publishedAt > served.revision.publishedAt;
        // After a revision of a later time it is news of today.
        return isLater ? { ...draft, publishedAt } : draft;
      });
    }
  }

  /** Takes up changes of the file until the signal aborts, and tries again what could not be published yet. */
  watch(everyMs: number, signal: AbortSignal): void {
    const take = (step: () => Promise<unknown>) => {
      const before = this.lastError?.message;
      this.#turns = this.#turns.then(step).then(
        () => undefined,
        () => {
          const reason = this.lastError?.message;
          // A retry that fails as before is not worth another line.
          if (reason !== before)
            this.log.error({ reason }, 'the catalog was not taken; what was served before still is');
        },
      );
    };
    watchCatalog(this.file, everyMs, signal, () => take(() => this.load().then(() => this.publish())));
    const retries = setInterval(() => {
      if (!this.#isPublished) take(() => this.publish());
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(retries), { once: true });
  }

  #failure(error: unknown): CatalogFailure {
    return {
      at: this.now().toISOString(),
      message: error instanceof Error ? error.message : String(error),
      faults: error instanceof CatalogError ? error.faults : [],
    };
  }
}

async function seedOf(file: string, catalog: LoadedCatalog): Promise<Seed | undefined> {
  try {
    return await loadSeed(file, catalog);
  } catch (error) {
    throw wholeFile(file, error instanceof Error ? error.message : String(error), '/upstream/seed');
  }
}

import type { Logger } from 'pino';
import { CatalogError, wholeFile, type CatalogFault } from '../catalog/fault.js';
import { loadCatalog, watchCatalog } from '../catalog/file.js';
import type { LoadedCatalog } from '../catalog/read.js';
import { judge } from '../model/guard.js';
import { DEFAULT_LIMITS } from '../model/catalog.js';
import type { Current } from '../store/current.js';
import { findSeed, readSeed, type Seed } from '../upstream/seed.js';
import type { Draft, Publisher } from './publisher.js';

/** How a catalog last failed to load. */
export interface CatalogFailure {
  readonly at: string;
  readonly message: string;
  readonly faults: readonly CatalogFault[];
}

/** A catalog with the list that ships with it, where it names one. */
export interface Loaded extends LoadedCatalog {
  readonly seed: Seed | undefined;
}

/** Where catalogs come in: at start, and whenever the file changes. A broken edit keeps the last good one. */
export class CatalogDoor {
  #loaded: Loaded | undefined;
  #loadedAt: string | null = null;
  #lastError: CatalogFailure | null = null;
  #reloads: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly publisher: Publisher,
    private readonly current: Current,
    private readonly now: () => Date,
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
    return this.#lastError;
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
      this.#loaded = { ...catalog, seed: await this.#readSeed(catalog) };
      this.#loadedAt = this.now().toISOString();
      this.#lastError = null;
      return this.#loaded;
    } catch (error) {
      this.#lastError = {
        at: this.now().toISOString(),
        message: error instanceof Error ? error.message : String(error),
        faults: error instanceof CatalogError ? error.faults : [],
      };
      throw error;
    }
  }

  /**
   * Makes the loaded catalog what is served. Addresses are those of the head. Before any was accepted from upstream
   * they are the list that ships; a catalog without one, whose addresses are published, waits for its first list.
   */
  async publish(acceptedBefore: boolean): Promise<void> {
    if (this.#loaded === undefined) return;
    const { catalog, sha256, seed } = this.#loaded;
    const why = { by: null, catalog: { sha256 } };
    const published = await this.publisher.publish(catalog.product, (head): Draft | undefined => {
      if (seed !== undefined && (head === undefined || !acceptedBefore)) {
        return {
          ...why,
          content: { catalog, listedHosts: seed.list.hosts, addresses: seed.addresses },
          cause: head === undefined ? 'import' : 'catalog',
          note: `The addresses are the list that ships with the catalog, published upstream at ${seed.committedAt}.`,
          upstream: { url: catalog.upstream?.url ?? '', sha256: seed.sha256, fetchedAt: seed.committedAt },
        };
      }
      if (head === undefined && catalog.endpoints.some((endpoint) => endpoint.published)) return undefined;
      return {
        ...why,
        content: { catalog, listedHosts: head?.listedHosts ?? [], addresses: head?.addresses ?? [] },
        cause: 'catalog',
        note: null,
        upstream: head?.revision.upstream ?? null,
      };
    });
    if (published !== undefined) {
      this.log.info({ revision: published.revision.revision }, 'the catalog made a new revision');
    }
  }

  /** Takes up changes of the file until the signal aborts. */
  watch(everyMs: number, signal: AbortSignal, acceptedBefore: () => boolean): void {
    watchCatalog(this.file, everyMs, signal, () => {
      this.#reloads = this.#reloads.then(() => this.#reload(acceptedBefore()));
    });
  }

  async #reload(acceptedBefore: boolean): Promise<void> {
    try {
      await this.load();
      await this.publish(acceptedBefore);
    } catch (error) {
      this.log.error({ err: error }, 'the changed catalog was not taken; the last good one is served');
    }
  }

  async #readSeed({ catalog }: LoadedCatalog): Promise<Seed | undefined> {
    const name = catalog.upstream?.seed ?? null;
    if (name === null) return undefined;
    const file = await findSeed(this.file, name);
    const refuse = (message: string) => wholeFile(this.file, message, '/upstream/seed');
    if (file === undefined) throw refuse(`There is no file "${name}" beside the catalog or among those that ship.`);
    let seed: Seed;
    try {
      seed = await readSeed(file);
    } catch (error) {
      throw refuse(`"${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    const verdict = judge([], seed.list, catalog, catalog.upstream?.limits ?? DEFAULT_LIMITS);
    if (verdict.verdict === 'reject') throw refuse(`"${name}" cannot be served: ${verdict.detail}`);
    return seed;
  }
}

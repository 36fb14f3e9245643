import type { Logger } from 'pino';
import { catalogAt } from '../model/catalog-at.js';
import { differs } from '../model/revision.js';
import { failureOf, type CatalogFailure, type CatalogFile, type Loaded } from './catalog-file.js';
import type { Draft, Publisher } from './publisher.js';
import type { Seeding } from './seeding.js';
import type { TrustedClock } from './trusted-clock.js';

/** Where catalogs come in: at start, and whenever the file changes. */
export class CatalogDoor {
  #lastError: CatalogFailure | null = null;
  #published: Loaded | undefined;
  #turns: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: CatalogFile,
    private readonly seeding: Seeding,
    private readonly publisher: Publisher,
    private readonly clock: TrustedClock,
    private readonly now: () => Date,
    private readonly log: Logger,
  ) {}

  /** How the file last failed to load, or else what was loaded to be published. */
  get lastError(): CatalogFailure | null {
    return this.file.lastError ?? this.#lastError;
  }

  /**
   * Makes the loaded catalog what is served, as its dates have it by now. Addresses are those of the head; while those
   * came with a catalog, the history that ships goes on first. A catalog whose addresses are published, and of which
   * there are none yet, waits for its first list.
   */
  async publish(): Promise<void> {
    try {
      await this.#publish();
      this.#lastError = null;
    } catch (error) {
      this.#lastError = failureOf(error, this.now());
      throw error;
    }
  }

  async #publish(): Promise<void> {
    const { loaded } = this.file;
    if (loaded === undefined) return;
    const { sha256, seed } = loaded;
    const due = this.clock.due();
    const catalog = catalogAt(loaded.catalog, due);
    if (seed !== undefined && (await this.seeding.publish(catalog.product, seed, due))) this.clock.hasActed(due);
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
    this.#published = waits ? undefined : loaded;
    if (published !== undefined) {
      this.clock.hasActed(due);
      this.log.info({ revision: published.revision.revision }, 'the catalog made a new revision');
    }
  }

  /** Takes up changes of the file until the signal aborts, and tries again what could not be published yet. */
  watch(everyMs: number, signal: AbortSignal): void {
    this.file.watch(everyMs, signal, () => this.#take(() => this.file.load().then(() => this.publish())));
    const retries = setInterval(() => {
      if (this.#published !== this.file.loaded) this.#take(() => this.publish());
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(retries), { once: true });
  }

  #take(step: () => Promise<unknown>): void {
    const before = this.lastError?.message;
    this.#turns = this.#turns.then(step).then(
      () => undefined,
      () => {
        const reason = this.lastError?.message;
        // A retry that fails as before is not worth another line.
        if (reason !== before) this.log.error({ reason }, 'the catalog was not taken; what was served before still is');
      },
    );
  }
}

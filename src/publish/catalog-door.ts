import type { Logger } from 'pino';
import { catalogAt } from '../model/catalog-at.js';
import { judgeCatalog, type CatalogDoubt } from '../model/guard/catalog-edit.js';
import { differs } from '../model/revision.js';
import { failureOf, type CatalogFailure, type CatalogFile, type Loaded } from './catalog-file.js';
import type { Decisions } from './decisions.js';
import type { Draft, Publisher } from './publisher.js';
import type { Seeding } from './seeding.js';
import type { TrustedClock } from './trusted-clock.js';

/** An edit that is doubted, and so waits for an operator. `offeredAt` is RFC 3339 UTC. */
export interface HeldCatalog extends CatalogDoubt {
  /** Of the file. */
  readonly digest: string;
  readonly offeredAt: string;
}

/** Where catalogs come in: at start, and whenever the file changes. */
export class CatalogDoor {
  #lastError: CatalogFailure | null = null;
  #published: Loaded | undefined;
  #held: HeldCatalog | null = null;
  #turns: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(
    private readonly file: CatalogFile,
    private readonly seeding: Seeding,
    private readonly publisher: Publisher,
    private readonly clock: TrustedClock,
    private readonly decisions: Decisions,
    private readonly now: () => Date,
    private readonly log: Logger,
  ) {}

  /** How the file last failed to load, or else what was loaded to be published. */
  get lastError(): CatalogFailure | null {
    return this.file.lastError ?? this.#lastError;
  }

  /** The edit that is doubted, while the catalog of before is served; `null` where none is. */
  get held(): HeldCatalog | null {
    return this.#held;
  }

  /**
   * Makes the loaded catalog what is served, as its dates have it by now. Addresses are those of the head; while those
   * came with a catalog, the history that ships goes on first. A catalog whose addresses are published, and of which
   * there are none yet, waits for its first list.
   *
   * @returns what came of it.
   */
  async publish(): Promise<'served' | 'held' | 'pinned' | 'waiting'> {
    // Until it is done, it is tried again.
    this.#published = undefined;
    try {
      const outcome = await this.#publish();
      this.#lastError = null;
      return outcome;
    } catch (error) {
      this.#lastError = failureOf(error, this.now());
      throw error;
    }
  }

  async #publish(): Promise<'served' | 'held' | 'pinned' | 'waiting'> {
    const { loaded } = this.file;
    if (loaded === undefined) return 'waiting';
    const { sha256, seed } = loaded;
    const due = this.clock.due();
    const catalog = catalogAt(loaded.catalog, due);
    if (seed !== undefined && (await this.seeding.publish(catalog.product, seed, due))) this.clock.hasActed(due);
    let waits = false;
    let doubt: CatalogDoubt | null = null;
    const digest = `sha256-${sha256}`;
    const { approved, rejected } = this.decisions.inForce();
    const approval = approved.get(digest);
    const published = await this.publisher.publish(catalog.product, (head): Draft | undefined => {
      const addresses = head?.addresses ?? [];
      waits = addresses.length === 0 && catalog.endpoints.some((endpoint) => endpoint.published);
      const content = { catalog, listedHosts: head?.listedHosts ?? [], addresses };
      // What the clock alone makes of the head is for the clock to publish, with all else that is due.
      const isOfTheClock = head !== undefined && !differs({ ...head, catalog: catalogAt(head.catalog, due) }, content);
      if (waits || isOfTheClock) return undefined;
      doubt =
        head === undefined || approval !== undefined ? null : judgeCatalog(head.catalog, catalog, rejected.get(digest));
      if (doubt !== null) return undefined;
      return {
        content,
        cause: 'catalog',
        by: approval?.by ?? null,
        note: approval?.note ?? null,
        upstream: head?.revision.upstream ?? null,
        catalog: { sha256 },
      };
    });
    // What is kept back by a pin is tried again when that ends.
    const isPinned = this.decisions.inForce().pin !== null;
    if (!waits && !isPinned) this.#published = loaded;
    this.#hold(digest, doubt);
    if (published !== undefined) {
      this.clock.hasActed(due);
      this.log.info({ revision: published.revision.revision }, 'the catalog made a new revision');
    }
    return isPinned ? 'pinned' : this.#held !== null ? 'held' : waits ? 'waiting' : 'served';
  }

  #hold(digest: string, doubt: CatalogDoubt | null): void {
    const isSame = this.#held?.digest === digest;
    const offeredAt = isSame ? this.#held!.offeredAt : this.now().toISOString();
    this.#held = doubt && { digest, ...doubt, offeredAt };
    if (doubt !== null && !isSame)
      this.log.warn({ digest, reason: doubt.reason }, `the catalog is held: ${doubt.detail}`);
  }

  /** Takes up changes of the file until the signal aborts, and tries again what could not be published yet. */
  watch(everyMs: number, signal: AbortSignal): void {
    this.file.watch(everyMs, signal, () => this.#take(() => this.file.load().then(() => this.publish())));
    const retries = setInterval(() => {
      const isDone = this.#published === this.file.loaded;
      if (!isDone && this.#waiting === 0) this.#take(() => this.publish());
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(retries), { once: true });
  }

  #take(step: () => Promise<unknown>): void {
    const before = this.lastError?.message;
    this.#waiting++;
    this.#turns = this.#turns
      .then(step)
      .then(
        () => undefined,
        () => {
          const reason = this.lastError?.message;
          // A retry that fails as before is not worth another line.
          if (reason !== before)
            this.log.error({ reason }, 'the catalog was not taken; what was served before still is');
        },
      )
      .finally(() => this.#waiting--);
  }
}

import type { HistoryEntry } from '../model/revision.js';
import { StoreDamaged } from './content.js';
import { Copy, copyFileOf } from './copy.js';
import type { History } from './history.js';

/** How a copy stands, for people. */
export type CopyNews =
  | { readonly kind: 'behind'; readonly file: string; readonly error: unknown }
  | { readonly kind: 'complete'; readonly file: string };

/**
 * The copies of a store, one a product. They follow what is published. What cannot be written is told once, and tried
 * again: the store has it, and what it publishes does not wait for a copy.
 */
export class Copies {
  readonly #copies = new Map<string, Copy>();
  /** With why. */
  readonly #behind = new Map<Copy, unknown>();
  #turns: Promise<unknown> = Promise.resolve();
  #tell: (news: CopyNews) => void = () => undefined;

  constructor(
    private readonly store: string,
    private readonly history: History,
  ) {
    history.followBy((entries) => this.#inTurn(() => this.#follow(entries)));
  }

  /** Says who is told where a copy falls behind, and where it has all again. */
  tellBy(tell: (news: CopyNews) => void): void {
    this.#tell = tell;
    for (const [{ file }, error] of this.#behind) tell({ kind: 'behind', file, error });
  }

  of(product: string): Copy {
    const known = this.#copies.get(product);
    if (known !== undefined) return known;
    const copy = new Copy(copyFileOf(this.store, product), product, this.history);
    this.#copies.set(product, copy);
    return copy;
  }

  /** Completes the copies of all that the store has. */
  completeAll(): Promise<void> {
    return this.#inTurn(async () => {
      for (const product of await this.history.products()) {
        const copy = this.of(product);
        await this.#attempt(copy, () => copy.complete());
      }
    });
  }

  /** Writes a copy anew, whole. */
  rewrite(product: string): Promise<void> {
    return this.#inTurn(() => this.#attempt(this.of(product), () => this.of(product).rewrite()));
  }

  /** Tries again, every so often, what could not be written. */
  keepTrying(everyMs: number, signal: AbortSignal): void {
    const retries = setInterval(() => {
      if (this.#behind.size > 0) void this.#inTurn(() => this.#completeBehind());
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(retries), { once: true });
  }

  /** Resolves once what was begun is done. */
  async settled(): Promise<void> {
    await this.#turns;
  }

  async #follow(entries: readonly HistoryEntry[]): Promise<void> {
    const product = entries[0]?.content.catalog.product;
    if (product === undefined) return;
    const copy = this.of(product);
    await this.#attempt(copy, () => copy.follow(entries));
  }

  async #completeBehind(): Promise<void> {
    for (const [copy, error] of this.#behind) {
      // Of a damaged store there is no whole copy to be made.
      if (!(error instanceof StoreDamaged)) await this.#attempt(copy, () => copy.complete());
    }
  }

  async #attempt(copy: Copy, work: () => Promise<void>): Promise<void> {
    const wasBehind = this.#behind.has(copy);
    try {
      await work();
      this.#behind.delete(copy);
      if (wasBehind) this.#tell({ kind: 'complete', file: copy.file });
    } catch (error) {
      this.#behind.set(copy, error);
      if (!wasBehind) this.#tell({ kind: 'behind', file: copy.file, error });
    }
  }

  /** One after another, because they write one file. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }
}

import { inForce, type Decision, type InForce } from '../model/decision.js';
import { DecisionCopy } from '../store/decision-copy.js';
import type { History } from '../store/history.js';

/** What operators decided, from the store, and what of it holds now. */
export class Decisions {
  #product: string | undefined;
  #all: readonly Decision[] = [];
  #copy: DecisionCopy | null = null;

  constructor(
    private readonly history: History,
    private readonly now: () => Date,
    /** The store's file; `null` for one in memory, beside which there is nothing. */
    private readonly store: string | null = null,
  ) {}

  /** Every decision there ever was, oldest first. */
  get all(): readonly Decision[] {
    return this.#all;
  }

  inForce(): InForce {
    return inForce(this.#all, this.now());
  }

  /**
   * Remembers from the store, and from the copy beside it what the store has lost, or has damaged.
   *
   * @returns how many decisions were mended, in either.
   * @throws DecisionsDamaged where a decision is whole in neither.
   */
  async restore(product: string): Promise<number> {
    this.#product = product;
    const file = this.store === null ? null : `${this.store}.${product}.decisions.json`;
    this.#copy = file === null ? null : new DecisionCopy(file);
    const stored = await this.history.notes.decisions(product);
    const copied = (await this.#copy?.read()) ?? [];
    const all: Decision[] = [];
    let mended = 0;
    for (let i = 0; i < Math.max(stored.length, copied.length); i++) {
      const decision = stored[i] ?? copied[i];
      if (decision === undefined) throw new DecisionsDamaged(i + 1, this.store, file);
      if (stored[i] === undefined) mended++;
      all.push(decision);
    }
    if (mended > 0) await this.history.notes.mendDecisions(product, all);
    this.#all = all;
    // What a start finds wrong beside the store is written anew with the next decision at the latest.
    if (copied.length < all.length) await this.#copy?.write(all).catch(() => undefined);
    return mended;
  }

  /**
   * Takes down a decision: it holds as soon as it is in the store.
   *
   * @returns why it could not be written beside the store too; `null` where it was.
   */
  async take(decision: Omit<Decision, 'at'>): Promise<unknown> {
    const taken = { ...decision, at: this.now().toISOString() };
    await this.history.notes.decide(this.#product!, this.#all.length + 1, taken);
    this.#all = [...this.#all, taken];
    try {
      await this.#copy?.write(this.#all);
      return null;
    } catch (error) {
      return error;
    }
  }
}

/** What an operator decided cannot be read any more: it may be that something was revoked. */
export class DecisionsDamaged extends Error {
  constructor(number: number, store: string | null, copy: string | null) {
    super(
      `What operators decided is damaged in the store ${store}: decision ${number} does not fit its checksum, and ${copy} ` +
        'does not have it. It may keep an address off, so nothing is served. Restore both from a backup; or, to begin again ' +
        'from the list that ships, move the store and all that stands beside it away.',
    );
    this.name = 'DecisionsDamaged';
  }
}

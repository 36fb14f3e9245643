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
   * Remembers from the store, and from the copy what a store that was made anew has lost.
   *
   * @returns how many decisions were lost, and are there again.
   */
  async restore(product: string): Promise<number> {
    this.#product = product;
    this.#copy = this.store === null ? null : new DecisionCopy(`${this.store}.${product}.decisions.json`);
    const stored = await this.history.notes.decisions(product);
    const lost = ((await this.#copy?.read()) ?? []).slice(stored.length);
    for (const [i, decision] of lost.entries())
      await this.history.notes.decide(product, stored.length + i + 1, decision);
    this.#all = [...stored, ...lost];
    return lost.length;
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

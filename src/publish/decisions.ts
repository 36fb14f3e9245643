import { inForce, type Decision, type InForce } from '../model/decision.js';
import type { History } from '../store/history.js';

/** What operators decided, from the store, and what of it holds now. */
export class Decisions {
  #product: string | undefined;
  #all: readonly Decision[] = [];

  constructor(
    private readonly history: History,
    private readonly now: () => Date,
  ) {}

  /** Every decision there ever was, oldest first. */
  get all(): readonly Decision[] {
    return this.#all;
  }

  inForce(): InForce {
    return inForce(this.#all, this.now());
  }

  /** Remembers from the store. */
  async restore(product: string): Promise<void> {
    this.#product = product;
    this.#all = await this.history.decisions(product);
  }

  /** Takes down a decision: it holds as soon as it is in the store. */
  async take(decision: Omit<Decision, 'at'>): Promise<Decision> {
    const taken = { ...decision, at: this.now().toISOString() };
    await this.history.decide(this.#product!, this.#all.length + 1, taken);
    this.#all = [...this.#all, taken];
    return taken;
  }
}

import { Mutex } from 'async-mutex';
import { inForce, type Decision, type InForce } from '../model/decision.js';
import { DecisionCopy } from '../store/decision-copy.js';
import type { History } from '../store/history.js';

/** What operators decided, from the store, and what of it holds now. */
export class Decisions {
  #product: string | undefined;
  #all: readonly Decision[] = [];
  #copy: DecisionCopy | null = null;
  /** The decisions that the copy has. */
  #copied: readonly Decision[] = this.#all;
  readonly #turns = new Mutex();

  constructor(
    private readonly history: History,
    private readonly now: () => Date,
    /** The store's file; `null` for one in memory, beside which there is nothing. */
    private readonly store: string | null = null,
    /** The instant up to which dates may be acted on: what ends by itself ends by it. */
    private readonly due: () => Date = now,
  ) {}

  /** Every decision there ever was, oldest first: another list once there is one more. */
  get all(): readonly Decision[] {
    return this.#all;
  }

  inForce(): InForce {
    return inForce(this.#all, this.due());
  }

  /**
   * Remembers from the store, and from the copy beside it what the store has lost, or has damaged.
   *
   * @returns what was mended, in sentences for people.
   * @throws DecisionsDamaged where a decision is whole in neither.
   */
  async restore(product: string): Promise<readonly string[]> {
    this.#product = product;
    const file = this.store === null ? null : `${this.store}.${product}.decisions.json`;
    this.#copy = file === null ? null : new DecisionCopy(file);
    const stored = await this.history.notes.decisions(product);
    const copied = this.#copy === null ? [] : await this.#copy.read();
    const all: Decision[] = [];
    let lost = 0;
    for (let i = 0; i < Math.max(stored.length, copied?.length ?? 0); i++) {
      const decision = stored[i] ?? copied?.[i];
      if (decision === undefined) throw new DecisionsDamaged(i + 1, this.store, file);
      if (stored[i] === undefined) lost++;
      all.push(decision);
    }
    if (lost > 0) await this.history.notes.mendDecisions(product, all);
    this.#all = all;
    this.#copied = copied?.length === all.length ? all : [];
    return [
      ...(lost > 0
        ? [`Of what operators decided, ${lost} were not whole in the store: they are taken from ${file}.`]
        : []),
      ...(copied === null ? [`${file} was damaged, and is written anew.`] : []),
    ];
  }

  /**
   * Takes down a decision: it holds as soon as it is in the store.
   *
   * @returns why it could not be written beside the store too; `null` where it was.
   */
  take(decision: Omit<Decision, 'at'>): Promise<unknown> {
    return this.#turns.runExclusive(async () => {
      const taken = { ...decision, at: this.now().toISOString() };
      await this.history.notes.decide(this.#product!, this.#all.length + 1, taken);
      this.#all = [...this.#all, taken];
      return this.#complete().then(
        () => null,
        (error: unknown) => error,
      );
    });
  }

  /** Brings the copy beside the store to what the store has. */
  complete(): Promise<void> {
    return this.#turns.runExclusive(() => this.#complete());
  }

  async #complete(): Promise<void> {
    if (this.#copied === this.#all) return;
    await this.#copy?.write(this.#all);
    this.#copied = this.#all;
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

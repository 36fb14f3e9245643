import { LRUCache } from 'lru-cache';

/** The part of the bytes that is for what was asked for once. */
const SHARE_OF_ONCE = 1 / 4;

/**
 * Values by key, bounded by bytes. What was asked for once gives way to what is asked for once, and what was asked for
 * again only to what was: no variety of questions, each put once, pushes out what clients really ask.
 */
export class KeptValues<V extends object> {
  readonly #once: LRUCache<string, V>;
  readonly #again: LRUCache<string, V>;

  /** @param bytesOf what keeping a value takes, with its key. */
  constructor(mostBytes: number, bytesOf: (value: V, key: string) => number) {
    const once = Math.floor(mostBytes * SHARE_OF_ONCE);
    this.#once = new LRUCache({ maxSize: once, sizeCalculation: bytesOf });
    this.#again = new LRUCache({ maxSize: mostBytes - once, sizeCalculation: bytesOf });
  }

  get(key: string): V | undefined {
    const known = this.#again.get(key);
    if (known !== undefined) return known;
    const value = this.#once.get(key);
    if (value === undefined) return undefined;
    this.#once.delete(key);
    this.#again.set(key, value);
    return value;
  }

  /** What is kept under a key, without asking for it. */
  peek(key: string): V | undefined {
    return this.#again.peek(key) ?? this.#once.peek(key);
  }

  set(key: string, value: V): void {
    (this.#again.has(key) ? this.#again : this.#once).set(key, value);
  }

  /** What was asked for again, the latest first. */
  askedAgain(): IterableIterator<V> {
    return this.#again.values();
  }
}

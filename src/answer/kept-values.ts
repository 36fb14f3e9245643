import { LRUCache } from 'lru-cache';
import { sha256 } from '../model/canonical.js';

/** The part of the bytes that is for remembering what was asked for. */
const SHARE_OF_KEYS = 1 / 12;

/**
 * Values by key, bounded by bytes. A value is kept once it is wanted a second time: variety that is asked for once costs
 * no more than its key, and pushes out nothing that clients really ask.
 */
export class KeptValues<V extends object> {
  readonly #wanted: LRUCache<string, true>;
  readonly #kept: LRUCache<string, V>;

  /** @param bytesOf what keeping a value takes, with its key. */
  constructor(mostBytes: number, bytesOf: (value: V, key: string) => number) {
    const ofKeys = Math.floor(mostBytes * SHARE_OF_KEYS);
    this.#wanted = new LRUCache({ maxSize: ofKeys, sizeCalculation: (_, key) => key.length + OF_AN_ENTRY });
    this.#kept = new LRUCache({ maxSize: mostBytes - ofKeys, sizeCalculation: bytesOf });
  }

  get(key: string): V | undefined {
    return this.#kept.get(key);
  }

  /** Whether a value that there is now is to be kept: it is there already, or was wanted before. */
  wants(key: string): boolean {
    if (this.#kept.has(key)) return true;
    const name = nameOf(key);
    if (this.#wanted.has(name)) return true;
    this.#wanted.set(name, true);
    return false;
  }

  set(key: string, value: V): void {
    this.#wanted.delete(nameOf(key));
    this.#kept.set(key, value);
  }

  /** What is kept, the latest asked for first. */
  values(): IterableIterator<V> {
    return this.#kept.values();
  }
}

/** About what an entry takes beside its key, in bytes. */
const OF_AN_ENTRY = 64;

/** What a key is remembered by: a long one, such as a whole document, would push out many others. */
function nameOf(key: string): string {
  return key.length > LONG ? sha256(key) : key;
}

const LONG = 512;

import type { AddressList, ListedAddress } from '../model/address.js';
import { digestOfList } from '../model/list-digest.js';

/** A changed list that is not published before it was there for a while. Times are RFC 3339 UTC. */
export interface SoakingList {
  /** Of the list in canonical form. */
  readonly digest: string;
  /** When it was first seen without a break. */
  readonly since: string;
  /** From when on a poll that sees it again publishes it. */
  readonly until: string;
}

const NONE: readonly ListedAddress[] = [];

/**
 * Watches a changed list until it was seen, the same in canonical form, in two polls at least `soakMs` apart. Another
 * list starts it anew. It counts by the monotonic clock and knows nothing of a process before this one.
 */
export class Soak {
  #list: SoakingList | null = null;
  #inUse: readonly ListedAddress[] = [];
  #overMs = 0;
  #brokenOff = 0;

  constructor(
    private readonly soakMs: number,
    private readonly now: () => Date,
    private readonly monotonicMs: () => number,
  ) {}

  /** The list that is watched; `null` where none is. */
  get list(): SoakingList | null {
    return this.#list;
  }

  /** What the list that is watched has in use: the same list as long as it is watched, and nothing where none is. */
  get inUse(): readonly ListedAddress[] {
    return this.#list === null ? NONE : this.#inUse;
  }

  /** When, by the monotonic clock, a poll can publish the list; `null` where none is watched. */
  get overMs(): number | null {
    return this.#list === null ? null : this.#overMs;
  }

  /** Lists in a row that were gone before their time was over. */
  get brokenOff(): number {
    return this.#brokenOff;
  }

  /** Takes in a poll that saw `list`, which would change what is served. Says whether it was there for long enough. */
  sees(list: AddressList, digest = digestOfList(list)): boolean {
    if (this.soakMs === 0) return true;
    if (this.#list?.digest === digest) return this.monotonicMs() >= this.#overMs;
    if (this.#list !== null) this.#brokenOff++;
    const since = this.now();
    const until = new Date(since.getTime() + this.soakMs);
    this.#list = { digest, since: since.toISOString(), until: until.toISOString() };
    this.#inUse = list.addresses.filter(({ status }) => status === 'current');
    this.#overMs = this.monotonicMs() + this.soakMs;
    return false;
  }

  /** The list was published. */
  end(): void {
    this.#list = null;
    this.#brokenOff = 0;
  }

  /** A poll saw something that is not to be published. */
  breakOff(): void {
    this.#brokenOff = this.#list === null ? 0 : this.#brokenOff + 1;
    this.#list = null;
  }
}

import type { AddressList, ListedAddress } from '../model/address.js';
import { canonicalJson, sha256, type Json } from '../model/canonical.js';

/** A changed list that is not published before it was there for a while. Times are RFC 3339 UTC. */
export interface SoakingList {
  /** Of the list in canonical form. */
  readonly digest: string;
  /** When it was first seen without a break. */
  readonly since: string;
  /** From when on a poll that sees it again publishes it. */
  readonly until: string;
}

/**
 * Watches a changed list until it was seen, the same in canonical form, in two polls at least `soakMs` apart. Another
 * list starts it anew. It counts by the monotonic clock and knows nothing of a process before this one.
 */
export class Soak {
  #list: SoakingList | null = null;
  #addresses: readonly ListedAddress[] = [];
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

  /** The addresses of the list that is watched; none where none is. */
  get addresses(): readonly ListedAddress[] {
    return this.#list === null ? [] : this.#addresses;
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
  sees(list: AddressList): boolean {
    if (this.soakMs === 0) return true;
    const { hosts, addresses } = list;
    const form: Json = { hosts, addresses: addresses.map((address) => ({ ...address })) };
    const digest = `sha256-${sha256(canonicalJson(form))}`;
    if (this.#list?.digest === digest) return this.monotonicMs() >= this.#overMs;
    if (this.#list !== null) this.#brokenOff++;
    const since = this.now();
    const until = new Date(since.getTime() + this.soakMs);
    this.#list = { digest, since: since.toISOString(), until: until.toISOString() };
    this.#addresses = addresses;
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

import type { HeldAddress } from '../model/address.js';
import type { Catalog } from '../model/catalog.js';
import type { AddressRange } from '../model/cidr.js';
import { digesting, type Content, type Revision } from '../model/revision.js';
import { atOnce, type Steps } from '../model/steps.js';
import type { AddressLife } from './address-life.js';
import { AddressLives } from './address-lives.js';
import { StoreDamaged, checksumOf, summing } from './content.js';

/** A record, and the checksum over all that its revision holds. */
export interface Entry {
  readonly revision: Revision;
  readonly checksum: string;
}

/** A value that holds from a revision on, until the next. */
export interface Step<T> {
  readonly from: number;
  readonly value: T;
}

/** All that a store has of a product. Entries and steps are in the order of revisions. */
export interface Recorded {
  readonly entries: readonly Entry[];
  readonly catalogs: readonly Step<Catalog>[];
  readonly listedHosts: readonly Step<readonly string[]>[];
  readonly addresses: readonly AddressLife[];
}

const NOTHING: Recorded = { entries: [], catalogs: [], listedHosts: [], addresses: [] };

/**
 * Every revision of the product that is served, in memory: what was said at any time is answered without the store.
 * Content is shared between revisions, so a long history costs little more than its changes.
 */
export class Chronicle {
  #entries: Entry[] = [];
  #catalogs: Step<Catalog>[] = [];
  #listedHosts: Step<readonly string[]>[] = [];
  #lives = new AddressLives();
  readonly #verified = new Set<number>();

  constructor(recorded: Recorded = NOTHING) {
    this.restore(recorded);
  }

  /** Begins anew with what a store has. */
  restore({ entries, catalogs, listedHosts, addresses }: Recorded): void {
    this.#entries = [...entries];
    this.#catalogs = [...catalogs];
    this.#listedHosts = [...listedHosts];
    this.#lives = new AddressLives(addresses);
    this.#verified.clear();
  }

  /** Goes on to the next revision. */
  append(revision: Revision, content: Content): void {
    atOnce(this.appending(revision, content, checksumOf(content)));
  }

  /** The same in steps; until the last, the newest revision is the one before. */
  *appending(revision: Revision, content: Content, checksum: string): Steps<void> {
    const number = revision.revision;
    if (number !== this.#entries.length + 1) throw new Error(`Revision ${number} does not follow the last one.`);
    yield* this.#lives.advancing(number, content.addresses);
    extend(this.#catalogs, number, content.catalog);
    extend(this.#listedHosts, number, content.listedHosts);
    this.#entries.push({ revision, checksum });
  }

  /** The number of the newest revision; 0 where there is none. */
  get head(): number {
    return this.#entries.length;
  }

  get lives(): AddressLives {
    return this.#lives;
  }

  record(revision: number): Revision | undefined {
    return this.#entries[revision - 1]?.revision;
  }

  /** The checksum over all that a revision holds. */
  checksum(revision: number): string {
    return this.#entries[revision - 1]!.checksum;
  }

  /** The record of the newest revision that was published at an instant or before. Both in RFC 3339 UTC with milliseconds. */
  recordAsOf(instant: string): Revision | undefined {
    let [known, beyond] = [0, this.#entries.length];
    while (known < beyond) {
      const middle = (known + beyond) >>> 1;
      if (this.#entries[middle]!.revision.publishedAt <= instant) known = middle + 1;
      else beyond = middle;
    }
    return this.record(known);
  }

  /** The catalog of a revision, and since which revision it is the same. */
  catalogAt(revision: number): Step<Catalog> {
    return stepAt(this.#catalogs, revision);
  }

  /** The catalogs up to that of a revision, in order. */
  catalogsUpTo(revision: number): readonly Step<Catalog>[] {
    return this.#catalogs.slice(0, this.#catalogs.indexOf(this.catalogAt(revision)) + 1);
  }

  /** Since which revision the names of the upstream list are the same. */
  listedHostsSince(revision: number): number {
    return stepAt(this.#listedHosts, revision).from;
  }

  /** What a revision held. */
  content(revision: number): Content {
    return {
      catalog: this.catalogAt(revision).value,
      listedHosts: stepAt(this.#listedHosts, revision).value,
      addresses: this.#lives.heldAt(revision),
    };
  }

  /** The addresses that were in use before a revision and are no longer held in it, as `retired`. */
  retired(revision: number): HeldAddress[] {
    return this.#lives.pastOf(revision).map((life) => this.#asRetired(life));
  }

  /** Those of them that have an address in common with a range. */
  retiredIn(range: AddressRange, revision: number): HeldAddress[] {
    return this.#lives.pastIn(range, revision).map((life) => this.#asRetired(life));
  }

  /** Those of them that a host had. */
  retiredOf(host: string, revision: number): HeldAddress[] {
    return this.#lives.pastOfHost(host, revision).map((life) => this.#asRetired(life));
  }

  /**
   * What a revision held, once it is found to be what was published.
   *
   * @throws StoreDamaged
   */
  verifiedContent(revision: number): Content {
    this.verify(revision);
    return this.content(revision);
  }

  /**
   * Finds whether a revision holds what was published. Once is enough: what is in memory stays as it is.
   *
   * @throws StoreDamaged
   */
  verify(revision: number): void {
    atOnce(this.verifying(revision));
  }

  /** The same in steps. */
  *verifying(revision: number): Steps<void> {
    if (this.#verified.has(revision)) return;
    const lives = this.#lives;
    const content = this.content(revision);
    const entry = this.#entries[revision - 1];
    if ((yield* summing(content)) !== entry?.checksum || (yield* digesting(content)) !== entry.revision.digest) {
      throw new StoreDamaged(content.catalog.product, revision);
    }
    // Begun anew meanwhile, this is another history.
    if (lives === this.#lives) this.#verified.add(revision);
  }

  #asRetired({ address, to }: AddressLife): HeldAddress {
    // Without grace there was no time between leaving the list and no longer being served.
    const left = this.record(to!)!.publishedAt;
    return {
      ...address,
      status: 'retired',
      removedAt: address.removedAt ?? left,
      retireAt: address.retireAt ?? left,
    };
  }
}

function stepAt<T>(steps: readonly Step<T>[], revision: number): Step<T> {
  return steps.findLast(({ from }) => from <= revision)!;
}

/** Equal values stay one step, so that a step says since when. */
function extend<T>(steps: Step<T>[], from: number, value: T): void {
  const last = steps.at(-1);
  if (last !== undefined && last.value === value) return;
  if (last === undefined || JSON.stringify(last.value) !== JSON.stringify(value)) steps.push({ from, value });
}

import { selectionIn, type Asked } from '../answer/asked.js';
import type { Address } from '../model/address.js';
import { invalidParameters } from '../model/error.js';
import { hostOf, isHost, type Host } from '../model/listing.js';
import type { Requirement } from '../model/requirement.js';
import { indexOf } from '../model/requirement-index.js';
import { select } from '../model/select.js';
import { parseSelection, type ParsedSelection, type Selection, type SelectionParameter } from '../model/selection.js';
import type { Snapshot } from '../model/snapshot.js';
import { LIMITS, tooLarge } from './limits.js';

/** A selection as GraphQL has it: fixed sets already as the words that REST has. `null` says no more than nothing. */
export type SelectionValues = {
  readonly [Name in SelectionParameter]?: string | readonly (string | number)[] | null | undefined;
} & { readonly at?: string | null | undefined };

/** Which addresses are wanted, where it is not those of the selection. */
type Narrowing = Pick<SelectionValues, 'family' | 'status'>;

/** How many things were reached from others so far, in the whole operation. */
export interface Count {
  reached: number;
}

/**
 * What one root field was asked: everything beneath it keeps its revision and its selection.
 * Whoever goes from thing to thing in it is stopped where the way gets too long.
 */
export class Scope {
  readonly #hosts = new Map<string, Host>();
  #selected: readonly Requirement[] | undefined;
  #last: (Narrowing & Pick<ParsedSelection, 'selection' | 'faults'>) | undefined;

  constructor(
    readonly asked: Asked,
    private readonly count: Count,
  ) {}

  get snapshot(): Snapshot {
    return this.asked.snapshot;
  }

  get selection(): Selection {
    return this.asked.selection;
  }

  /** The requirements of some refs, under the selection. */
  requirements(refs: readonly string[]): Requirement[] {
    const selected = indexOf(this.#requirements());
    return this.#reach(refs.map((ref) => selected.at(ref)!));
  }

  /** Some names, under the selection. */
  hosts(names: readonly string[]): Host[] {
    return this.#reach(
      names.map((name) => {
        const host = this.#hosts.get(name) ?? hostOf(this.snapshot, name, this.#requirements(), this.selection);
        this.#hosts.set(name, host);
        return host;
      }),
    );
  }

  /** A name under the selection; `null` where it is that of no host. */
  host(name: string): Host | null {
    return isHost(this.snapshot, name) ? this.hosts([name])[0]! : null;
  }

  /**
   * The addresses of a name, of other families or statuses than the selection has; `null` keeps the selection's.
   *
   * @throws DomainError `invalid-parameters`.
   */
  addresses(name: string, only: Narrowing): readonly Address[] {
    return this.#reach(hostOf(this.snapshot, name, [], this.#narrowed(only)).addresses);
  }

  #narrowed(only: Narrowing): Pick<Selection, 'family' | 'status'> {
    // Arguments from variables are the same objects at every host: they are read once.
    if (this.#last === undefined || this.#last.family !== only.family || this.#last.status !== only.status) {
      const { selection, faults } = parseSelection(selectionIn(only), this.snapshot.catalog, null);
      this.#last = { family: only.family, status: only.status, selection, faults };
    }
    const { selection, faults } = this.#last;
    if (faults.length > 0) throw invalidParameters(faults);
    return {
      family: only.family == null ? this.selection.family : selection.family,
      status: only.status == null ? this.selection.status : selection.status,
    };
  }

  #requirements(): readonly Requirement[] {
    return (this.#selected ??= select(this.snapshot, this.selection));
  }

  #reach<T>(things: T[]): T[];
  #reach<T>(things: readonly T[]): readonly T[];
  #reach<T>(things: readonly T[]): readonly T[] {
    this.count.reached += things.length;
    if (this.count.reached > LIMITS.reached) throw tooLarge('reached', this.count.reached);
    return things;
  }
}

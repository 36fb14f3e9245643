import type { AddressStatus, HeldAddress } from '../model/address.js';
import { familyOf, type Cidr, type Family } from '../model/cidr.js';

/** The revisions after one, up to another. */
export interface Reach {
  readonly after: number;
  readonly upTo: number;
}

/** Which way revisions are read. */
export type Order = 'oldest-first' | 'newest-first';

type Kind = `${string} ${AddressStatus} ${Family}`;

/** The revisions in which an address of a host began or ended a life, or another host's that stands behind the same block. */
export class Turns {
  /** Each in the order of revisions. */
  readonly #byKind = new Map<Kind, number[]>();
  readonly #kindsByCidr = new Map<Cidr, Set<Kind>>();

  /** Takes up the beginning or the end of a life; they come in the order of revisions. */
  note({ host, status, cidr }: HeldAddress, revision: number): void {
    const kinds = this.#kindsByCidr.get(cidr) ?? new Set();
    this.#kindsByCidr.set(cidr, kinds.add(`${host} ${status} ${familyOf(cidr)}`));
    for (const kind of kinds) {
      const turns = this.#byKind.get(kind);
      if (turns === undefined) this.#byKind.set(kind, [revision]);
      else if (turns.at(-1) !== revision) turns.push(revision);
    }
  }

  /** The turns of addresses of some hosts, statuses and families. */
  *of(
    hosts: Iterable<string>,
    statuses: readonly AddressStatus[],
    families: readonly Family[],
    { after, upTo }: Reach,
    order: Order,
  ): Generator<number> {
    const kinds = [...hosts].flatMap((host) =>
      statuses.flatMap((status) => families.map((family): Kind => `${host} ${status} ${family}`)),
    );
    const lists = kinds.flatMap((kind) => {
      const turns = this.#byKind.get(kind);
      return turns === undefined ? [] : [turns];
    });
    if (order === 'newest-first') {
      for (let turn = upTo; ; turn--) {
        turn = Math.max(...lists.map((turns) => turns[countUpTo(turns, turn) - 1] ?? -Infinity));
        if (turn <= after) return;
        yield turn;
      }
    }
    for (let turn = after; ;) {
      turn = Math.min(...lists.map((turns) => turns[countUpTo(turns, turn)] ?? Infinity));
      if (turn > upTo) return;
      yield turn;
    }
  }
}

/** How many of some ascending numbers are not above another. */
function countUpTo(ascending: readonly number[], most: number): number {
  let [known, beyond] = [0, ascending.length];
  while (known < beyond) {
    const middle = (known + beyond) >>> 1;
    if (ascending[middle]! <= most) known = middle + 1;
    else beyond = middle;
  }
  return known;
}

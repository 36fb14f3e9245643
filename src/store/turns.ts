import type { AddressStatus, HeldAddress } from '../model/address.js';
import { familyOf, type Cidr, type Family } from '../model/cidr.js';

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

  /** The turns of addresses of some hosts, statuses and families, from a revision back to, but not with, another. */
  *newestFirst(
    hosts: Iterable<string>,
    statuses: readonly AddressStatus[],
    families: readonly Family[],
    { from, downTo }: { readonly from: number; readonly downTo: number },
  ): Generator<number> {
    const kinds = [...hosts].flatMap((host) =>
      statuses.flatMap((status) => families.map((family): Kind => `${host} ${status} ${family}`)),
    );
    const lists = kinds.flatMap((kind) => {
      const turns = this.#byKind.get(kind);
      return turns === undefined ? [] : [turns];
    });
    for (let upTo = from; ; upTo--) {
      upTo = Math.max(...lists.map((turns) => lastUpTo(turns, upTo)));
      if (upTo <= downTo) return;
      yield upTo;
    }
  }
}

/** The last of some ascending numbers that is not above another; -Infinity where all are. */
function lastUpTo(ascending: readonly number[], most: number): number {
  let [known, beyond] = [0, ascending.length];
  while (known < beyond) {
    const middle = (known + beyond) >>> 1;
    if (ascending[middle]! <= most) known = middle + 1;
    else beyond = middle;
  }
  return ascending[known - 1] ?? -Infinity;
}

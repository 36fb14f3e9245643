import type { AddressStatus, HeldAddress } from '../model/address.js';
import { familyOf, type Cidr, type Family } from '../model/cidr.js';

/** The revisions after one, up to another. */
export interface Reach {
  readonly after: number;
  readonly upTo: number;
}

/** Which way revisions are read. */
export type Order = 'oldest-first' | 'newest-first';

/** The turns of addresses of one host, status and family, in the order of revisions. */
interface Kind {
  readonly status: AddressStatus;
  readonly family: Family;
  readonly turns: number[];
}

/** The revisions in which an address of a host began or ended a life, or another host's that stands behind the same block. */
export class Turns {
  readonly #byHost = new Map<string, Kind[]>();
  /** Those that ever stood behind a block: of most just one. */
  readonly #byCidr = new Map<Cidr, Kind | Set<Kind>>();

  /** Takes up the beginning or the end of a life; they come in the order of revisions. */
  note({ host, status, cidr }: HeldAddress, revision: number): void {
    const own = this.#kindOf(host, status, familyOf(cidr));
    const known = this.#byCidr.get(cidr);
    if (known === undefined) this.#byCidr.set(cidr, own);
    else if (known instanceof Set) known.add(own);
    else if (known !== own) this.#byCidr.set(cidr, new Set([known, own]));
    if (known === undefined || known === own) turn(own, revision);
    else for (const kind of known instanceof Set ? known : [known, own]) turn(kind, revision);
  }

  /** The turns of addresses of some hosts, statuses and families. */
  *of(
    hosts: Iterable<string>,
    statuses: readonly AddressStatus[],
    families: readonly Family[],
    { after, upTo }: Reach,
    order: Order,
  ): Generator<number> {
    const lists: (readonly number[])[] = [];
    for (const host of hosts) {
      for (const { status, family, turns } of this.#byHost.get(host) ?? []) {
        if (statuses.includes(status) && families.includes(family)) lists.push(turns);
      }
    }
    if (order === 'newest-first') {
      for (let turn = upTo; ; turn--) {
        turn = lists.reduce(
          (latest, turns) => Math.max(latest, turns[countUpTo(turns, turn) - 1] ?? latest),
          -Infinity,
        );
        if (turn <= after) return;
        yield turn;
      }
    }
    for (let turn = after; ;) {
      turn = lists.reduce((first, turns) => Math.min(first, turns[countUpTo(turns, turn)] ?? first), Infinity);
      if (turn > upTo) return;
      yield turn;
    }
  }

  #kindOf(host: string, status: AddressStatus, family: Family): Kind {
    const own = this.#byHost.get(host) ?? [];
    if (own.length === 0) this.#byHost.set(host, own);
    let kind = own.find((one) => one.status === status && one.family === family);
    if (kind === undefined) own.push((kind = { status, family, turns: [] }));
    return kind;
  }
}

function turn({ turns }: Kind, revision: number): void {
  if (turns.at(-1) !== revision) turns.push(revision);
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

import type { Cidr } from '../model/cidr.js';
import type { AddressEdge } from '../model/diff-addresses.js';
import type { AddressLives } from './address-lives.js';
import { addressIn } from './sight.js';

/** What became of addresses in one revision, found by host. */
export class RevisionEdges {
  readonly #byHost: ReadonlyMap<string, readonly AddressEdge[]>;
  readonly #byCidr: ReadonlyMap<Cidr, readonly AddressEdge[]>;

  constructor(readonly all: readonly AddressEdge[]) {
    this.#byHost = Map.groupBy(all, (edge) => addressIn(edge).host);
    this.#byCidr = Map.groupBy(all, (edge) => addressIn(edge).cidr);
  }

  /** All that can be seen by whoever looks at some hosts: their own, and those of others behind the same blocks. */
  thatCanBeSeen(hosts: ReadonlySet<string>, lives: AddressLives): readonly AddressEdge[] {
    if (hosts.size >= this.#byHost.size) return this.all;
    const found = new Set<AddressEdge>();
    let looked = 0;
    for (const host of hosts) {
      for (const edge of this.#byHost.get(host) ?? []) found.add(edge);
      const own = lives.ofHost(host);
      looked += own.length;
      // To look at all of them takes no longer.
      if (looked > this.all.length) return this.all;
      for (const { address } of own) for (const edge of this.#byCidr.get(address.cidr) ?? []) found.add(edge);
    }
    return [...found];
  }
}

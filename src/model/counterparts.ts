import { runsIn } from './by-host.js';
import type { Cidr } from './cidr.js';

interface OfHost {
  readonly host: string;
  readonly cidr: Cidr;
}

/**
 * Finds the address of a list that has the same host and block as another. Asked for in the order of the list it takes
 * no time, because the next one is mostly the one; only of hosts where it is not, a map is made.
 */
export function counterpartsIn<A extends OfHost>(addresses: readonly A[]): (of: OfHost) => A | undefined {
  let next = 0;
  let runsByHost: Map<string, (readonly [from: number, to: number])[]> | undefined;
  const placesByCidr = new Map<string, ReadonlyMap<Cidr, number>>();
  return (of) => {
    const due = addresses[next];
    if (due !== undefined && due.cidr === of.cidr && due.host === of.host) {
      next++;
      return due;
    }
    runsByHost ??= Map.groupBy(
      runsIn(addresses, ({ host }) => host),
      ([from]) => addresses[from]!.host,
    );
    let own = placesByCidr.get(of.host);
    if (own === undefined) {
      const places = new Map<Cidr, number>();
      for (const [from, to] of runsByHost.get(of.host) ?? []) {
        for (let place = from; place < to; place++) places.set(addresses[place]!.cidr, place);
      }
      placesByCidr.set(of.host, (own = places));
    }
    const place = own.get(of.cidr);
    if (place === undefined) return undefined;
    next = place + 1;
    return addresses[place];
  };
}

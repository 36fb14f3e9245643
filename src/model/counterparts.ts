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
  let placesByHost: Map<string, number[]> | undefined;
  const placesByCidr = new Map<string, ReadonlyMap<Cidr, number>>();
  return (of) => {
    const due = addresses[next];
    if (due !== undefined && due.cidr === of.cidr && due.host === of.host) {
      next++;
      return due;
    }
    placesByHost ??= Map.groupBy(addresses.keys(), (place) => addresses[place]!.host);
    let own = placesByCidr.get(of.host);
    if (own === undefined) {
      own = new Map((placesByHost.get(of.host) ?? []).map((place) => [addresses[place]!.cidr, place]));
      placesByCidr.set(of.host, own);
    }
    const place = own.get(of.cidr);
    if (place === undefined) return undefined;
    next = place + 1;
    return addresses[place];
  };
}

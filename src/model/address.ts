import { groupedByHost } from './by-host.js';
import { orderOf } from './block-order.js';
import type { Cidr, Family } from './cidr.js';
import { compareText } from './canonical.js';
import { STRIDE, atOnce, sorted, type Steps } from './steps.js';

/** The life of an address: listed for now, for later, gone from the list but still served, past that. */
export const ADDRESS_STATUSES = ['current', 'announced', 'retiring', 'retired'] as const;
export type AddressStatus = (typeof ADDRESS_STATUSES)[number];

/** Where an address is known from. */
export const ADDRESS_SOURCES = ['published', 'dns', 'catalog'] as const;
export type AddressSource = (typeof ADDRESS_SOURCES)[number];

/** The name under which upstream lists ranges that may serve any of its hosts. It is no host. */
export const GENERAL = 'general';

/** The hosts among the names of a list. */
export function hostsIn(names: readonly string[]): string[] {
  return names.filter((name) => name !== GENERAL);
}

/** One line of an upstream list: an address of a host, as offered. */
export interface ListedAddress {
  /** A DNS name, or {@link GENERAL}. */
  readonly host: string;
  readonly cidr: Cidr;
  readonly status: 'current' | 'announced';
  /** When it is said to come into use; `null` for a current address or an unknown date. It promotes nothing. */
  readonly effectiveFrom: string | null;
  readonly announcedRemovalAt: string | null;
}

/** An upstream list in canonical form: hosts by name, addresses by host and then in address order, each pair once. */
export interface AddressList {
  /** Every name of the list, also those without addresses. */
  readonly hosts: readonly string[];
  readonly addresses: readonly ListedAddress[];
}

/** An address of a host with its life, as a revision holds it. Times are RFC 3339 UTC. */
export interface HeldAddress {
  readonly host: string;
  readonly cidr: Cidr;
  readonly status: AddressStatus;
  readonly source: AddressSource;
  readonly firstSeenAt: string;
  readonly effectiveFrom: string | null;
  readonly announcedRemovalAt: string | null;
  readonly removedAt: string | null;
  readonly retireAt: string | null;
}

/** An address as answers show it. */
export interface Address extends HeldAddress {
  readonly family: Family;
  /** The other hosts that the catalog names behind the same address. */
  readonly sharedWith: readonly string[];
}

/** Whether an address is in answers and exports that are not asked for another status. */
export function isInUse({ status }: Pick<HeldAddress, 'status'>): boolean {
  return status === 'current' || status === 'retiring';
}

/** In address order, then by host. */
export function inAddressOrder<A extends { readonly cidr: Cidr; readonly host: string }>(addresses: readonly A[]): A[] {
  return atOnce(orderingAddresses(addresses));
}

/** The same in steps. Each block is read once, not at every comparison. */
export function* orderingAddresses<A extends { readonly cidr: Cidr; readonly host: string }>(
  addresses: readonly A[],
): Steps<A[]> {
  if (addresses.length < 2) return [...addresses];
  const keyed: { readonly address: A; readonly order: string }[] = [];
  for (const address of addresses) {
    keyed.push({ address, order: orderOf(address.cidr) });
    if (keyed.length % STRIDE === 0) yield;
  }
  const inOrder = yield* sorted(
    keyed,
    (a, b) => compareText(a.order, b.order) || compareText(a.address.host, b.address.host),
  );
  return inOrder.map(({ address }) => address);
}

/** By host, then in address order: the order in which a content holds addresses. */
export function byHost<A extends { readonly cidr: Cidr; readonly host: string }>(addresses: readonly A[]): A[] {
  const own = groupedByHost(addresses);
  return [...own.keys()].sort(compareText).flatMap((host) => inAddressOrder(own.get(host)!));
}

/** Sorts and closes a list: an address that a host has twice is kept once, the most certain entry first. */
export function addressList(hosts: Iterable<string>, listed: readonly ListedAddress[]): AddressList {
  const kept = new Map<string, ListedAddress>();
  for (const address of listed) {
    const key = `${address.host} ${address.cidr}`;
    const other = kept.get(key);
    kept.set(key, other === undefined ? address : moreCertain(other, address));
  }
  return { hosts: [...new Set(hosts)].sort(compareText), addresses: byHost([...kept.values()]) };
}

/** `current` before `announced`, a date before none, the earlier date before the later; a removal date is kept. */
function moreCertain(a: ListedAddress, b: ListedAddress): ListedAddress {
  const rank = (address: ListedAddress) =>
    address.status === 'current' ? '0' : address.effectiveFrom === null ? '2' : `1${address.effectiveFrom}`;
  const [first, second] = rank(a) <= rank(b) ? [a, b] : [b, a];
  return { ...first, announcedRemovalAt: first.announcedRemovalAt ?? second.announcedRemovalAt };
}

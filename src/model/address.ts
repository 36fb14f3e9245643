import { blockOf, compareBlocks, type Cidr, type Family } from './cidr.js';
import { compareText } from './canonical.js';

export const ADDRESS_STATUSES = ['current', 'announced', 'retiring', 'retired'] as const;
export type AddressStatus = (typeof ADDRESS_STATUSES)[number];

export const ADDRESS_SOURCES = ['published', 'dns', 'catalog'] as const;
export type AddressSource = (typeof ADDRESS_SOURCES)[number];

/** The name under which upstream lists ranges that may serve any of its hosts. It is no host. */
export const GENERAL = 'general';

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

/** The order of rows in a list of addresses: by address, then by host. */
export function compareAddresses(a: { cidr: Cidr; host: string }, b: { cidr: Cidr; host: string }): number {
  return a.cidr === b.cidr ? compareText(a.host, b.host) : compareBlocks(blockOf(a.cidr), blockOf(b.cidr));
}

/** Sorts and closes a list: an address that a host has twice is kept once, the most certain entry first. */
export function addressList(hosts: Iterable<string>, listed: readonly ListedAddress[]): AddressList {
  const kept = new Map<string, ListedAddress>();
  for (const address of listed) {
    const key = `${address.host} ${address.cidr}`;
    const other = kept.get(key);
    kept.set(key, other === undefined ? address : moreCertain(other, address));
  }
  const addresses = [...kept.values()].sort((a, b) => compareText(a.host, b.host) || compareAddresses(a, b));
  return { hosts: [...new Set(hosts)].sort(compareText), addresses };
}

/** `current` before `announced`, a date before none, the earlier date before the later; a removal date is kept. */
function moreCertain(a: ListedAddress, b: ListedAddress): ListedAddress {
  const rank = (address: ListedAddress) =>
    address.status === 'current' ? '0' : address.effectiveFrom === null ? '2' : `1${address.effectiveFrom}`;
  const [first, second] = rank(a) <= rank(b) ? [a, b] : [b, a];
  return { ...first, announcedRemovalAt: first.announcedRemovalAt ?? second.announcedRemovalAt };
}

import { inAddressOrder, type Address, type AddressSource, type AddressStatus } from './address.js';
import { aggregateWithMembers } from './aggregate.js';
import { compareText, earliest, latest } from './canonical.js';
import { familyOf, type Cidr, type Family } from './cidr.js';
import type { Requirement } from './requirement.js';
import { indexOf } from './requirement-index.js';
import { select } from './select.js';
import type { Selection } from './selection.js';
import type { Snapshot } from './snapshot.js';

/** One address, or one aggregated block, with everything behind it. */
export interface AddressRow {
  readonly cidr: Cidr;
  readonly family: Family;
  /** The hosts of the selection behind it. */
  readonly hosts: readonly string[];
  /** The other hosts that the catalog names behind it. */
  readonly sharedWith: readonly string[];
  /** Where its hosts differ, the status that keeps it open longest: current, retiring, announced, retired. */
  readonly status: AddressStatus;
  readonly source: AddressSource;
  /** The earliest of its hosts'. */
  readonly firstSeenAt: string;
  readonly effectiveFrom: string | null;
  /** The latest of its hosts', and only where each has one. */
  readonly announcedRemovalAt: string | null;
  readonly removedAt: string | null;
  readonly retireAt: string | null;
  readonly requirements: readonly string[];
}

/**
 * The addresses of a selection, one row an address, in address order.
 * With `aggregated`, siblings are joined and covered ones dropped; the rows hold exactly the same addresses.
 */
export function addressRowsOf(snapshot: Snapshot, selection: Selection, aggregated: boolean): AddressRow[] {
  const rows = rowsByCidr(select(snapshot, selection));
  const cidrs = inAddressOrder([...rows.keys()].map((cidr) => ({ cidr, host: '' }))).map(({ cidr }) => cidr);
  if (!aggregated) {
    return cidrs.map((cidr) => {
      const { addresses, requirements } = rows.get(cidr)!;
      return addressRow(cidr, addresses, inOrder(snapshot, requirements));
    });
  }
  return aggregateWithMembers(cidrs).map(({ cidr, members }) => {
    const behind = members.map((member) => rows.get(member)!);
    const addresses = behind.flatMap((row) => row.addresses);
    const requirements = [...new Set(behind.flatMap((row) => row.requirements))];
    return addressRow(cidr, addresses, inOrder(snapshot, requirements));
  });
}

/** The addresses of one block, and the lists of refs of those that have it, a list for each far side. */
interface RowOfCidr {
  readonly addresses: Address[];
  readonly requirements: (readonly string[])[];
}

/** Far sides have their addresses in common for all of their requirements: each is looked at once. */
function rowsByCidr(requirements: readonly Requirement[]): ReadonlyMap<Cidr, RowOfCidr> {
  const rows = new Map<Cidr, RowOfCidr>();
  for (const own of Map.groupBy(requirements, ({ endpoint: { kind, name } }) => `${kind} ${name}`).values()) {
    const refs = own.map(({ ref }) => ref);
    for (const address of own[0]!.addresses) {
      const row = rows.get(address.cidr);
      if (row === undefined) rows.set(address.cidr, { addresses: [address], requirements: [refs] });
      else {
        if (!row.addresses.includes(address)) row.addresses.push(address);
        if (row.requirements.at(-1) !== refs) row.requirements.push(refs);
      }
    }
  }
  return rows;
}

/** The refs of some lists in the order of their requirements, each once. */
function inOrder(snapshot: Snapshot, lists: readonly (readonly string[])[]): readonly string[] {
  const [only = [], ...others] = lists;
  if (others.length === 0) return only;
  const index = indexOf(snapshot.requirements);
  return [...new Set(lists.flat())].sort((a, b) => index.placeOf(a)! - index.placeOf(b)!);
}

const LONGEST_OPEN: readonly AddressStatus[] = ['current', 'retiring', 'announced', 'retired'];

function addressRow(cidr: Cidr, addresses: readonly Address[], requirements: readonly string[]): AddressRow {
  const [leading] = addresses.length === 1 ? addresses : addresses.toSorted(longestOpenFirst);
  const { status, source, effectiveFrom, removedAt, retireAt } = leading!;
  const hosts = [...new Set(addresses.map((address) => address.host))].sort(compareText);
  const sharedWith = [...new Set(addresses.flatMap((address) => address.sharedWith))]
    .filter((host) => !hosts.includes(host))
    .sort(compareText);
  // Only where every host is to lose it: closing it on the day of one would cut off the others.
  const removals = addresses.flatMap((address) => address.announcedRemovalAt ?? []);
  const announcedRemovalAt = removals.length === addresses.length ? latest(removals) : null;
  const firstSeenAt = earliest(addresses.map((address) => address.firstSeenAt))!;
  const life = { status, source, firstSeenAt, effectiveFrom, announcedRemovalAt, removedAt, retireAt };
  return { cidr, family: familyOf(cidr), hosts, sharedWith, ...life, requirements };
}

function longestOpenFirst(a: Address, b: Address): number {
  return (
    LONGEST_OPEN.indexOf(a.status) - LONGEST_OPEN.indexOf(b.status) ||
    compareText(b.retireAt ?? '', a.retireAt ?? '') ||
    compareText(`${a.cidr} ${a.host}`, `${b.cidr} ${b.host}`)
  );
}

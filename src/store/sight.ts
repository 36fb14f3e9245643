import type { HeldAddress } from '../model/address.js';
import { familyOf } from '../model/cidr.js';
import type { AddressEdge } from '../model/diff-addresses.js';
import { allows } from '../model/requirement.js';
import type { Selection } from '../model/selection.js';
import { isDuring, type AddressLife } from './address-life.js';
import type { AddressLives } from './address-lives.js';

/** From one revision to another. Either may be the older. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which addresses are looked at. */
export interface Sight {
  readonly selection: Selection;
  /** The hosts whose addresses are answered. */
  readonly hosts: ReadonlySet<string>;
  /** Whether the catalog has a host, and so tells it as one that shares an address. */
  readonly isInCatalog: (host: string) => boolean;
}

/** Whether what became of an address is seen in what is answered. */
export function isSeen(edge: AddressEdge, { from, to }: Span, sight: Sight, lives: AddressLives): boolean {
  const { host, cidr } = addressIn(edge);
  const { selection, hosts, isInCatalog } = sight;
  if (!allows(selection.family, familyOf(cidr))) return false;
  const asksRetired = selection.status.includes('retired');
  const isRetired = (name: string, revision: number) => asksRetired && lives.isPast(name, cidr, revision);
  if (hosts.has(host)) {
    if (shows(edge.before, selection) || shows(edge.after, selection)) return true;
    if (isRetired(host, from) !== isRetired(host, to)) return true;
  }
  // A host of the catalog that comes or goes behind an address is told with the others' address, as `sharedWith`.
  if ((edge.before !== null && edge.after !== null) || !isInCatalog(host)) return false;
  const others = lives.ofCidr(cidr).filter(({ address }) => address.host !== host && hosts.has(address.host));
  const isShown = (revision: number) =>
    others.some((life) =>
      isDuring(life, revision) ? shows(life.address, selection) : isRetired(life.address.host, revision),
    );
  return isShown(from) && isShown(to);
}

/** Whether a life is shown in a revision. */
export function isShownIn(life: AddressLife, revision: number, selection: Selection): boolean {
  const { address } = life;
  return isDuring(life, revision) && shows(address, selection) && allows(selection.family, familyOf(address.cidr));
}

/** The address that an edge is of. */
export function addressIn({ before, after }: AddressEdge): HeldAddress {
  return (after ?? before)!;
}

function shows(address: HeldAddress | null, { status }: Selection): boolean {
  return address !== null && status.includes(address.status);
}

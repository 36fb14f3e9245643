import type { Address, AddressSource, AddressStatus } from '../../model/address.js';
import type { Cidr, Family } from '../../model/cidr.js';
import type { AddressRow } from '../../model/address-rows.js';
import { CIDR, HOST_NAME, INSTANT, Member, Noun, REF, RestMember, listOf, nullable } from './member.js';
import { ADDRESS_SOURCE, ADDRESS_STATUS, FAMILY } from './words.js';

@Noun('Address', 'An address of a host, and its life.')
export class AddressShape implements Address {
  @Member('Canonical CIDR text (RFC 5952, host bits zero); one address is a /32 or /128.', CIDR)
  readonly cidr!: Cidr;
  @Member('IPv4 or IPv6.', FAMILY)
  readonly family!: Family;
  @Member('The host that it belongs to; `general` for a range that may serve any host.', HOST_NAME)
  readonly host!: string;
  @Member('The other hosts that the catalog names behind the same address.', listOf(HOST_NAME))
  readonly sharedWith!: readonly string[];
  @Member(
    'current; announced: listed for later; retiring: taken off the list and still served; retired: past that.',
    ADDRESS_STATUS,
  )
  readonly status!: AddressStatus;
  @Member('Where it is known from.', ADDRESS_SOURCE)
  readonly source!: AddressSource;
  @Member('When it was first seen in the list.', INSTANT)
  readonly firstSeenAt!: string;
  @Member('When it is said to come into use.', nullable(INSTANT))
  readonly effectiveFrom!: string | null;
  @Member('When it is said to be taken off.', nullable(INSTANT))
  readonly announcedRemovalAt!: string | null;
  @Member('When it was taken off the list.', nullable(INSTANT))
  readonly removedAt!: string | null;
  @Member('When it will no longer be served.', nullable(INSTANT))
  readonly retireAt!: string | null;
}

@Noun('AddressRow', 'One address, or one aggregated block, with everything behind it.')
export class AddressRowShape implements AddressRow {
  @Member('Canonical CIDR text.', CIDR)
  readonly cidr!: Cidr;
  @Member('IPv4 or IPv6.', FAMILY)
  readonly family!: Family;
  @Member('The hosts of the selection behind it.', listOf(HOST_NAME))
  readonly hosts!: readonly string[];
  @Member('The other hosts that the catalog names behind it.', listOf(HOST_NAME))
  readonly sharedWith!: readonly string[];
  @Member('Where its hosts differ, the one that keeps it open longest.', ADDRESS_STATUS)
  readonly status!: AddressStatus;
  @Member('Where it is known from.', ADDRESS_SOURCE)
  readonly source!: AddressSource;
  @Member('When it was first seen in the list.', INSTANT)
  readonly firstSeenAt!: string;
  @Member('When it is said to come into use.', nullable(INSTANT))
  readonly effectiveFrom!: string | null;
  @Member('When the last of its hosts is said to lose it; null where one is to keep it.', nullable(INSTANT))
  readonly announcedRemovalAt!: string | null;
  @Member('When it was taken off the list.', nullable(INSTANT))
  readonly removedAt!: string | null;
  @Member('When it will no longer be served.', nullable(INSTANT))
  readonly retireAt!: string | null;
  @RestMember('Refs of the requirements that need it.', listOf(REF))
  readonly requirements!: readonly string[];
}

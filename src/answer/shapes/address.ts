import {
  ADDRESS_SOURCES,
  ADDRESS_STATUSES,
  type Address,
  type AddressSource,
  type AddressStatus,
} from '../../model/address.js';
import { FAMILIES, type Cidr, type Family } from '../../model/cidr.js';
import type { AddressRow } from '../../model/listing.js';
import { INSTANT, Member } from './member.js';

const CIDR = { type: String, example: '162.159.137.43/32' } as const;
const STATUS = { enum: ADDRESS_STATUSES, enumName: 'AddressStatus' } as const;
const SOURCE = { enum: ADDRESS_SOURCES, enumName: 'AddressSource' } as const;
const FAMILY = { enum: FAMILIES, enumName: 'Family' } as const;

/** An address of a host, and its life. */
export class AddressShape implements Address {
  @Member('Canonical CIDR text (RFC 5952, host bits zero); one address is a /32 or /128.', CIDR)
  readonly cidr!: Cidr;
  @Member('IPv4 or IPv6.', FAMILY)
  readonly family!: Family;
  @Member('The host that it belongs to; `general` for a range that may serve any host.')
  readonly host!: string;
  @Member('The other hosts that the catalog names behind the same address.', { type: [String] })
  readonly sharedWith!: readonly string[];
  @Member(
    'current; announced: listed for later; retiring: taken off the list and still served; retired: past that.',
    STATUS,
  )
  readonly status!: AddressStatus;
  @Member('Where it is known from.', SOURCE)
  readonly source!: AddressSource;
  @Member('When it was first seen in the list.', INSTANT)
  readonly firstSeenAt!: string;
  @Member('When it is said to come into use.', { ...INSTANT, nullable: true })
  readonly effectiveFrom!: string | null;
  @Member('When it is said to be taken off.', { ...INSTANT, nullable: true })
  readonly announcedRemovalAt!: string | null;
  @Member('When it was taken off the list.', { ...INSTANT, nullable: true })
  readonly removedAt!: string | null;
  @Member('When it will no longer be served.', { ...INSTANT, nullable: true })
  readonly retireAt!: string | null;
}

/** One address, or one aggregated block, with everything behind it. */
export class AddressRowShape implements AddressRow {
  @Member('Canonical CIDR text.', CIDR)
  readonly cidr!: Cidr;
  @Member('IPv4 or IPv6.', FAMILY)
  readonly family!: Family;
  @Member('The hosts of the selection behind it.', { type: [String] })
  readonly hosts!: readonly string[];
  @Member('The other hosts that the catalog names behind it.', { type: [String] })
  readonly sharedWith!: readonly string[];
  @Member('Where its hosts differ, the one that keeps it open longest.', STATUS)
  readonly status!: AddressStatus;
  @Member('Where it is known from.', SOURCE)
  readonly source!: AddressSource;
  @Member('When it was first seen in the list.', INSTANT)
  readonly firstSeenAt!: string;
  @Member('When it is said to come into use.', { ...INSTANT, nullable: true })
  readonly effectiveFrom!: string | null;
  @Member('When the last of its hosts is said to lose it; null where one is to keep it.', {
    ...INSTANT,
    nullable: true,
  })
  readonly announcedRemovalAt!: string | null;
  @Member('When it was taken off the list.', { ...INSTANT, nullable: true })
  readonly removedAt!: string | null;
  @Member('When it will no longer be served.', { ...INSTANT, nullable: true })
  readonly retireAt!: string | null;
  @Member('Refs of the requirements that need it.', { type: [String] })
  readonly requirements!: readonly string[];
}

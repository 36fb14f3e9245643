import type { Selectable } from 'kysely';
import type { HeldAddress } from '../model/address.js';
import type { Cidr } from '../model/cidr.js';
import type { Revision } from '../model/revision.js';
import type { AddressInterval, RevisionRow } from './schema.js';

/** @param kept the key of the stored catalog, and the checksum over all that the revision holds. */
export function rowOf(
  product: string,
  revision: Revision,
  kept: { readonly catalogBodySha256: string; readonly checksum: string },
): RevisionRow {
  return {
    product,
    revision: revision.revision,
    digest: revision.digest,
    published_at: revision.publishedAt,
    cause: revision.cause,
    by: revision.by,
    note: revision.note,
    upstream_url: revision.upstream?.url ?? null,
    upstream_sha256: revision.upstream?.sha256 ?? null,
    upstream_fetched_at: revision.upstream?.fetchedAt ?? null,
    catalog_sha256: revision.catalog.sha256,
    catalog_body_sha256: kept.catalogBodySha256,
    checksum: kept.checksum,
  };
}

/** The record in a row. */
export function revisionOf(row: Selectable<RevisionRow>): Revision {
  const { upstream_url: url, upstream_sha256: sha256, upstream_fetched_at: fetchedAt } = row;
  return {
    revision: row.revision,
    digest: row.digest,
    publishedAt: row.published_at,
    previous: row.revision === 1 ? null : row.revision - 1,
    cause: row.cause,
    by: row.by,
    note: row.note,
    upstream: url === null || sha256 === null || fetchedAt === null ? null : { url, sha256, fetchedAt },
    catalog: { sha256: row.catalog_sha256 },
  };
}

/** What of an address is content or life; a difference in any of it ends the interval. */
export type Life = Omit<AddressInterval, 'product' | 'from_revision' | 'to_revision'>;

/** What of an address makes an interval. */
export function lifeOf(address: HeldAddress): Life {
  return {
    host: address.host,
    cidr: address.cidr,
    status: address.status,
    source: address.source,
    first_seen_at: address.firstSeenAt,
    effective_from: address.effectiveFrom,
    announced_removal_at: address.announcedRemovalAt,
    removed_at: address.removedAt,
    retire_at: address.retireAt,
  };
}

/** What of an address makes an interval, as JSON. */
export function lifeText(address: HeldAddress): string {
  return JSON.stringify(lifeOf(address));
}

/** Whether two addresses have one life. */
export function isSameLife(a: HeldAddress, b: HeldAddress): boolean {
  return (
    a === b ||
    (a.host === b.host &&
      a.cidr === b.cidr &&
      a.status === b.status &&
      a.source === b.source &&
      a.firstSeenAt === b.firstSeenAt &&
      a.effectiveFrom === b.effectiveFrom &&
      a.announcedRemovalAt === b.announcedRemovalAt &&
      a.removedAt === b.removedAt &&
      a.retireAt === b.retireAt)
  );
}

/** Canonical when it was written, and under a digest that was checked. */
export function addressOf(row: Selectable<AddressInterval>): HeldAddress {
  return {
    host: row.host,
    cidr: row.cidr as Cidr,
    status: row.status,
    source: row.source,
    firstSeenAt: row.first_seen_at,
    effectiveFrom: row.effective_from,
    announcedRemovalAt: row.announced_removal_at,
    removedAt: row.removed_at,
    retireAt: row.retire_at,
  };
}

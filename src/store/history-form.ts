import { z } from 'zod';
import { ADDRESS_SOURCES, ADDRESS_STATUSES, type HeldAddress } from '../model/address.js';
import { sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { isCidr, type Cidr } from '../model/cidr.js';
import { CAUSES, type Revision } from '../model/revision.js';

/** What a history that is written out begins with, and the version of its form. */
export const FORM = 'gatepost-history/1';

const cidr = z.custom<Cidr>((text) => typeof text === 'string' && isCidr(text));
const instant = z.iso.datetime();
const address = z.strictObject({
  host: z.string(),
  cidr,
  status: z.enum(ADDRESS_STATUSES),
  source: z.enum(ADDRESS_SOURCES),
  firstSeenAt: instant,
  effectiveFrom: instant.nullable(),
  announcedRemovalAt: instant.nullable(),
  removedAt: instant.nullable(),
  retireAt: instant.nullable(),
}) satisfies z.ZodType<HeldAddress>;
const revision = z.strictObject({
  revision: z.int().positive(),
  digest: z.string(),
  publishedAt: instant,
  previous: z.int().positive().nullable(),
  cause: z.enum(CAUSES),
  by: z.string().nullable(),
  note: z.string().nullable(),
  upstream: z.strictObject({ url: z.string(), sha256: z.string(), fetchedAt: instant }).nullable(),
  catalog: z.strictObject({ sha256: z.string() }),
}) satisfies z.ZodType<Revision>;
/** As it is, because its SHA-256 is over its members in their order. What it is, is seen by using it. */
const catalog = z.custom<Catalog>((value) => typeof value === 'object' && value !== null && 'product' in value);
/** What differs from the revision before. */
const holds = z.strictObject({
  /** The SHA-256 of a catalog that stands in a line before. */
  catalog: z.string(),
  addresses: z.array(address),
  addressesGone: z.array(z.tuple([z.string(), z.string()])),
  hosts: z.array(z.string()),
  hostsGone: z.array(z.string()),
});
/** The lines of a history. The seal is the SHA-256 of all before it: nothing in a line can be altered unseen. */
export const LINE = z.union([
  z.strictObject({ form: z.literal(FORM), product: z.string(), seal: z.string() }),
  z.strictObject({ catalog, seal: z.string() }),
  z.strictObject({ revision, holds, seal: z.string() }),
  z.strictObject({ end: z.strictObject({ revisions: z.int().nonnegative() }), seal: z.string() }),
]);

/** The SHA-256 of what a line says. */
export function sealOf(said: object): string {
  return sha256(JSON.stringify(said));
}

/** A record with its members in their one order. */
export function writtenRecord(record: Revision): Revision {
  const { upstream } = record;
  return {
    revision: record.revision,
    digest: record.digest,
    publishedAt: record.publishedAt,
    previous: record.previous,
    cause: record.cause,
    by: record.by,
    note: record.note,
    upstream: upstream && { url: upstream.url, sha256: upstream.sha256, fetchedAt: upstream.fetchedAt },
    catalog: { sha256: record.catalog.sha256 },
  };
}

/** An address with its members in their one order. */
export function writtenAddress(held: HeldAddress): HeldAddress {
  return {
    host: held.host,
    cidr: held.cidr,
    status: held.status,
    source: held.source,
    firstSeenAt: held.firstSeenAt,
    effectiveFrom: held.effectiveFrom,
    announcedRemovalAt: held.announcedRemovalAt,
    removedAt: held.removedAt,
    retireAt: held.retireAt,
  };
}

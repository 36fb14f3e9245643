import { ADDRESS_SOURCES, ADDRESS_STATUSES, type HeldAddress } from '../model/address.js';
import { sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import { isCidr, type Cidr } from '../model/cidr.js';
import { CAUSES, type Revision } from '../model/revision.js';
import { among, exactly, instant, listOf, orNull, text, wholeFrom } from './check.js';

/** What a history that is written out begins with, and the version of its form. */
export const FORM = 'gatepost-history/1';

/** The lines of a history. The seal is the SHA-256 of all before it: nothing in a line can be altered unseen. */
export type Line =
  | { readonly form: typeof FORM; readonly product: string; readonly seal: string }
  | { readonly catalog: Catalog; readonly seal: string }
  | { readonly revision: Revision; readonly holds: Held; readonly seal: string }
  | { readonly end: { readonly revisions: number }; readonly seal: string };

/** What differs from the revision before. */
interface Held {
  /** The SHA-256 of a catalog that stands in a line before. */
  readonly catalog: string;
  readonly addresses: readonly HeldAddress[];
  readonly addressesGone: readonly (readonly [host: string, cidr: string])[];
  readonly hosts: readonly string[];
  readonly hostsGone: readonly string[];
}

const cidr = (value: unknown): value is Cidr => text(value) && isCidr(value);
const hostAndCidr = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(text);
/** As it is, because its SHA-256 is over its members in their order. What it is, is seen by using it. */
const catalog = (value: unknown): value is Catalog => typeof value === 'object' && value !== null && 'product' in value;
const address = exactly<HeldAddress>({
  host: text,
  cidr,
  status: among(ADDRESS_STATUSES),
  source: among(ADDRESS_SOURCES),
  firstSeenAt: instant,
  effectiveFrom: orNull(instant),
  announcedRemovalAt: orNull(instant),
  removedAt: orNull(instant),
  retireAt: orNull(instant),
});
const revision = exactly<Revision>({
  revision: wholeFrom(1),
  digest: text,
  publishedAt: instant,
  previous: orNull(wholeFrom(1)),
  cause: among(CAUSES),
  by: orNull(text),
  note: orNull(text),
  upstream: orNull(exactly<NonNullable<Revision['upstream']>>({ url: text, sha256: text, fetchedAt: instant })),
  catalog: exactly<Revision['catalog']>({ sha256: text }),
});
const holds = exactly<Held>({
  catalog: text,
  addresses: listOf(address),
  addressesGone: listOf(hostAndCidr),
  hosts: listOf(text),
  hostsGone: listOf(text),
});
const LINES = [
  exactly<{ form: typeof FORM; product: string; seal: string }>({ form: among([FORM]), product: text, seal: text }),
  exactly<{ catalog: Catalog; seal: string }>({ catalog, seal: text }),
  exactly<{ revision: Revision; holds: Held; seal: string }>({ revision, holds, seal: text }),
  exactly<{ end: { revisions: number }; seal: string }>({ end: exactly({ revisions: wholeFrom(0) }), seal: text }),
] as const;

/** Whether a value is the record of a revision, in shape. */
export function isRecord(value: unknown): value is Revision {
  return revision(value);
}

/** Whether a value is a line of a history; whether its seal fits is not looked at. */
export function isLine(value: unknown): value is Line {
  return LINES.some((check) => check(value));
}

/** The seal of a line: the SHA-256 of what it says. */
export function sealOf(said: object): string {
  return sealOfText(JSON.stringify(said));
}

/** The same of what a line says as JSON. */
export function sealOfText(text: string): string {
  return sha256(text);
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

import type { AddressSource, AddressStatus } from '../model/address.js';
import type { DecisionKind } from '../model/decision.js';
import type { Cause } from '../model/revision.js';

/** The tables. Text, whole numbers and ISO instants only, so that every engine holds them alike. */
export interface Tables {
  revision: RevisionRow;
  catalog: CatalogRow;
  address: AddressInterval;
  listed_host: ListedHostRow;
  poll: PollRow;
  decision: DecisionRow;
}

/** One row a revision; never changed. */
export interface RevisionRow {
  product: string;
  revision: number;
  digest: string;
  published_at: string;
  cause: Cause;
  by: string | null;
  note: string | null;
  upstream_url: string | null;
  upstream_sha256: string | null;
  upstream_fetched_at: string | null;
  /** SHA-256 of the catalog's file. */
  catalog_sha256: string;
  /** The key of the stored catalog: one file may be read differently by a later version. */
  catalog_body_sha256: string;
  /** SHA-256 over all that the revision holds, times too: the digest leaves those out. */
  checksum: string;
}

/** A whole catalog, as JSON of the model's, by the SHA-256 of that text. */
export interface CatalogRow {
  product: string;
  sha256: string;
  body: string;
}

/** An address with one unchanging life, from a revision up to, but not with, another; open while `to_revision` is null. */
export interface AddressInterval {
  product: string;
  host: string;
  cidr: string;
  from_revision: number;
  to_revision: number | null;
  status: AddressStatus;
  source: AddressSource;
  first_seen_at: string;
  effective_from: string | null;
  announced_removal_at: string | null;
  removed_at: string | null;
  retire_at: string | null;
}

/** A name of the upstream list, from a revision up to another. */
export interface ListedHostRow {
  product: string;
  name: string;
  from_revision: number;
  to_revision: number | null;
}

/** When upstream was last found to say what is served, null where it never was; and what is held. */
export interface PollRow {
  product: string;
  checked_at: string | null;
  /** The list that is held, as JSON; null where none is. */
  held: string | null;
  checksum: string;
}

/** What an operator decided; never changed. */
export interface DecisionRow {
  product: string;
  /** From 1, in the order in which they were taken. */
  number: number;
  kind: DecisionKind;
  subject: string;
  host: string | null;
  by: string;
  note: string | null;
  at: string;
  until: string | null;
  checksum: string;
}

import type { HeldAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/revision.js';
import { sha256 } from '../model/canonical.js';
import type { Content } from '../model/revision.js';
import { FORM, sealOf, writtenAddress, writtenRecord } from './history-form.js';

/**
 * A history as JSON lines: what it is, each catalog before its first use, each revision with what it changed, the end.
 * Equal histories have equal lines.
 */
export function* linesOf(product: string, entries: Iterable<HistoryEntry>): Generator<string> {
  yield sealed({ form: FORM, product });
  const catalogs = new Set<string>();
  let before: Content | undefined;
  let revisions = 0;
  for (const entry of entries) {
    yield* linesOfRevision(before, entry, catalogs);
    before = entry.content;
    revisions++;
  }
  yield endLine(revisions);
}

/**
 * The lines of one revision.
 *
 * @param before   what the revision before held.
 * @param catalogs the SHA-256 of each catalog that stands in a line already; one that is new is added.
 */
export function* linesOfRevision(
  before: Content | undefined,
  { revision, content }: HistoryEntry,
  catalogs: Set<string>,
): Generator<string> {
  const catalog = sha256(JSON.stringify(content.catalog));
  if (!catalogs.has(catalog)) yield sealed({ catalog: content.catalog });
  catalogs.add(catalog);
  yield sealed({ revision: writtenRecord(revision), holds: { catalog, ...whatChanged(before, content) } });
}

/** The last line of a history. */
export function endLine(revisions: number): string {
  return sealed({ end: { revisions } });
}

function whatChanged(before: Content | undefined, after: Content) {
  const old = new Map(before?.addresses.map((address) => [`${address.host} ${address.cidr}`, address]));
  const now = new Set(after.addresses.map(({ host, cidr }) => `${host} ${cidr}`));
  const oldHosts = new Set(before?.listedHosts);
  const nowHosts = new Set(after.listedHosts);
  return {
    addresses: after.addresses
      .filter((address) => !isSame(old.get(`${address.host} ${address.cidr}`), address))
      .map(writtenAddress),
    addressesGone: [...old].filter(([key]) => !now.has(key)).map(([, { host, cidr }]) => [host, cidr]),
    hosts: [...nowHosts.difference(oldHosts)],
    hostsGone: [...oldHosts.difference(nowHosts)],
  };
}

function isSame(a: HeldAddress | undefined, b: HeldAddress): boolean {
  if (a === undefined || a === b) return a === b;
  return JSON.stringify(writtenAddress(a)) === JSON.stringify(writtenAddress(b));
}

function sealed(said: object): string {
  return JSON.stringify({ ...said, seal: sealOf(said) });
}

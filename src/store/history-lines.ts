import type { HeldAddress } from '../model/address.js';
import type { HistoryEntry } from '../model/revision.js';
import { onceForEach, sha256 } from '../model/canonical.js';
import type { Catalog } from '../model/catalog.js';
import type { Content } from '../model/revision.js';
import { STRIDE, atOnce, type Steps } from '../model/steps.js';
import { FORM, sealOfText, writtenAddress, writtenRecord } from './history-form.js';
import { changed } from './intervals.js';

/**
 * A history as JSON lines: what it is, each catalog before its first use, each revision with what it changed, the end.
 * Equal histories have equal lines.
 */
export function* linesOf(product: string, entries: Iterable<HistoryEntry>): Generator<string> {
  yield headLine(product);
  const catalogs = new Set<string>();
  let before: Content | undefined;
  let revisions = 0;
  for (const entry of entries) {
    yield* atOnce(writingRevision(before, entry, catalogs));
    before = entry.content;
    revisions++;
  }
  yield endLine(revisions);
}

/** The first line of a history. */
export function headLine(product: string): string {
  return sealed({ form: FORM, product });
}

/**
 * The lines of one revision.
 *
 * @param before   what the revision before held.
 * @param catalogs the SHA-256 of each catalog that stands in a line already; one that is new is added.
 */
export function* writingRevision(
  before: Content | undefined,
  { revision, content }: HistoryEntry,
  catalogs: Set<string>,
): Steps<readonly string[]> {
  const catalog = keyOfCatalog(content.catalog);
  yield;
  const ofCatalog = catalogs.has(catalog) ? [] : [sealed({ catalog: content.catalog })];
  catalogs.add(catalog);
  const changed = yield* whatChanged(before, content);
  return [...ofCatalog, sealed({ revision: writtenRecord(revision), holds: { catalog, ...changed } })];
}

const keyOfCatalog = onceForEach((catalog: Catalog) => sha256(JSON.stringify(catalog)));

/** The last line of a history. */
export function endLine(revisions: number): string {
  return sealed({ end: { revisions } });
}

function* whatChanged(before: Content | undefined, after: Content) {
  const { closed, opened } = yield* changed(before?.addresses ?? [], after.addresses);
  const keyOf = ({ host, cidr }: HeldAddress) => `${host} ${cidr}`;
  const replaced = new Set(opened.map(keyOf));
  const oldHosts = new Set(before?.listedHosts);
  const nowHosts = new Set(after.listedHosts);
  const addresses: HeldAddress[] = [];
  for (const address of opened) {
    addresses.push(writtenAddress(address));
    if (addresses.length % STRIDE === 0) yield;
  }
  return {
    addresses,
    addressesGone: closed.filter((address) => !replaced.has(keyOf(address))).map(({ host, cidr }) => [host, cidr]),
    hosts: [...nowHosts.difference(oldHosts)],
    hostsGone: [...oldHosts.difference(nowHosts)],
  };
}

/** What a line says, and behind it, as a last member, its seal. */
function sealed(said: object): string {
  const text = JSON.stringify(said);
  return `${text.slice(0, -1)},"seal":"${sealOfText(text)}"}`;
}

import type { AddressList } from './address.js';
import { adopt } from './adopt.js';
import { compareInstants } from './canonical.js';
import { DEFAULT_LIMITS, type Catalog } from './catalog.js';
import { judge } from './guard/guard.js';
import type { Verdict } from './guard/verdict.js';
import { nextRetirement, withoutRetired } from './retire.js';
import { differs, digestOf, publicationInstant, type Content, type HistoryEntry, type Revision } from './revision.js';

/** A list as upstream published it once. */
export interface DatedList {
  /** When it was published: RFC 3339 UTC. */
  readonly at: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
  readonly list: AddressList;
}

/** What the past is told with. */
export interface BackfillOptions {
  readonly catalog: Catalog;
  /** SHA-256 of the catalog's file. */
  readonly catalogSha256: string;
  /** Where the lists were published. */
  readonly url: string;
  /** How long an address that left the list was still served. */
  readonly graceMs: number;
}

/** What a list makes of the history before it. */
export interface Backfilled {
  /** What retired before it. */
  readonly retirements: readonly HistoryEntry[];
  /** What the guard says of it. It is told, not obeyed: the list was really published. */
  readonly verdict: Verdict;
  /** The revision that it makes; `undefined` where nothing differs. */
  readonly entry: HistoryEntry | undefined;
}

/**
 * What a list makes of the history before it, as if it had been read when it was published. There is no soak: what it
 * waits for is known by now.
 */
export function backfill(last: HistoryEntry | undefined, dated: DatedList, options: BackfillOptions): Backfilled {
  const { catalog, catalogSha256, url, graceMs } = options;
  const retirements = retirementsUntil(last, dated.at);
  const head = retirements.at(-1) ?? last;
  const held = head?.content.addresses ?? [];
  const verdict = judge(held, dated.list, catalog, catalog.upstream?.limits ?? DEFAULT_LIMITS);
  const content: Content = {
    catalog,
    listedHosts: dated.list.hosts,
    addresses: adopt(held, dated.list, dated.at, graceMs),
  };
  if (head !== undefined && !differs(head.content, content)) return { retirements, verdict, entry: undefined };
  const upstream = { url, sha256: dated.sha256, fetchedAt: dated.at };
  const entry = entryOn(head, content, dated.at, 'import', upstream, { sha256: catalogSha256 });
  return { retirements, verdict, entry };
}

/** The retirements that follow on a revision until an instant, each at its own; those of one instant are one revision. */
export function retirementsUntil(head: HistoryEntry | undefined, until: string): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  for (let last = head; last !== undefined; last = entries.at(-1)) {
    const retireAt = nextRetirement(last.content.addresses);
    if (retireAt === null || compareInstants(retireAt, until) > 0) break;
    const addresses = withoutRetired(last.content.addresses, new Date(retireAt));
    const { upstream, catalog } = last.revision;
    entries.push(entryOn(last, { ...last.content, addresses }, retireAt, 'clock', upstream, catalog));
  }
  return entries;
}

function entryOn(
  head: HistoryEntry | undefined,
  content: Content,
  at: string,
  cause: Revision['cause'],
  upstream: Revision['upstream'],
  catalog: Revision['catalog'],
): HistoryEntry {
  const before = head?.revision;
  const revision: Revision = {
    revision: (before?.revision ?? 0) + 1,
    digest: digestOf(content),
    publishedAt: publicationInstant(new Date(at), before),
    previous: before?.revision ?? null,
    cause,
    by: null,
    note: null,
    upstream,
    catalog,
  };
  return { revision, content };
}

/** How many addresses a list brought, and how many it took away. */
export function countChanges(
  before: Content | undefined,
  after: Content,
): { readonly added: number; readonly removed: number } {
  const listed = (content: Content | undefined) =>
    new Set(
      content?.addresses
        .filter(({ status }) => status === 'current' || status === 'announced')
        .map(({ host, cidr }) => `${host} ${cidr}`),
    );
  const [old, now] = [listed(before), listed(after)];
  return { added: now.difference(old).size, removed: old.difference(now).size };
}

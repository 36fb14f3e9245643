import { adopting } from '../model/adopt.js';
import type { AddressList, HeldAddress } from '../model/address.js';
import { DEFAULT_LIMITS, type Catalog } from '../model/catalog.js';
import { catalogAt } from '../model/catalog-at.js';
import { withoutRevoked, type Decision, type InForce } from '../model/decision.js';
import { judging } from '../model/guard/guard.js';
import type { Profile, Verdict, Warning } from '../model/guard/verdict.js';
import { differing, digesting, type Content, type Revision } from '../model/revision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Steps } from '../model/steps.js';
import { publicUrl } from '../model/upstream-url.js';
import { fetchList } from '../upstream/fetch.js';
import { readApart } from '../upstream/read-apart.js';
import type { ReadList } from '../upstream/read-list.js';
import { inTurns } from '../store/breathing.js';
import type { Draft, Publisher } from './publisher.js';
import type { Soak, SoakingList } from './soak.js';
import type { TrustedClock } from './trusted-clock.js';

/** What is polled. */
export interface Source {
  readonly url: URL;
  readonly catalog: Catalog;
  /** SHA-256 of the catalog's file. */
  readonly catalogSha256: string;
}

/** A list that is doubted, and so waits while the old one is served. Times are RFC 3339 UTC. */
export interface HeldList {
  /** The digest that a revision of it would have. */
  readonly digest: string;
  readonly reason: string;
  readonly detail: string;
  /** When it was first offered. */
  readonly offeredAt: string;
}

/** What came of a poll that upstream answered in good order. */
export type Polled =
  | { readonly outcome: 'published'; readonly revision: Revision; readonly etag: string | null }
  | { readonly outcome: 'unchanged'; readonly etag: string | null }
  | { readonly outcome: 'soaking'; readonly list: SoakingList }
  | { readonly outcome: 'held'; readonly held: HeldList }
  | { readonly outcome: 'pinned'; readonly pin: Decision };

/** A list that must never be served. */
export class Refused extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

export interface PollOptions {
  /** The ETag of the list that was last accepted; `null` asks for the list whatever it is. */
  readonly etag: string | null;
  /** The operator who asked, where one did. */
  readonly by: string | null;
  readonly now: Date;
  /** How long an address that left the list is still served. */
  readonly graceMs: number;
  readonly soak: Soak;
  /** Hears upstream's date, and says from when a time of grace counts. */
  readonly clock: TrustedClock;
  /** What operators decided. */
  readonly decisions: InForce;
  /** How much is doubted. */
  readonly profile: Profile;
  /** What was served at an instant; `null` where nothing was. */
  readonly servedAt: (instant: Date) => readonly HeldAddress[] | null;
  /** Hears what was let through and is worth a line. */
  readonly warn: (warning: Warning) => void;
  readonly signal: AbortSignal;
}

/** For one poll, from name to last byte. */
const DEADLINE_MS = 15_000;
const DAY_MS = 86_400_000;

/**
 * Polls once: fetch → parse → judge → soak → publish. Nothing that is served changes unless the whole list is good.
 *
 * @throws FetchFailed, UnreadableList or Refused, by what went wrong; the served list stays.
 */
export async function pollOnce(source: Source, publisher: Publisher, options: PollOptions): Promise<Polled> {
  const { etag, by, now, graceMs, soak, clock, decisions, signal } = options;
  const { url, catalogSha256 } = source;
  const limits = source.catalog.upstream?.limits ?? DEFAULT_LIMITS;
  const fetched = await fetchList(url, { etag, mostBytes: limits.bytes, deadlineMs: DEADLINE_MS, signal, now });
  clock.hear(fetched.date);
  const due = clock.due();
  // Only now: upstream's date may have just said that the clock is wrong.
  const catalog = catalogAt(source.catalog, due);
  if (fetched.kind === 'not-modified') {
    soak.breakOff();
    return { outcome: 'unchanged', etag };
  }

  const read = await readApart(fetched.body, limits, signal);
  if (decisions.pin !== null) {
    soak.breakOff();
    return { outcome: 'pinned', pin: decisions.pin };
  }
  const list = { ...read.list, addresses: withoutRevoked(read.list.addresses, decisions.revoked) };
  const circumstances = {
    profile: options.profile,
    dayAgo: options.servedAt(new Date(now.getTime() - DAY_MS)),
    weekAgo: options.servedAt(new Date(now.getTime() - 7 * DAY_MS)),
    hasGrace: graceMs > 0,
  };
  const fetchedAt = clock.written().toISOString();
  const seenAt = clock.graceFrom().toISOString();
  let isSoaking = false;
  let isApproved = false;
  let verdict: Verdict = { verdict: 'accept', warnings: [] };
  const published = await publisher.publish(catalog.product, function* (head): Steps<Draft | undefined> {
    signal.throwIfAborted();
    // Judged in the publisher's turn: against what is served when it would be replaced, not when it was asked for.
    const known = { ...circumstances, knownHosts: head?.listedHosts ?? list.hosts };
    verdict = yield* judging(head?.addresses ?? [], list, catalog, limits, known, read.verdict);
    isSoaking = false;
    if (verdict.verdict === 'reject') return undefined;
    const approval =
      verdict.verdict === 'hold' ? decisions.approved.get(yield* digestingOffer(catalog, list, now)) : undefined;
    if (verdict.verdict === 'hold' && approval === undefined) return undefined;
    isApproved = approval !== undefined;
    const content: Content = {
      catalog: head?.catalog ?? catalog,
      listedHosts: list.hosts,
      addresses: yield* adopting(head?.addresses ?? [], list, seenAt, graceMs),
    };
    // A revision that no list was read for has nothing that a mistake could take away.
    if (
      head !== undefined &&
      head.revision.upstream !== null &&
      (yield* differing(head, content, head.revision.digest))
    ) {
      isSoaking = !soak.sees(list, read.digest);
      if (isSoaking) return undefined;
    }
    return {
      content,
      cause: 'poll',
      by: approval?.by ?? by,
      note: approval?.note ?? null,
      upstream: { url: publicUrl(url), sha256: read.sha256, fetchedAt },
      catalog: head?.revision.catalog ?? { sha256: catalogSha256 },
    };
  });
  if (isSoaking && soak.list !== null) return { outcome: 'soaking', list: soak.list };
  if (published === undefined) soak.breakOff();
  else soak.end();
  if (published?.revision.previous === null) clock.hasActed(due);
  if (verdict.verdict === 'accept' && published !== undefined) verdict.warnings.forEach(options.warn);
  return outcomeOf(verdict, isApproved, published, { ...read, list }, fetched.etag, catalog, now);
}

async function outcomeOf(
  verdict: Verdict,
  isApproved: boolean,
  published: Snapshot | undefined,
  { list, place }: ReadList,
  etag: string | null,
  catalog: Catalog,
  now: Date,
): Promise<Polled> {
  if (verdict.verdict === 'reject') {
    throw new Refused(verdict.reason, place === null ? verdict.detail : `${place}: ${verdict.detail}`);
  }
  if (verdict.verdict === 'hold' && !isApproved)
    return { outcome: 'held', held: await heldList(catalog, list, verdict, now) };
  if (published === undefined) return { outcome: 'unchanged', etag };
  return { outcome: 'published', revision: published.revision, etag };
}

async function heldList(
  catalog: Catalog,
  list: AddressList,
  { reason, detail }: Extract<Verdict, { verdict: 'hold' }>,
  offeredAt: Date,
): Promise<HeldList> {
  const digest = await inTurns(digestingOffer(catalog, list, offeredAt));
  return { digest, reason, detail, offeredAt: offeredAt.toISOString() };
}

/** The digest that a revision of a list alone would have. Times are not of it. */
function* digestingOffer(catalog: Catalog, list: AddressList, at: Date): Steps<string> {
  const addresses = yield* adopting([], list, at.toISOString(), 0);
  return yield* digesting({ catalog, listedHosts: list.hosts, addresses });
}

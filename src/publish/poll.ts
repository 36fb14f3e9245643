import type { HeldAddress } from '../model/address.js';
import { DEFAULT_LIMITS, type Catalog } from '../model/catalog.js';
import { catalogAt } from '../model/catalog-at.js';
import type { Decision, InForce } from '../model/decision.js';
import type { Profile, Warning } from '../model/guard/verdict.js';
import type { Revision } from '../model/revision.js';
import type { Steps } from '../model/steps.js';
import { publicUrl } from '../model/upstream-url.js';
import { fetchList } from '../upstream/fetch.js';
import { readApart } from '../upstream/read-apart.js';
import { inTurns } from '../store/breathing.js';
import { OfferedList } from './offered-list.js';
import type { Draft, Publisher } from './publisher.js';
import type { Soak, SoakingList } from './soak.js';
import type { TrustedClock } from './trusted-clock.js';
import type { Watch } from './watchdog.js';

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
  /** What operators decided, at any moment. */
  readonly decisions: () => InForce;
  /** How much is doubted. */
  readonly profile: Profile;
  /** What was served at an instant; `null` where nothing was. */
  readonly servedAt: (instant: Date) => readonly HeldAddress[] | null;
  /** Hears what was let through and is worth a line. */
  readonly warn: (warning: Warning) => void;
  readonly watch: Watch;
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
  const { etag, by, now, graceMs, soak, clock, decisions } = options;
  const { signal, enter } = options.watch;
  const { url } = source;
  const limits = source.catalog.upstream?.limits ?? DEFAULT_LIMITS;
  // A file is on a disk, and each that hangs takes a thread.
  if (url.protocol === 'file:') enter();
  const fetched = await fetchList(url, { etag, mostBytes: limits.bytes, deadlineMs: DEADLINE_MS, signal, now });
  signal.throwIfAborted();
  clock.hear(fetched.date);
  const due = clock.due();
  // Only now: upstream's date may have just said that the clock is wrong.
  const catalog = catalogAt(source.catalog, due);
  if (fetched.kind === 'not-modified') {
    soak.breakOff();
    return { outcome: 'unchanged', etag };
  }

  const read = await readApart(fetched.body, limits, signal);
  signal.throwIfAborted();
  const offered = new OfferedList(read, {
    catalog,
    catalogSha256: source.catalogSha256,
    limits,
    profile: options.profile,
    dayAgo: options.servedAt(new Date(due.getTime() - DAY_MS)),
    weekAgo: options.servedAt(new Date(due.getTime() - 7 * DAY_MS)),
    graceMs,
    seenAt: clock.graceFrom().toISOString(),
    decisions,
    soak,
  });
  const upstream = { url: publicUrl(url), sha256: read.sha256, fetchedAt: clock.written().toISOString() };
  // Judged in the publisher's turn: against what is served when it would be replaced, not when it was asked for.
  const published = await publisher.publish(catalog.product, function* (head): Steps<Draft | undefined> {
    signal.throwIfAborted();
    enter();
    if (decisions().pin !== null) return undefined;
    const draft = yield* offered.drafting(head, { upstream, by });
    signal.throwIfAborted();
    return draft;
  });
  const { pin } = decisions();
  if (published === undefined && pin !== null) {
    soak.breakOff();
    return { outcome: 'pinned', pin };
  }
  if (offered.isSoaking && soak.list !== null) return { outcome: 'soaking', list: soak.list };
  if (published === undefined) soak.breakOff();
  else soak.end();
  if (published?.revision.previous === null) clock.hasActed(due);
  const { verdict } = offered;
  if (verdict.verdict === 'accept' && published !== undefined) verdict.warnings.forEach(options.warn);
  if (verdict.verdict === 'reject') {
    throw new Refused(verdict.reason, read.place === null ? verdict.detail : `${read.place}: ${verdict.detail}`);
  }
  if (verdict.verdict === 'hold' && offered.approval === undefined) {
    const { reason, detail } = verdict;
    const digest = await inTurns(offered.digesting());
    return { outcome: 'held', held: { digest, reason, detail, offeredAt: now.toISOString() } };
  }
  if (published === undefined) return { outcome: 'unchanged', etag: fetched.etag };
  return { outcome: 'published', revision: published.revision, etag: fetched.etag };
}

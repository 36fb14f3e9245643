import { adopting } from '../model/adopt.js';
import type { AddressList, HeldAddress } from '../model/address.js';
import type { Catalog, UpstreamLimits } from '../model/catalog.js';
import { leavingOutRevoked, rejectedBy, type Decision, type InForce } from '../model/decision.js';
import { judging } from '../model/guard/guard.js';
import type { Profile, Verdict } from '../model/guard/verdict.js';
import { differing, digesting, type Content } from '../model/revision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Steps } from '../model/steps.js';
import type { ReadList } from '../upstream/read-list.js';
import type { Draft } from './publisher.js';
import type { Soak } from './soak.js';

/** What an offer is judged by, beside what is served. Times are RFC 3339 UTC. */
export interface Grounds {
  /** The catalog as its dates have it by now. */
  readonly catalog: Catalog;
  /** SHA-256 of the catalog's file. */
  readonly catalogSha256: string;
  readonly limits: UpstreamLimits;
  readonly profile: Profile;
  /** What was served a day ago and a week ago; `null` where nothing was. */
  readonly dayAgo: readonly HeldAddress[] | null;
  readonly weekAgo: readonly HeldAddress[] | null;
  /** How long an address that left the list is still served. */
  readonly graceMs: number;
  /** When the list was read, by the clock that times of grace count by. */
  readonly seenAt: string;
  /** What operators decided. */
  readonly decisions: () => InForce;
  readonly soak: Soak;
}

/** A list that upstream offers, and what became of it. What is revoked counts on neither side. */
export class OfferedList {
  #list: AddressList;
  #verdict: Verdict = { verdict: 'accept', warnings: [] };
  #approval: Decision | undefined;
  #isSoaking = false;

  constructor(
    private readonly read: ReadList,
    private readonly grounds: Grounds,
  ) {
    this.#list = read.list;
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  /** What let a list in that is doubted; `undefined` where nothing did, or had to. */
  get approval(): Decision | undefined {
    return this.#approval;
  }

  /** Whether it would be published, had it been there for long enough. */
  get isSoaking(): boolean {
    return this.#isSoaking;
  }

  /** Judges it against a head, and makes of it what may be published on top of that; `undefined` for nothing. */
  *drafting(
    head: Snapshot | undefined,
    about: Pick<Draft, 'upstream'> & { readonly by: string | null },
  ): Steps<Draft | undefined> {
    const { catalog, limits, graceMs, seenAt, soak, decisions } = this.grounds;
    const { revoked, approved, rejected } = decisions();
    this.#isSoaking = false;
    const { hosts, addresses } = this.read.list;
    this.#list = { hosts, addresses: yield* leavingOutRevoked(addresses, revoked) };
    const served = yield* leavingOutRevoked(head?.addresses ?? [], revoked);
    const circumstances = {
      profile: this.grounds.profile,
      dayAgo: yield* this.#without(this.grounds.dayAgo, revoked),
      weekAgo: yield* this.#without(this.grounds.weekAgo, revoked),
      knownHosts: head?.listedHosts ?? this.#list.hosts,
      revoked,
    };
    this.#verdict = yield* judging(served, this.#list, catalog, limits, circumstances, this.read.verdict);
    this.#approval = this.#verdict.verdict === 'hold' ? approved.get(yield* this.digesting()) : undefined;
    if (this.#verdict.verdict !== 'accept' && this.#approval === undefined) return undefined;
    const content: Content = {
      catalog: head?.catalog ?? catalog,
      listedHosts: this.#list.hosts,
      addresses: yield* adopting(served, this.#list, seenAt, graceMs),
    };
    // A revision that no list was read for has nothing that a mistake could take away.
    const canLose = head !== undefined && head.revision.upstream !== null;
    const isNews = head === undefined || (yield* differing(head, content, head.revision.digest));
    const rejection = isNews && rejected.size > 0 ? rejected.get(yield* this.digesting()) : undefined;
    if (rejection !== undefined) {
      this.#verdict = { verdict: 'hold', reason: 'rejected', detail: rejectedBy(rejection) };
      return undefined;
    }
    if (canLose && isNews) {
      this.#isSoaking = !soak.sees(this.#list, this.read.digest);
      if (this.#isSoaking) return undefined;
    }
    return {
      content,
      cause: 'poll',
      by: this.#approval?.by ?? about.by,
      note: this.#approval?.note ?? null,
      upstream: about.upstream,
      catalog: head?.revision.catalog ?? { sha256: this.grounds.catalogSha256 },
    };
  }

  /** The digest that a revision of the list alone would have. Times are not of it. */
  *digesting(): Steps<string> {
    const { catalog, seenAt } = this.grounds;
    const addresses = yield* adopting([], this.#list, seenAt, 0);
    return yield* digesting({ catalog, listedHosts: this.#list.hosts, addresses });
  }

  *#without(past: readonly HeldAddress[] | null, revoked: readonly Decision[]): Steps<readonly HeldAddress[] | null> {
    return past === null ? null : yield* leavingOutRevoked(past, revoked);
  }
}

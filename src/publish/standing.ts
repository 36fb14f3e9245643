import type { Decision } from '../model/decision.js';
import type { CatalogDoor } from './catalog-door.js';
import type { CatalogFailure, CatalogFile } from './catalog-file.js';
import { freshnessOf, type Freshness } from './freshness.js';
import { publicUrl } from '../model/upstream-url.js';
import type { Current } from '../store/current.js';
import type { Decisions } from './decisions.js';
import { heldAs, type Held } from './held.js';
import type { Source } from './poll.js';
import type { PollFailure } from './poll-record.js';
import type { Refresher } from './refresher.js';
import type { SoakingList } from './soak.js';
import type { DoubtedClock, TrustedClock } from './trusted-clock.js';

/** How things stand with what is served. Times are RFC 3339 UTC. */
export interface Status {
  readonly freshness: Freshness;
  /** When upstream last said what is served. */
  readonly checkedAt: string | null;
  readonly nextCheckAt: string | null;
  readonly upstream: {
    readonly url: string | null;
    readonly lastError: PollFailure | null;
    readonly consecutiveFailures: number;
    readonly held: Held | null;
    readonly soaking: SoakingList | null;
  };
  /** How the clock is doubted; `null` where it is believed. */
  readonly clock: DoubtedClock | null;
  readonly catalog: {
    readonly loadedAt: string | null;
    readonly lastError: CatalogFailure | null;
    readonly held: Held | null;
  };
  /** The revision that an operator keeps. */
  readonly pin: Decision | null;
  /** What operators keep off what is served. */
  readonly revoked: readonly Decision[];
}

/** Tells how things stand, at any moment. Nothing of it is content, so nothing of it is ever cached. */
export class Standing {
  constructor(
    private readonly refresher: Refresher,
    private readonly door: CatalogDoor,
    private readonly file: CatalogFile,
    private readonly source: () => Source | undefined,
    private readonly current: Current,
    private readonly clock: TrustedClock,
    private readonly decisions: Decisions,
    private readonly refreshMs: number,
    private readonly now: () => Date,
  ) {}

  get checkedAt(): Date | null {
    return this.refresher.record.checkedAt;
  }

  freshness(): Freshness {
    return freshnessOf({
      pinned: this.decisions.inForce().pin !== null,
      dependsOnUpstream: this.source() !== undefined || (this.current.snapshot?.addresses.length ?? 0) > 0,
      checkedAt: this.refresher.record.checkedAt,
      held: this.refresher.record.held !== null,
      now: this.now(),
      refreshMs: this.refreshMs,
    });
  }

  status(): Status {
    const url = this.source()?.url;
    const inForce = this.decisions.inForce();
    const { pin, revoked } = inForce;
    return {
      freshness: this.freshness(),
      checkedAt: this.refresher.record.checkedAt?.toISOString() ?? null,
      nextCheckAt: this.refresher.nextCheckAt?.toISOString() ?? null,
      upstream: {
        url: url === undefined ? null : publicUrl(url),
        lastError: this.refresher.record.lastError,
        consecutiveFailures: this.refresher.record.consecutiveFailures,
        held: heldAs('list', this.refresher.record.held, inForce),
        soaking: this.refresher.soaking,
      },
      clock: this.clock.doubted,
      catalog: {
        loadedAt: this.file.loadedAt,
        lastError: this.door.lastError,
        held: heldAs('catalog', this.door.held, inForce),
      },
      pin,
      revoked,
    };
  }
}

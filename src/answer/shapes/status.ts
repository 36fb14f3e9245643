import type { CatalogFault } from '../../catalog/fault.js';
import { FRESHNESS, type Freshness } from '../../publish/freshness.js';
import type { PollOutcome } from '../../publish/refresher.js';
import { INSTANT, Member } from './member.js';

const NULLABLE_INSTANT = { ...INSTANT, nullable: true } as const;

/** Why the last poll brought nothing. */
export class PollFailureShape {
  @Member('When.', INSTANT)
  readonly at!: string;
  @Member('A short code.')
  readonly reason!: string;
  @Member('A sentence.')
  readonly message!: string;
}

/** A list that is doubted, while the old one is served. */
export class HeldListShape {
  @Member('The digest that a revision of it would have.')
  readonly digest!: string;
  @Member('A short code.')
  readonly reason!: string;
  @Member('A sentence.')
  readonly detail!: string;
  @Member('When it was first offered.', INSTANT)
  readonly offeredAt!: string;
}

export class UpstreamStatusShape {
  @Member('What is polled; null where nothing is.', { type: String, nullable: true })
  readonly url!: string | null;
  @Member('Why the last poll brought nothing; null where it did.', { type: PollFailureShape, nullable: true })
  readonly lastError!: PollFailureShape | null;
  @Member('Polls that failed since the last that did not.', { type: 'integer' })
  readonly consecutiveFailures!: number;
  @Member('The list that is doubted; null where none is.', { type: HeldListShape, nullable: true })
  readonly held!: HeldListShape | null;
}

/** One thing that is wrong with a catalog. */
export class CatalogFaultShape implements CatalogFault {
  @Member('The file.')
  readonly file!: string;
  @Member('From 1.', { type: 'integer', nullable: true })
  readonly line!: number | null;
  @Member('From 1.', { type: 'integer', nullable: true })
  readonly column!: number | null;
  @Member('JSON Pointer to the member.')
  readonly path!: string;
  @Member('What stands there.', { type: String, nullable: true })
  readonly found!: string | null;
  @Member('What may.', { type: [String] })
  readonly allowed!: readonly string[];
  @Member('What was likely meant.', { type: String, nullable: true })
  readonly didYouMean!: string | null;
  @Member('A sentence.')
  readonly message!: string;
}

/** How a catalog last failed to load. */
export class CatalogFailureShape {
  @Member('When.', INSTANT)
  readonly at!: string;
  @Member('All faults, a line each.')
  readonly message!: string;
  @Member('Each with its place.', { type: [CatalogFaultShape] })
  readonly faults!: readonly CatalogFaultShape[];
}

export class CatalogStatusShape {
  @Member('When the catalog in use was read; null where it comes from the store.', NULLABLE_INSTANT)
  readonly loadedAt!: string | null;
  @Member('How it last failed to load; null where it did not.', { type: CatalogFailureShape, nullable: true })
  readonly lastError!: CatalogFailureShape | null;
}

export class SoftwareShape {
  @Member('The version of Gatepost.')
  readonly version!: string;
}

/** How things stand now. */
export class StatusShape {
  @Member('The first that holds of pinned, bundled, held, stale and fresh.', { enum: FRESHNESS, enumName: 'Freshness' })
  readonly freshness!: Freshness;
  @Member('When upstream last said what is served.', NULLABLE_INSTANT)
  readonly checkedAt!: string | null;
  @Member('When what is served was published.', NULLABLE_INSTANT)
  readonly publishedAt!: string | null;
  @Member('When upstream is polled next.', NULLABLE_INSTANT)
  readonly nextCheckAt!: string | null;
  @Member('The published list.', { type: UpstreamStatusShape })
  readonly upstream!: UpstreamStatusShape;
  @Member('The catalog file.', { type: CatalogStatusShape })
  readonly catalog!: CatalogStatusShape;
  @Member('This software.', { type: SoftwareShape })
  readonly software!: SoftwareShape;
}

/** How a poll ended that was asked for. */
export class RefreshShape implements PollOutcome {
  @Member('What came of it.', { enum: ['published', 'unchanged', 'held', 'failed'], enumName: 'PollResult' })
  readonly outcome!: PollOutcome['outcome'];
  @Member('A short code; null where nothing went wrong.', { type: String, nullable: true })
  readonly reason!: string | null;
  @Member('A sentence.', { type: String, nullable: true })
  readonly detail!: string | null;
  @Member('What is served now; null before the first.', { type: 'integer', nullable: true })
  readonly revision!: number | null;
}

/** Whether the service lives, or is ready. */
export class HealthShape {
  @Member('live or ready.', { enum: ['live', 'ready'] })
  readonly status!: 'live' | 'ready';
}

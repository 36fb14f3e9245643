import type { CatalogFault } from '../../catalog/fault.js';
import type { Freshness } from '../../publish/freshness.js';
import type { PollOutcome } from '../../publish/poll-outcome.js';
import type { SoakingList } from '../../publish/soak.js';
import type { DoubtedClock } from '../../publish/trusted-clock.js';
import { COUNT, INSTANT, Member, Noun, ORDINAL, TEXT, listOf, nullable } from './member.js';
import { DecisionShape, HeldShape } from './decision.js';
import { FRESHNESS, HEALTH_STATE, POLL_RESULT } from './words.js';

@Noun('PollFailure', 'Why the last poll brought nothing.')
export class PollFailureShape {
  @Member('When.', INSTANT)
  readonly at!: string;
  @Member('A short code.')
  readonly reason!: string;
  @Member('A sentence.')
  readonly message!: string;
}

@Noun('SoakingList', 'A changed list that is not published before it was there for a while; the old one is served.')
export class SoakingListShape implements SoakingList {
  @Member('The digest of the list in canonical form.')
  readonly digest!: string;
  @Member('Since when every poll saw it.', INSTANT)
  readonly since!: string;
  @Member('From when on a poll that still sees it publishes it.', INSTANT)
  readonly until!: string;
}

@Noun('UpstreamStatus', 'How it stands with the published list.')
export class UpstreamStatusShape {
  @Member('What is polled; null where nothing is.', nullable(TEXT))
  readonly url!: string | null;
  @Member('Why the last poll brought nothing; null where it did.', nullable(PollFailureShape))
  readonly lastError!: PollFailureShape | null;
  @Member('Polls that failed since the last that did not.', COUNT)
  readonly consecutiveFailures!: number;
  @Member('The list that is doubted; null where none is.', nullable(HeldShape))
  readonly held!: HeldShape | null;
  @Member('The changed list that is watched before it is published; null where none is.', nullable(SoakingListShape))
  readonly soaking!: SoakingListShape | null;
}

@Noun(
  'DoubtedClock',
  'A clock that jumped, or that upstream contradicts. Meanwhile dates are acted on by what is believed.',
)
export class DoubtedClockShape implements DoubtedClock {
  @Member("What this machine's clock says.", INSTANT)
  readonly reads!: string;
  @Member('The instant up to which dates are acted on.', INSTANT)
  readonly believed!: string;
  @Member("What upstream's clock says by now; null where it does not contradict.", nullable(INSTANT))
  readonly upstream!: string | null;
  @Member('Since when, by the time that is believed.', INSTANT)
  readonly doubtedSince!: string;
}

@Noun('CatalogFault', 'One thing that is wrong with a catalog.')
export class CatalogFaultShape implements CatalogFault {
  @Member('The file.')
  readonly file!: string;
  @Member('From 1.', nullable(ORDINAL))
  readonly line!: number | null;
  @Member('From 1.', nullable(ORDINAL))
  readonly column!: number | null;
  @Member('JSON Pointer to the member.')
  readonly path!: string;
  @Member('What stands there.', nullable(TEXT))
  readonly found!: string | null;
  @Member('What may.', listOf(TEXT))
  readonly allowed!: readonly string[];
  @Member('What was likely meant.', nullable(TEXT))
  readonly didYouMean!: string | null;
  @Member('A sentence.')
  readonly message!: string;
}

@Noun('CatalogFailure', 'How a catalog last failed to load.')
export class CatalogFailureShape {
  @Member('When.', INSTANT)
  readonly at!: string;
  @Member('All faults, a line each.')
  readonly message!: string;
  @Member('Each with its place.', listOf(CatalogFaultShape))
  readonly faults!: readonly CatalogFaultShape[];
}

@Noun('CatalogStatus', 'How it stands with the catalog file.')
export class CatalogStatusShape {
  @Member('When the catalog in use was read; null where it comes from the store.', nullable(INSTANT))
  readonly loadedAt!: string | null;
  @Member('How it last failed to load; null where it did not.', nullable(CatalogFailureShape))
  readonly lastError!: CatalogFailureShape | null;
  @Member('The edit that is doubted, while the catalog of before is served; null where none is.', nullable(HeldShape))
  readonly held!: HeldShape | null;
}

@Noun('Software', 'The software that answers.')
export class SoftwareShape {
  @Member('The version of Gatepost.')
  readonly version!: string;
}

@Noun('Status', 'How things stand now.')
export class StatusShape {
  @Member('The first that holds of pinned, bundled, held, stale and fresh.', FRESHNESS)
  readonly freshness!: Freshness;
  @Member('When upstream last said what is served.', nullable(INSTANT))
  readonly checkedAt!: string | null;
  @Member('When what is served was published.', nullable(INSTANT))
  readonly publishedAt!: string | null;
  @Member('When upstream is polled next.', nullable(INSTANT))
  readonly nextCheckAt!: string | null;
  @Member('The published list.', UpstreamStatusShape)
  readonly upstream!: UpstreamStatusShape;
  @Member('The clock; null where it is believed.', nullable(DoubtedClockShape))
  readonly clock!: DoubtedClockShape | null;
  @Member('The catalog file.', CatalogStatusShape)
  readonly catalog!: CatalogStatusShape;
  @Member('The revision that an operator keeps; null where none is kept.', nullable(DecisionShape))
  readonly pin!: DecisionShape | null;
  @Member('What operators keep off what is served.', listOf(DecisionShape))
  readonly revoked!: readonly DecisionShape[];
  @Member('This software.', SoftwareShape)
  readonly software!: SoftwareShape;
}

@Noun('Refresh', 'How a poll ended that was asked for.')
export class RefreshShape implements PollOutcome {
  @Member('What came of it.', POLL_RESULT)
  readonly outcome!: PollOutcome['outcome'];
  @Member('A short code; null where nothing went wrong.', nullable(TEXT))
  readonly reason!: string | null;
  @Member('A sentence.', nullable(TEXT))
  readonly detail!: string | null;
  @Member('What is served now; null before the first.', nullable(ORDINAL))
  readonly revision!: number | null;
}

@Noun('Health', 'Whether the service lives, or is ready.')
export class HealthShape {
  @Member('live or ready.', HEALTH_STATE)
  readonly status!: 'live' | 'ready';
}

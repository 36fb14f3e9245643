import type { Announcement, Catalog, Dated } from './catalog.js';
import type { ChangeAction, ChangeReason, Difference } from './change.js';
import { secondsBetween } from './difference.js';

/** Something that the vendor may date: announced for later where `from` is set, in effect where it is not. */
export interface Datable {
  readonly dated: Dated | null;
}

/** What becomes of something that may be dated, and what that asks for where it is needed. */
export interface Passage extends Pick<Difference, 'announced' | 'leadTimeSeconds' | 'effectiveFrom'> {
  readonly reason: ChangeReason;
  readonly act: ChangeAction;
  /** Set where there is to open. */
  readonly actBy: string | null;
}

/** When the vendor said what. */
export type Said = ReadonlyMap<string, Announcement>;

/** The announcements of two catalogs; the earlier one's word counts. */
export function saidIn(before: Catalog, after: Catalog): Said {
  const all = [...(after.announcements ?? []), ...(before.announcements ?? [])];
  return new Map(all.map((announcement) => [announcement.name, announcement]));
}

/** Whether it counts now. */
export function isInEffect({ dated }: Datable): boolean {
  return (dated?.from ?? null) === null;
}

/** Whether something that stays takes effect, or is to take effect at another time: it has a passage. */
export function beginsOtherwise(before: Datable, after: Datable): boolean {
  return (before.dated?.from ?? null) !== (after.dated?.from ?? null);
}

/** The passage of something that comes, goes, takes effect or has its beginning put off; `undefined` where it stays. */
export function passageOf(
  before: Datable | undefined,
  after: Datable | undefined,
  said: Said,
  at: string,
): Passage | undefined {
  if (after === undefined) return before && ending(before, said, at);
  const from = after.dated?.from ?? null;
  if (before !== undefined && isInEffect(before)) {
    return from === null ? undefined : { ...STAYS, reason: 'retired', act: 'close', effectiveFrom: from };
  }
  if (from !== null) {
    if (before?.dated?.from === from) return undefined;
    return { ...STAYS, reason: 'announced', act: 'open', actBy: from, effectiveFrom: from };
  }
  const opening: Passage = { ...STAYS, reason: 'new', act: 'open', actBy: at };
  return before === undefined ? opening : { ...opening, ...asAnnounced(before, before.dated?.from ?? null, said, at) };
}

/** The end of something, announced, put off or taken back; `undefined` where nothing new is said of it. */
export function endingSaid(before: Datable, after: Datable): Passage | undefined {
  const until = after.dated?.until ?? null;
  if (until === (before.dated?.until ?? null)) return undefined;
  return { ...STAYS, reason: 'announced', effectiveFrom: until };
}

/** Nothing is to be done, and nothing was announced. */
const STAYS = { act: 'none', actBy: null, announced: false, leadTimeSeconds: null, effectiveFrom: null } as const;

function ending(before: Datable, said: Said, at: string): Passage {
  if (!isInEffect(before)) return { ...STAYS, reason: 'delisted' };
  const until = before.dated?.until ?? null;
  const closing: Passage = { ...STAYS, reason: 'retired', act: 'close' };
  return until === null ? closing : { ...closing, ...asAnnounced(before, until, said, at) };
}

function asAnnounced({ dated }: Datable, effectiveFrom: string | null, said: Said, at: string) {
  const announced = said.get(dated?.announcement ?? '')?.announced;
  const leadTimeSeconds = announced === undefined ? null : secondsBetween(announced, at);
  return { announced: true, leadTimeSeconds, effectiveFrom };
}

import { backfill, countChanges, retirementsUntil, type BackfillOptions } from '../model/backfill.js';
import { sha256 } from '../model/canonical.js';
import { DEFAULT_LIMITS } from '../model/catalog.js';
import type { HistoryEntry } from '../model/revision.js';
import { UnreadableList } from '../upstream/decode.js';
import { parseList } from '../upstream/parse.js';
import type { Version } from '../upstream/versions.js';
import { isOfTheSystem } from './ending.js';

/** One step of an import: what there is to write, and what there is to say of it. */
export interface Step {
  readonly entries: readonly HistoryEntry[];
  readonly say: string;
  /** Set where it is a list that nothing could be made of. */
  readonly isLeftOut?: true;
}

/** The history that versions of a list make, with a line on each of them and on each retirement. */
export async function* told(versions: readonly Version[], how: BackfillOptions, now: Date): AsyncGenerator<Step> {
  let last: HistoryEntry | undefined;
  for (const [i, version] of versions.entries()) {
    const which = `${i + 1} of ${versions.length}: ${version.at}`;
    let made: ReturnType<typeof backfill>;
    try {
      const bytes = await version.read();
      const list = parseList(bytes, how.catalog.upstream?.limits ?? DEFAULT_LIMITS);
      made = backfill(last, { at: version.at, sha256: sha256(bytes), list }, how);
    } catch (error) {
      if (!(error instanceof UnreadableList || isOfTheSystem(error))) throw error;
      yield { entries: [], say: `${which} left out, it cannot be read: ${error.message}`, isLeftOut: true };
      continue;
    }
    for (const entry of made.retirements) {
      yield { entries: [entry], say: retirement(last, entry) };
      last = entry;
    }
    const { entry, verdict } = made;
    const judged = verdict.verdict === 'accept' ? '' : ` (${verdict.verdict}, ${verdict.reason}: ${verdict.detail})`;
    if (entry === undefined) {
      yield { entries: [], say: `${which} no change` };
      continue;
    }
    const { added, removed } = countChanges(last?.content, entry.content);
    yield { entries: [entry], say: `${which} revision ${entry.revision.revision} +${added} −${removed}${judged}` };
    last = entry;
  }
  for (const entry of retirementsUntil(last, now.toISOString())) {
    yield { entries: [entry], say: retirement(last, entry) };
    last = entry;
  }
}

function retirement(before: HistoryEntry | undefined, { revision, content }: HistoryEntry): string {
  const count = (before?.content.addresses.length ?? 0) - content.addresses.length;
  return `grace ended: ${revision.publishedAt} revision ${revision.revision}, ${count} retired`;
}

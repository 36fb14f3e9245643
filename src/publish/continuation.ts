import type { HistoryEntry } from '../model/revision.js';
import type { Revision } from '../model/revision.js';
import type { History } from '../store/history.js';

/** What is imported does not go on from what the store has. */
export class OtherHistory extends Error {
  constructor(message: string) {
    super(`${message} Nothing was changed. Import into an empty store, or into one that has a beginning of it.`);
    this.name = 'OtherHistory';
  }
}

/** Writes a history into a store that has none, or a beginning of it: so an import can be broken off and done again. */
export class Continuation {
  #next = 0;

  private constructor(
    private readonly history: History,
    private readonly there: readonly Revision[],
  ) {}

  static async of(history: History, product: string): Promise<Continuation> {
    const newestFirst = await history.revisions(product, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    return new Continuation(history, newestFirst.toReversed());
  }

  /**
   * Takes the next revision. All that the store has are compared before anything is written.
   *
   * @throws OtherHistory at the first that differs.
   */
  async take({ revision, content }: HistoryEntry): Promise<'there' | 'written'> {
    const there = this.there[this.#next++];
    if (there === undefined) {
      await this.history.publish(revision, content);
      return 'written';
    }
    const what = differenceOf(there, revision);
    if (what === undefined) return 'there';
    throw new OtherHistory(`The store has another history: in revision ${there.revision}, ${what}.`);
  }

  /** @throws OtherHistory where the store goes on after the last that was taken. */
  end(): void {
    const more = this.there[this.#next];
    if (more === undefined) return;
    const detail = `revision ${more.revision}, of ${more.publishedAt}, is only in the store`;
    throw new OtherHistory(`The store has another history: ${detail}.`);
  }
}

/** What differs between the records of the store and of the import, in words; `undefined` where nothing does. */
function differenceOf(there: Revision, imported: Revision): string | undefined {
  const facts = (record: Revision) =>
    ({
      revision: record.revision,
      publishedAt: record.publishedAt,
      cause: record.cause,
      digest: record.digest,
      'upstream.sha256': record.upstream?.sha256 ?? null,
    }) as const;
  const [ours, theirs] = [Object.entries(facts(there)), new Map(Object.entries(facts(imported)))];
  const found = ours.find(([name, value]) => theirs.get(name) !== value);
  if (found === undefined) return undefined;
  return `"${found[0]}" is ${found[1] ?? 'null'} in the store and ${theirs.get(found[0]) ?? 'null'} in the import`;
}

import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { built } from './built.ts';

/** A revision that someone saw: it may never be lost, nor another have its number. */
export interface Seen {
  readonly revision: number;
  /** `null` where only the number was seen. */
  readonly digest: string | null;
}

/** What is wrong with a store after a kill, in words; and what its newest revision is. */
export interface Verdict {
  readonly faults: readonly string[];
  readonly head: number;
  /** What a start had to mend beyond completing the copy. */
  readonly mended: readonly string[];
}

const PRODUCT = 'replicated';

/** Starts over what a kill left behind, and judges it. */
export async function judge(store: string, seen: readonly Seen[]): Promise<Verdict> {
  const { openStore, copyFileOf, linesOf } = await built();
  const faults: string[] = [];
  const { history, copies, mended } = await openStore(store, () => new Date());
  try {
    // It throws at the first that is not what was published.
    const entries = [...(await history.replay(PRODUCT))];
    const lines = [...linesOf(PRODUCT, entries)].map((line) => `${line}\n`).join('');
    if (entries.length > 0 && lines !== (await readFile(copyFileOf(store, PRODUCT), 'utf8')))
      faults.push('the copy differs');
    entries.forEach(({ revision }, i) => {
      if (revision.revision !== i + 1) faults.push(`revision ${i + 1} is missing`);
    });
    for (const { revision, digest } of seen) {
      const stored = entries[revision - 1]?.revision.digest;
      if (stored === undefined) faults.push(`revision ${revision} was seen and is lost`);
      else if (digest !== null && stored !== digest) faults.push(`revision ${revision} was seen with another content`);
    }
    return { faults, head: entries.length, mended };
  } catch (error) {
    return { faults: [...faults, String(error)], head: 0, mended };
  } finally {
    await copies?.settled();
    await history.close();
    faults.push(...checked(store));
  }
}

function checked(store: string): string[] {
  const database = new DatabaseSync(store, { readOnly: true });
  try {
    const rows = database
      .prepare('PRAGMA quick_check')
      .all()
      .map((row) => String(row['quick_check']));
    return rows.length === 1 && rows[0] === 'ok' ? [] : [`quick_check: ${rows.join(', ')}`];
  } finally {
    database.close();
  }
}

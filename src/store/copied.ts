import { readFile } from 'node:fs/promises';
import type { HistoryEntry } from '../model/revision.js';
import { UnreadableHistory, readHistory, readLine } from './read-history.js';

/** What of a copy can still be read. */
export interface Copied {
  readonly product: string;
  /** Its revisions from the first up to the last that is whole, with all before it. */
  readonly entries: readonly HistoryEntry[];
  /** The highest number that stands anywhere in it under its seal: nothing may be published under it again. */
  readonly head: number;
  /** What ended the reading before that; `null` where nothing did. */
  readonly fault: string | null;
}

/** Reads a copy as far as it is whole; `undefined` where nothing of it is. */
export async function readCopied(file: string): Promise<Copied | undefined> {
  const text = await readFile(file, 'utf8');
  const entries: HistoryEntry[] = [];
  try {
    const { product, entries: all } = readHistory(text);
    let fault: string | null = null;
    try {
      for (const entry of all()) entries.push(entry);
    } catch (error) {
      if (!(error instanceof UnreadableHistory)) throw error;
      fault = error.message;
    }
    if (entries.length === 0) return undefined;
    const head = Math.max(entries.length, fault === null ? 0 : highestIn(text));
    return { product, entries, head, fault: head > entries.length ? fault : null };
  } catch (error) {
    if (!(error instanceof UnreadableHistory)) throw error;
    return undefined;
  }
}

function highestIn(text: string): number {
  let highest = 0;
  for (const each of text.split('\n')) {
    try {
      const line = readLine(each, 0);
      if ('revision' in line) highest = Math.max(highest, line.revision.revision);
      if ('end' in line) highest = Math.max(highest, line.end.revisions);
    } catch (error) {
      if (!(error instanceof UnreadableHistory)) throw error;
    }
  }
  return highest;
}

/**
 * The revisions of a copy, and behind them those whose content is lost, up to a number: each holds what the last whole
 * one held, and says so, because no number may be given again.
 */
export function* withLost({ entries }: Copied, upTo: number): Generator<HistoryEntry> {
  yield* entries;
  const last = entries.at(-1)!;
  const { revision: number, publishedAt } = last.revision;
  for (let n = number + 1; n <= upTo; n++) {
    const revision = {
      ...last.revision,
      revision: n,
      previous: n - 1,
      publishedAt: new Date(Date.parse(publishedAt) + n - number).toISOString(),
      cause: 'import' as const,
      by: null,
      note: `Lost with a damaged store and its damaged copy. It holds what revision ${number} held.`,
    };
    yield { revision, content: last.content };
  }
}

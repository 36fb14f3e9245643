import type { Kysely } from 'kysely';
import type { Decision } from '../model/decision.js';
import { instant } from './check.js';
import type { Tables } from './schema.js';
import { writePoll } from './write-revision.js';

/** What is remembered of each product beside its revisions: how the polls stand, and what operators decided. */
export class Notes {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly reading: Kysely<Tables>,
  ) {}

  /** When upstream was last found to say what is served, and the list that was held then, as JSON. */
  async lastPoll(product: string): Promise<{ readonly checkedAt: string | null; readonly held: string | null }> {
    const row = await this.reading.selectFrom('poll').selectAll().where('product', '=', product).executeTakeFirst();
    // Under no checksum: what cannot be read is as if it had never been written, and the next poll writes it again.
    return { checkedAt: readable(row?.checked_at, instant), held: readable(row?.held, isJson) };
  }

  /** Upstream says what is served; nothing is held any more. */
  async noteChecked(product: string, checkedAt: string): Promise<void> {
    await writePoll(this.db, product, { checked_at: checkedAt, held: null });
  }

  /** Upstream offers a list that is held; `null` where what it offers now is not. */
  async noteHeld(product: string, held: string | null): Promise<void> {
    await writePoll(this.db, product, { held });
  }

  /** What operators decided, oldest first. */
  async decisions(product: string): Promise<Decision[]> {
    const rows = await this.db
      .selectFrom('decision')
      .selectAll()
      .where('product', '=', product)
      .orderBy('number')
      .execute();
    return rows.map(({ kind, subject, host, by, note, at, until }) => ({ kind, subject, host, by, note, at, until }));
  }

  /** Takes down a decision under the next number; rejects where another came first. */
  async decide(product: string, number: number, decision: Decision): Promise<void> {
    await this.db
      .insertInto('decision')
      .values({ product, number, ...decision })
      .execute();
  }
}

function readable(text: string | null | undefined, isReadable: (text: string) => boolean): string | null {
  return text != null && isReadable(text) ? text : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

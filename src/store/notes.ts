import { sql, type Kysely } from 'kysely';
import type { Decision } from '../model/decision.js';
import { lastPoll, writePoll } from './last-poll.js';
import type { DecisionRow, Tables } from './schema.js';
import { sumOfDecision } from './sums.js';

/** What is remembered of each product beside its revisions: how the polls stand, and what operators decided. */
export class Notes {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly reading: Kysely<Tables>,
  ) {}

  /** When upstream was last found to say what is served, and the list that was held then, as JSON. */
  async lastPoll(product: string): Promise<{ readonly checkedAt: string | null; readonly held: string | null }> {
    const { checked_at, held } = await lastPoll(this.reading, product);
    return { checkedAt: checked_at, held };
  }

  /** Upstream says what is served; nothing is held any more. */
  async noteChecked(product: string, checkedAt: string): Promise<void> {
    await writePoll(this.db, product, { checked_at: checkedAt, held: null });
  }

  /** Upstream offers a list that is held; `null` where what it offers now is not. */
  async noteHeld(product: string, held: string | null): Promise<void> {
    await writePoll(this.db, product, { held });
  }

  /** What operators decided, oldest first; `undefined` in the place of each that does not fit its checksum. */
  async decisions(product: string): Promise<(Decision | undefined)[]> {
    // Without the index, which may be damaged itself.
    const rows = await this.db
      .selectFrom('decision')
      .selectAll()
      .where(sql<string>`+product`, '=', product)
      .execute();
    const sound = new Map(rows.filter((row) => row.checksum === sumOfDecision(row)).map((row) => [row.number, row]));
    const last = Math.max(rows.length, await this.#indexed(product), ...sound.keys());
    return Array.from({ length: last }, (_, i) => {
      const row = sound.get(i + 1);
      return row && decisionOf(row);
    });
  }

  /** How many there are by the index: a page of the table that seems to be empty is not, where that says otherwise. */
  async #indexed(product: string): Promise<number> {
    const { rows } = await sql<{ readonly count: number }>`
      SELECT count(*) AS count FROM decision INDEXED BY sqlite_autoindex_decision_1 WHERE product = ${product}
    `.execute(this.db);
    return rows[0]?.count ?? 0;
  }

  /** Takes down a decision under the next number; rejects where another came first. */
  async decide(product: string, number: number, decision: Decision): Promise<void> {
    await this.db
      .insertInto('decision')
      .values(rowOf(product, number, decision))
      .execute();
  }

  /** Puts all that operators decided in the place of what is damaged. */
  async mendDecisions(product: string, decisions: readonly Decision[]): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx.deleteFrom('decision').where('product', '=', product).execute();
      for (const [i, decision] of decisions.entries())
        await trx
          .insertInto('decision')
          .values(rowOf(product, i + 1, decision))
          .execute();
    });
  }
}

function decisionOf({ kind, subject, host, by, note, at, until }: DecisionRow): Decision {
  return { kind, subject, host, by, note, at, until };
}

function rowOf(product: string, number: number, decision: Decision): DecisionRow {
  const row = { product, number, ...decision };
  return { ...row, checksum: sumOfDecision(row) };
}

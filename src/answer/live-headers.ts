import { Injectable } from '@nestjs/common';
import { Standing } from '../publish/standing.js';
import { Current } from '../store/current.js';

/** What every answer says of the moment at which it is sent, kept or not. */
@Injectable()
export class LiveHeaders {
  #freshness = '';
  #told: { readonly token: string; readonly checkedAt: Date | null } = { token: '', checkedAt: null };

  constructor(
    private readonly current: Current,
    private readonly standing: Standing,
  ) {}

  /** Names and values, one after another. */
  pairs(): string[] {
    const pairs = ['gatepost-freshness', this.#freshnessField()];
    const revision = this.current.snapshot?.revision.revision;
    if (revision !== undefined) pairs.push('gatepost-revision', String(revision));
    return pairs;
  }

  /** A token with when it was checked. Source: RFC 9651. */
  #freshnessField(): string {
    const { checkedAt } = this.standing;
    const token = this.standing.freshness();
    if (token !== this.#told.token || checkedAt !== this.#told.checkedAt) {
      this.#told = { token, checkedAt };
      this.#freshness = checkedAt === null ? token : `${token}; checked=@${Math.floor(checkedAt.getTime() / 1000)}`;
    }
    return this.#freshness;
  }
}

import { Injectable } from '@nestjs/common';
import { DomainError, invalidParameters } from '../model/error.js';
import type { Revision } from '../model/revision.js';
import type { Snapshot } from '../model/snapshot.js';
import { Timeline } from '../store/timeline.js';
import { cursorAt, placeOf } from './cursor.js';

export const MOST_REVISIONS = 500;
export const USUAL_PAGE = 50;
const NUMBER = /^[1-9]\d{0,8}$/;

/** Records of revisions, newest first. */
export interface RevisionPage {
  readonly revisions: readonly Revision[];
  /** For `after`, to go on; `null` at the end. */
  readonly nextCursor: string | null;
}

/** The records of what was published, as both doors show them. */
@Injectable()
export class RevisionLog {
  constructor(private readonly timeline: Timeline) {}

  /**
   * A page of at most `first` records, after the one that a cursor names.
   *
   * @throws DomainError `invalid-parameters` for a cursor that is none.
   */
  page(served: Snapshot, first: number, after: string | null): RevisionPage {
    const { revision } = served.revision;
    const before = after === null ? revision + 1 : Number(placeOf(after, (place) => this.#listAt(served, place)));
    const length = Math.min(first, before - 1);
    const revisions = Array.from({ length }, (_, i) => this.timeline.chronicle.record(before - 1 - i)!);
    const last = revisions.at(-1)?.revision ?? 1;
    return { revisions, nextCursor: last > 1 ? this.cursorOf(served, last) : null };
  }

  /** Names the place after a revision. */
  cursorOf(served: Snapshot, revision: number): string {
    return cursorAt(String(revision), this.#listAt(served, String(revision))!);
  }

  /**
   * The record of what was served at a moment.
   *
   * @throws DomainError `invalid-parameters`, `unknown-revision`.
   */
  at(served: Snapshot, at: string): Revision {
    const moment = this.timeline.read(at);
    if ('code' in moment) throw invalidParameters([moment]);
    return this.timeline.recordAt(served, moment);
  }

  /**
   * One record, by its number or as `latest`.
   *
   * @throws DomainError `unknown-revision`.
   */
  one({ revision }: Snapshot, name: string): Revision {
    const head = revision.revision;
    const number = name === 'latest' ? head : NUMBER.test(name) ? Number(name) : NaN;
    const found = number <= head ? this.timeline.chronicle.record(number) : undefined;
    if (found !== undefined) return found;
    throw new DomainError('unknown-revision', `There is no revision "${name}". There are 1 to ${head}, and latest.`);
  }

  /** What the list of records is up to one: the history that it ends. */
  #listAt({ catalog, revision }: Snapshot, place: string): readonly unknown[] | undefined {
    const record = Number(place) <= revision.revision ? this.timeline.chronicle.record(Number(place)) : undefined;
    return record === undefined ? undefined : [catalog.product, 'revisions', record.digest, record.publishedAt];
  }
}

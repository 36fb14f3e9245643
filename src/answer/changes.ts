import { Injectable } from '@nestjs/common';
import type { Change } from '../model/change.js';
import { invalidParameters } from '../model/error.js';
import type { Revision } from '../model/revision.js';
import { isOpen } from '../model/selection.js';
import { Timeline } from '../store/timeline.js';
import type { Order, Reach } from '../store/turns.js';
import type { Asked } from './asked.js';
import { cursorAt, placeOf } from './cursor.js';
import { asOf, type ListHead } from './lists.js';
import type { ChangeListShape, DiffShape } from './shapes/change.js';

/** The most that a page of changes has. */
export const MOST_CHANGES = 500;

/** Some of the changes of a selection, in one direction. */
export interface ChangePage {
  readonly changes: readonly Change[];
  /** The place after the last one; `null` where there are no more. */
  readonly nextCursor: string | null;
}

/** Two revisions by their numbers. Either may be the older. */
export interface AskedSpan {
  readonly from: number;
  readonly to: number;
  /** Whether neither can be another one later. */
  readonly isSettled: boolean;
  /** Whether one was named by a moment that has only just passed. */
  readonly isSettling: boolean;
}

/** The changes of what was published, as every door tells them. A selection that leaves all open means every change. */
@Injectable()
export class ChangeLog {
  constructor(private readonly timeline: Timeline) {}

  /**
   * The revision after which changes are asked for; without a word, the first.
   *
   * @throws DomainError `invalid-parameters`, `unknown-revision`.
   */
  since(asked: Asked, text: string | null): number {
    return text === null ? 1 : this.#revisionOf(asked, 'since', text).revision;
  }

  /**
   * The revisions that are to be compared; without a word, the newest with another.
   *
   * @throws DomainError as above.
   */
  span(asked: Asked, from: string, to: string | null): AskedSpan {
    const start = this.#revisionOf(asked, 'from', from);
    const end =
      to === null
        ? { revision: asked.snapshot.revision.revision, isSettled: asked.isSettled }
        : this.#revisionOf(asked, 'to', to);
    const isSettled = start.isSettled && end.isSettled;
    const isSettling = asked.isSettling || !start.isSettled || (to !== null && !end.isSettled);
    return { from: start.revision, to: end.revision, isSettled, isSettling };
  }

  /** The newest of the revisions whose changes are told of a selection, up to the one that answers. */
  newestOf({ snapshot, selection }: Asked, upTo = snapshot.revision.revision): Revision {
    if (isOpen(selection)) return this.timeline.chronicle.record(upTo)!;
    return this.timeline.alterations.past(upTo).altered(selection, 'all');
  }

  /**
   * At most `first` changes after a revision, oldest first.
   *
   * @throws DomainError `invalid-parameters` for a cursor that is not of this question.
   */
  list(asked: Asked, since: number, first: number, after: string | null): ChangeListShape {
    const page = this.#page(asked, 'oldest-first', since, first, after);
    const head = this.#head(asked, this.newestOf(asked));
    return { ...head, from: since, to: Math.max(since, head.asOf.revision), ...page };
  }

  /**
   * At most `first` changes, newest first.
   *
   * @throws DomainError as above.
   */
  newest(asked: Asked, first: number, after: string | null): ChangePage {
    return this.#page(asked, 'newest-first', 1, first, after);
  }

  /** What is different in one revision from another, all steps between them taken together. */
  diff(asked: Asked, { from, to }: AskedSpan): DiffShape {
    const { selection } = asked;
    const { alterations } = this.timeline;
    const changes = isOpen(selection)
      ? alterations.differences.between(from, to)
      : alterations.alteringBetween(from, to, selection);
    return { ...this.#head(asked, this.newestOf(asked, Math.max(from, to))), from, to, changes };
  }

  /** Names the place after a change of a page. */
  cursorOf(asked: Asked, order: Order, since: number, id: string): string {
    return cursorAt(id, this.#listAt(asked, order, since)(id)!);
  }

  #head({ snapshot, selection }: Asked, altered: Revision): ListHead {
    return { product: snapshot.catalog.product, asOf: asOf(altered), selection };
  }

  #page(asked: Asked, order: Order, since: number, first: number, after: string | null): ChangePage {
    const { snapshot, selection } = asked;
    const { alterations } = this.timeline;
    const head = snapshot.revision.revision;
    const place = after === null ? null : numbersIn(placeOf(after, this.#listAt(asked, order, since)));
    const isForth = order === 'oldest-first';
    const changes: Change[] = [];
    // From the revision of the place on, which may have more to tell.
    const reach = isForth
      ? { after: place === null ? since : place.revision - 1, upTo: head }
      : { after: since, upTo: place?.revision ?? head };
    for (const revision of this.#revisions(asked, reach, order)) {
      const all = isOpen(selection) ? alterations.differences.of(revision) : alterations.altering(revision, selection);
      const ordered = isForth ? all : all.toReversed();
      const isBeyond = ({ id }: Change) => (numbersIn(id).index - place!.index) * (isForth ? 1 : -1) > 0;
      changes.push(...(revision === place?.revision ? ordered.filter(isBeyond) : ordered));
      if (changes.length > first) break;
    }
    const page = changes.slice(0, first);
    const last = page.at(-1);
    const isLast = changes.length === page.length || last === undefined;
    return { changes: page, nextCursor: isLast ? null : this.cursorOf(asked, order, since, last.id) };
  }

  /** The revisions that may have changes to tell. */
  *#revisions({ selection }: Asked, reach: Reach, order: Order): Generator<number> {
    if (!isOpen(selection)) yield* this.timeline.alterations.candidates(selection, 'all', reach, order);
    else if (order === 'oldest-first') for (let i = reach.after + 1; i <= reach.upTo; i++) yield i;
    else for (let i = reach.upTo; i > reach.after; i--) yield i;
  }

  /** What a list of changes is up to the place after one: its question, and the revision of that change. */
  #listAt({ snapshot, selection }: Asked, order: Order, since: number) {
    return (id: string): readonly unknown[] | undefined => {
      const { revision } = numbersIn(id);
      if (revision <= since || revision > snapshot.revision.revision) return undefined;
      const digest = this.timeline.chronicle.record(revision)?.digest;
      return digest === undefined ? undefined : [snapshot.catalog.product, order, since, selection, digest];
    };
  }

  #revisionOf(
    { snapshot }: Asked,
    parameter: string,
    text: string,
  ): { readonly revision: number; readonly isSettled: boolean } {
    const moment = this.timeline.read(text, parameter);
    if ('code' in moment) throw invalidParameters([moment]);
    const { revision } = this.timeline.recordAt(snapshot, moment);
    return { revision, isSettled: this.timeline.isSettled(moment) };
  }
}

/** The revision of a change, and its place in it. */
function numbersIn(id: string): { readonly revision: number; readonly index: number } {
  const [revision = 0, index = 0] = id.split('-').map(Number);
  return { revision, index };
}

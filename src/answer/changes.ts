import { Injectable } from '@nestjs/common';
import { sha256 } from '../model/canonical.js';
import type { Change } from '../model/change.js';
import { invalidParameters } from '../model/error.js';
import type { Revision } from '../model/revision.js';
import { isOpen } from '../model/selection.js';
import { Timeline } from '../store/timeline.js';
import type { Asked } from './asked.js';
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
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which way changes are read. */
export type Order = 'oldest-first' | 'newest-first';

const CURSOR = /^([1-9]\d{0,8})-([1-9]\d{0,8})\.[0-9a-f]{16}$/;

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
    return text === null ? 1 : this.#numberOf(asked, 'since', text);
  }

  /**
   * The revisions that are to be compared; without a word, the newest with another.
   *
   * @throws DomainError as above.
   */
  span(asked: Asked, from: string, to: string | null): Span {
    const head = asked.snapshot.revision.revision;
    return { from: this.#numberOf(asked, 'from', from), to: to === null ? head : this.#numberOf(asked, 'to', to) };
  }

  /** The newest of the revisions whose changes are told of a selection. */
  newestOf({ snapshot, selection }: Asked): Revision {
    return isOpen(selection) ? snapshot.revision : snapshot.past.altered(selection, 'rows-and-addresses');
  }

  /**
   * At most `first` changes after a revision, oldest first.
   *
   * @throws DomainError `invalid-parameters` for a cursor that is not of this selection.
   */
  list(asked: Asked, since: number, first: number, after: string | null): ChangeListShape {
    const page = this.#page(asked, 'oldest-first', since, first, after);
    const head = this.#head(asked);
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
  diff(asked: Asked, { from, to }: Span): DiffShape {
    const { selection } = asked;
    const changes = isOpen(selection)
      ? this.timeline.alterations.between(from, to)
      : this.timeline.alterations.alteringBetween(from, to, selection);
    return { ...this.#head(asked), from, to, changes };
  }

  /** Names the place after a change, for one selection of one history. */
  cursorOf({ snapshot, selection }: Asked, order: Order, id: string): string {
    const digest = this.timeline.chronicle.record(Number(id.split('-')[0]))?.digest ?? null;
    const proof = sha256(JSON.stringify([snapshot.catalog.product, order, selection, id, digest]));
    return `${id}.${proof.slice(0, 16)}`;
  }

  #head(asked: Asked): ListHead {
    const { snapshot, selection } = asked;
    return { product: snapshot.catalog.product, asOf: asOf(this.newestOf(asked)), selection };
  }

  #page(asked: Asked, order: Order, since: number, first: number, after: string | null): ChangePage {
    const { snapshot, selection } = asked;
    const head = snapshot.revision.revision;
    const place = after === null ? null : this.#placeOf(asked, order, after);
    const step = order === 'oldest-first' ? 1 : -1;
    const changes: Change[] = [];
    const start = place?.revision ?? (order === 'oldest-first' ? since + 1 : head);
    for (let revision = start; since < revision && revision <= head; revision += step) {
      const all = isOpen(selection)
        ? this.timeline.alterations.of(revision)
        : this.timeline.alterations.altering(revision, selection);
      const ordered = order === 'oldest-first' ? all : all.toReversed();
      const isBeyond = ({ id }: Change) => (Number(id.split('-')[1]) - place!.index) * step > 0;
      changes.push(...(revision === place?.revision ? ordered.filter(isBeyond) : ordered));
      if (changes.length > first) break;
    }
    const page = changes.slice(0, first);
    const last = page.at(-1);
    const isLast = changes.length === page.length || last === undefined;
    return { changes: page, nextCursor: isLast ? null : this.cursorOf(asked, order, last.id) };
  }

  #placeOf(asked: Asked, order: Order, cursor: string): { readonly revision: number; readonly index: number } {
    const [, revision, index] = CURSOR.exec(cursor) ?? [];
    if (revision !== undefined && this.cursorOf(asked, order, `${revision}-${index}`) === cursor) {
      return { revision: Number(revision), index: Number(index) };
    }
    const message = `"${cursor}" is no cursor of these changes. Use the one that the answer before ended with, and the same selection.`;
    throw invalidParameters([
      { code: 'malformed-value', parameter: 'after', value: cursor, message, allowed: [], didYouMean: null },
    ]);
  }

  #numberOf({ snapshot }: Asked, parameter: string, text: string): number {
    const moment = this.timeline.read(text, parameter);
    if ('code' in moment) throw invalidParameters([moment]);
    return this.timeline.recordAt(snapshot, moment).revision;
  }
}

import { LRUCache } from 'lru-cache';
import { ADDRESS_STATUSES, GENERAL } from '../model/address.js';
import type { Change } from '../model/change.js';
import { FAMILIES } from '../model/cidr.js';
import { endpointsByHost } from '../model/catalog-index.js';
import type { AddressEdge } from '../model/diff-addresses.js';
import type { Selection } from '../model/selection.js';
import type { AnswerPart, Past } from '../model/snapshot.js';
import { Chosen } from './chosen.js';
import type { Chronicle } from './chronicle.js';
import { Differences } from './differences.js';
import { Edges } from './edges.js';
import { isOfChosen } from './of-chosen.js';
import { addressIn, isSeen, isShownIn, type Sight, type Span } from './sight.js';
import { PortKinds } from './port-kinds.js';
import type { Order, Reach } from './turns.js';

/** What stays worked out: refs of chosen requirements, and numbers of revisions. */
const KEPT = { refs: 100_000, newest: 500 };

/** What each revision changed of what a selection is answered. */
export class Alterations {
  /** What each revision changed of everything. */
  readonly differences: Differences;
  readonly #edges: Edges;
  readonly #chosen = new LRUCache<string, Chosen>({
    maxSize: KEPT.refs,
    sizeCalculation: ({ size }) => size,
  });
  readonly #newest = new LRUCache<string, number>({ max: KEPT.newest });
  readonly #portKinds = new PortKinds();
  readonly #keys = new WeakMap<Selection, { readonly upTo: number; readonly key: string }>();

  constructor(private readonly chronicle: Chronicle) {
    this.#edges = new Edges(chronicle);
    this.differences = new Differences(chronicle, this.#edges);
  }

  /** The changes of a revision that alter what a selection is answered, or told beforehand. */
  altering(revision: number, selection: Selection): readonly Change[] {
    return this.#altering({ from: revision - 1, to: revision }, selection, () => this.differences.of(revision));
  }

  /** What of the differences of two revisions alters what a selection is answered, or told beforehand. */
  alteringBetween(from: number, to: number, selection: Selection): readonly Change[] {
    return this.#altering({ from, to }, selection, () => this.differences.between(from, to));
  }

  /** Whether a revision altered a part of what a selection is answered. */
  alters(revision: number, selection: Selection, part: AnswerPart): boolean {
    if (revision <= 1) return false;
    const span = { from: revision - 1, to: revision };
    return this.#areRowsAltered(span, selection, part) || this.#areEdgesSeen(span, selection, part);
  }

  /** The revisions after one, up to another, that may alter a part of what a selection is answered. */
  *candidates(selection: Selection, part: AnswerPart, { after, upTo }: Reach, order: Order): Generator<number> {
    const eras: { readonly since: number; readonly last: number }[] = [];
    for (let last = upTo; last > Math.max(after, 1); last = eras.at(-1)!.since - 1) {
      eras.push({ since: this.chronicle.catalogAt(last).from, last });
    }
    for (const { since, last } of order === 'newest-first' ? eras : eras.toReversed()) {
      // Where the catalog changed, what it chooses is compared; while it stays the same, only addresses alter an answer.
      const begins = since > Math.max(after, 1) ? [since] : [];
      if (order === 'oldest-first') yield* begins;
      if (part !== 'rows') yield* this.#turnsOf(selection, part, { after: Math.max(since, after), upTo: last }, order);
      if (order === 'newest-first') yield* begins;
    }
  }

  /** What came before a revision. */
  past(revision: number): Past {
    return {
      retired: () => this.chronicle.retired(revision),
      retiredIn: (range) => this.chronicle.retiredIn(range, revision),
      retiredOf: (host) => this.chronicle.retiredOf(host, revision),
      altered: (selection, part) => this.chronicle.record(this.#newestAltering(revision, selection, part))!,
      catalogSince: () => this.chronicle.record(this.chronicle.catalogAt(revision).from)!,
    };
  }

  #altering(span: Span, selection: Selection, all: () => readonly Change[]): readonly Change[] {
    if (Math.min(span.from, span.to) < 1) return [];
    const seen = new Set(this.#seenEdges(span, selection, 'all').map((edge) => keyOf(addressIn(edge))));
    const areRowsAltered = this.#areRowsAltered(span, selection, 'all');
    if (seen.size === 0 && !areRowsAltered) return [];
    const [before, after] = [this.#chosenAt(span.from, selection), this.#chosenAt(span.to, selection)];
    return all().filter((change) =>
      change.subject === 'address'
        ? seen.has(`${change.host} ${change.address}`)
        : areRowsAltered && isOfChosen(change, before, after),
    );
  }

  #areRowsAltered(span: Span, selection: Selection, part: AnswerPart): boolean {
    const [before, after] = [this.#chosenAt(span.from, selection), this.#chosenAt(span.to, selection)];
    if (before === after) return false;
    if (before.inEffect() !== after.inEffect() || (part === 'all' && before.announced() !== after.announced()))
      return true;
    const isGeneralShown = (revision: number) =>
      this.chronicle.lives.ofHost(GENERAL).some((life) => isShownIn(life, revision, selection));
    return (
      part !== 'rows' && before.general() !== after.general() && (isGeneralShown(span.from) || isGeneralShown(span.to))
    );
  }

  #seenEdges(span: Span, selection: Selection, part: AnswerPart): readonly AddressEdge[] {
    if (part === 'rows') return [];
    const sight = this.#sightOf(span, selection, part);
    return this.#edgesFor(span, sight).filter((edge) => isSeen(edge, span, sight, this.chronicle.lives));
  }

  #areEdgesSeen(span: Span, selection: Selection, part: AnswerPart): boolean {
    if (part === 'rows') return false;
    const sight = this.#sightOf(span, selection, part);
    return this.#edgesFor(span, sight).some((edge) => isSeen(edge, span, sight, this.chronicle.lives));
  }

  #edgesFor(span: Span, { hosts }: Sight): readonly AddressEdge[] {
    const { lives } = this.chronicle;
    return span.to === span.from + 1
      ? this.#edges.of(span.to).thatCanBeSeen(hosts, lives)
      : lives.edgesBetween(span.from, span.to);
  }

  #sightOf({ from, to }: Span, selection: Selection, part: AnswerPart): Sight {
    const [before, after] = [this.#chosenAt(from, selection), this.#chosenAt(to, selection)];
    const hostsIn = (chosen: Chosen) => (part === 'all' ? chosen.hostsToCome : chosen.hosts);
    return {
      selection,
      hosts: before === after ? hostsIn(after) : hostsIn(before).union(hostsIn(after)),
      isInCatalog: (host) =>
        [from, to].some((revision) => endpointsByHost(this.chronicle.catalogAt(revision).value).has(host)),
    };
  }

  /** The revisions in which an address that is seen, or who shares it, may have changed. */
  #turnsOf(selection: Selection, part: AnswerPart, reach: Reach, order: Order): Generator<number> {
    const { hosts } = this.#sightOf({ from: reach.upTo, to: reach.upTo }, selection, part);
    // What was served and is no longer is told as `retired`: no life has that status.
    const statuses = selection.status.includes('retired') ? ADDRESS_STATUSES : selection.status;
    return this.chronicle.lives.turns.of(hosts, statuses, selection.family ?? FAMILIES, reach, order);
  }

  #newestAltering(upTo: number, selection: Selection, part: AnswerPart): number {
    const key = `${upTo} ${this.chronicle.record(upTo)!.digest} ${part} ${this.#keyOf(selection, upTo)}`;
    const kept = this.#newest.get(key);
    if (kept !== undefined) return kept;
    const candidates = this.candidates(selection, part, { after: 1, upTo }, 'newest-first');
    const newest = candidates.find((revision) => this.alters(revision, selection, part)) ?? 1;
    this.#newest.set(key, newest);
    return newest;
  }

  #chosenAt(revision: number, selection: Selection): Chosen {
    const { from, value } = this.chronicle.catalogAt(revision);
    const key = `${from} ${this.chronicle.record(from)!.digest} ${this.#keyOf(selection, from)}`;
    const kept = this.#chosen.get(key);
    if (kept !== undefined) return kept;
    const chosen = new Chosen(value, selection);
    this.#chosen.set(key, chosen);
    return chosen;
  }

  /** What a selection means in the catalogs up to a revision, as text: ports that no rule tells apart are the same. */
  #keyOf(selection: Selection, upTo: number): string {
    const known = this.#keys.get(selection);
    if (known?.upTo === upTo) return known.key;
    const port = this.#portKinds.of(selection.port, this.chronicle.catalogsUpTo(upTo));
    const key = JSON.stringify({ ...selection, port });
    this.#keys.set(selection, { upTo, key });
    return key;
  }
}

function keyOf({ host, cidr }: { readonly host: string; readonly cidr: string }): string {
  return `${host} ${cidr}`;
}

import { LRUCache } from 'lru-cache';
import { ADDRESS_STATUSES, GENERAL, isInUse } from '../model/address.js';
import type { Change } from '../model/change.js';
import { FAMILIES, familyOf, type Family } from '../model/cidr.js';
import { endpointsByHost } from '../model/catalog-index.js';
import { addressDifferences, type AddressEdge, type Uses } from '../model/diff-addresses.js';
import { catalogDifferences } from '../model/diff-catalogs.js';
import { neededHosts } from '../model/needed-hosts.js';
import type { Selection } from '../model/selection.js';
import type { AnswerPart, Past } from '../model/snapshot.js';
import { isDuring, type AddressLife } from './address-life.js';
import { Chosen } from './chosen.js';
import type { Chronicle } from './chronicle.js';
import { isOfChosen } from './of-chosen.js';
import { RevisionEdges } from './revision-edges.js';
import { addressIn, isSeen, isShownIn, type Sight, type Span } from './sight.js';
import { PortKinds } from './port-kinds.js';
import type { Order, Reach } from './turns.js';

/** What stays worked out: changes, refs of chosen requirements, and numbers of revisions. */
const KEPT = { changes: 20_000, edges: 100_000, refs: 100_000, newest: 500 };

/** What each revision changed: of everything, and of what a selection is answered. */
export class Alterations {
  readonly #changes = new LRUCache<string, readonly Change[]>({
    maxSize: KEPT.changes,
    sizeCalculation: (changes) => 1 + changes.length,
  });
  readonly #edges = new LRUCache<string, RevisionEdges>({
    maxSize: KEPT.edges,
    sizeCalculation: ({ all }) => 1 + all.length,
  });
  readonly #chosen = new LRUCache<string, Chosen>({
    maxSize: KEPT.refs,
    sizeCalculation: ({ size }) => size,
  });
  readonly #newest = new LRUCache<string, number>({ max: KEPT.newest });
  readonly #portKinds = new PortKinds();
  readonly #keys = new WeakMap<Selection, { readonly upTo: number; readonly key: string }>();

  constructor(private readonly chronicle: Chronicle) {}

  /** Every change of a revision, in the fixed order. The first revision is what others are compared with: it has none. */
  of(revision: number): readonly Change[] {
    if (revision <= 1) return [];
    const key = `${revision} ${this.chronicle.record(revision)!.digest}`;
    const kept = this.#changes.get(key);
    if (kept !== undefined) return kept;
    const changes = this.#changesOf({ from: revision - 1, to: revision }, `${revision}`);
    this.#changes.set(key, changes);
    return changes;
  }

  /** The changes of a revision that alter what a selection is answered, or told beforehand. */
  altering(revision: number, selection: Selection): readonly Change[] {
    return this.#altering({ from: revision - 1, to: revision }, selection, () => this.of(revision));
  }

  /** What is different in one revision from another, in the fixed order. Either may be the older. */
  between(from: number, to: number): readonly Change[] {
    return this.#changesOf({ from, to }, `${from}..${to}`);
  }

  /** What of that alters what a selection is answered, or told beforehand. */
  alteringBetween(from: number, to: number, selection: Selection): readonly Change[] {
    return this.#altering({ from, to }, selection, () => this.between(from, to));
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

  #changesOf(span: Span, name: string): Change[] {
    const { revision, publishedAt } = this.chronicle.record(span.to)!;
    const isSameCatalog =
      this.chronicle.catalogAt(span.from).from === this.chronicle.catalogAt(span.to).from &&
      this.chronicle.listedHostsSince(span.from) === this.chronicle.listedHostsSince(span.to);
    const differences = [
      ...(isSameCatalog
        ? []
        : catalogDifferences(this.chronicle.content(span.from), this.chronicle.content(span.to), publishedAt)),
      ...addressDifferences(this.#edgesOf(span), this.#usesAround(span, publishedAt), publishedAt),
    ];
    return differences.map((difference, i) => ({ id: `${name}-${i + 1}`, revision, publishedAt, ...difference }));
  }

  #usesAround(span: Span, publishedAt: string): Uses {
    const { chronicle } = this;
    const { lives } = chronicle;
    const neededAt = (revision: number) => neededHosts(chronicle.catalogAt(revision).value);
    const [neededBefore, needed] = [neededAt(span.from), neededAt(span.to)];
    const isInUseAt = (revision: number) => (life: AddressLife) => isDuring(life, revision) && isInUse(life.address);
    // Once for each host, however many of its addresses came or went.
    const hadByHost = new Map<string, ReadonlySet<Family>>();
    const familiesBefore = (host: string) => {
      const known = hadByHost.get(host);
      if (known !== undefined) return known;
      const before = lives.ofHost(host).filter(isInUseAt(span.from));
      const families = new Set(before.map(({ address }) => familyOf(address.cidr)));
      hadByHost.set(host, families);
      return families;
    };
    return {
      hadInUse: (host, family) => familiesBefore(host).has(family),
      hasInUse: (cidr) => lives.ofCidr(cidr).some((life) => isInUseAt(span.to)(life) && needed.has(life.address.host)),
      needs: (host) => neededBefore.has(host) || needed.has(host),
      usedSince: (host, cidr) => {
        const since = lives.inUseSince(host, cidr, span.to);
        // Going back in time, it is of no use to say when it was in use first.
        return since === undefined || since <= span.from ? publishedAt : chronicle.record(since)!.publishedAt;
      },
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
      ? this.#edgesIn(span.to).thatCanBeSeen(hosts, lives)
      : lives.edgesBetween(span.from, span.to);
  }

  #edgesIn(revision: number): RevisionEdges {
    const key = `${revision} ${this.chronicle.record(revision)!.digest}`;
    const kept = this.#edges.get(key);
    if (kept !== undefined) return kept;
    const edges = new RevisionEdges(this.chronicle.lives.edgesOf(revision));
    this.#edges.set(key, edges);
    return edges;
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

  #edgesOf({ from, to }: Span): readonly AddressEdge[] {
    return to === from + 1 ? this.#edgesIn(to).all : this.chronicle.lives.edgesBetween(from, to);
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

import { LRUCache } from 'lru-cache';
import { GENERAL, isInUse, type HeldAddress } from '../model/address.js';
import type { Change } from '../model/change.js';
import { familyOf } from '../model/cidr.js';
import { addressDifferences, type AddressEdge, type Uses } from '../model/diff-addresses.js';
import { catalogDifferences } from '../model/diff-catalogs.js';
import { neededHosts } from '../model/needed-hosts.js';
import { allows, namesOf } from '../model/requirement.js';
import type { Selection } from '../model/selection.js';
import type { AnswerPart, Past } from '../model/snapshot.js';
import { isDuring, type AddressLife } from './address-lives.js';
import { chosenIn, isOf, type Chosen } from './chosen.js';
import type { Chronicle } from './chronicle.js';

/** How many revisions' changes, and how many selections of a catalog, stay worked out. */
const KEPT = 256;

/** From one revision to another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What each revision changed: of everything, and of what a selection is answered. */
export class Alterations {
  readonly #changes = new LRUCache<string, readonly Change[]>({ max: KEPT });
  readonly #chosen = new LRUCache<string, Chosen>({ max: KEPT });
  readonly #newest = new LRUCache<string, number>({ max: KEPT });

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

  /** The changes of a revision that alter what a selection is answered. */
  altering(revision: number, selection: Selection, part: AnswerPart = 'rows-and-addresses'): readonly Change[] {
    if (revision <= 1) return [];
    return this.#altering({ from: revision - 1, to: revision }, selection, part, () => this.of(revision));
  }

  /** What is different in one revision from another, in the fixed order. Either may be the older. */
  between(from: number, to: number): readonly Change[] {
    return this.#changesOf({ from, to }, `${from}..${to}`);
  }

  /** What of that alters what a selection is answered. */
  alteringBetween(from: number, to: number, selection: Selection): readonly Change[] {
    return this.#altering({ from, to }, selection, 'rows-and-addresses', () => this.between(from, to));
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
    const { lives } = this.chronicle;
    const neededAt = (revision: number) => neededHosts(this.chronicle.catalogAt(revision).value);
    const [neededBefore, needed] = [neededAt(span.from), neededAt(span.to)];
    const isInUseAt = (revision: number) => (life: AddressLife) => isDuring(life, revision) && isInUse(life.address);
    const uses: Uses = {
      hadInUse: (host, family) =>
        lives.ofHost(host).some((life) => isInUseAt(span.from)(life) && familyOf(life.address.cidr) === family),
      hasInUse: (cidr) => lives.ofCidr(cidr).some((life) => isInUseAt(span.to)(life) && needed.has(life.address.host)),
      needs: (host) => neededBefore.has(host) || needed.has(host),
      usedSince: (host, cidr) => {
        const since = lives.inUseSince(host, cidr, span.to);
        // Going back in time, it is of no use to say when it was in use first.
        return since === undefined || since <= span.from ? publishedAt : this.chronicle.record(since)!.publishedAt;
      },
    };
    const differences = [
      ...(this.#isSameCatalog(span)
        ? []
        : catalogDifferences(this.chronicle.content(span.from), this.chronicle.content(span.to), publishedAt)),
      ...addressDifferences(this.#edgesOf(span), uses, publishedAt),
    ];
    return differences.map((difference, i) => ({ id: `${name}-${i + 1}`, revision, publishedAt, ...difference }));
  }

  #altering(span: Span, selection: Selection, part: AnswerPart, all: () => readonly Change[]): readonly Change[] {
    const [before, after] = [this.#chosenAt(span.from, selection), this.#chosenAt(span.to, selection)];
    const hosts = before === after ? after.hosts : before.hosts.union(after.hosts);
    const edges = part === 'rows' ? [] : this.#edgesOf(span);
    const altered = new Set(
      edges.filter((edge) => this.#alters(edge, span, hosts, selection)).map((edge) => keyOf(addressIn(edge))),
    );
    const isRowAltered =
      before !== after &&
      (before.text !== after.text || (before.general !== after.general && this.#hasGeneral(span, selection)));
    if (altered.size === 0 && !isRowAltered) return [];
    const changes = all();
    const found = changes.filter((change) =>
      change.subject === 'address'
        ? altered.has(`${change.host} ${change.address}`)
        : isRowAltered && (isOf(before, change) || isOf(after, change) || isAlteredPort(change, before, after)),
    );
    // What is chosen differs, though none of its parts says so: rather all of it than nothing.
    return found.length > 0 ? found : changes.filter(({ subject }) => subject !== 'address');
  }

  #hasGeneral({ from, to }: Span, selection: Selection): boolean {
    return this.chronicle.lives
      .ofHost(GENERAL)
      .some((life) => (isDuring(life, from) || isDuring(life, to)) && isSeen(life, selection));
  }

  #edgesOf({ from, to }: Span): AddressEdge[] {
    return to === from + 1 ? this.chronicle.lives.edgesOf(to) : this.chronicle.lives.edgesBetween(from, to);
  }

  #isSameCatalog({ from, to }: Span): boolean {
    const { chronicle } = this;
    return (
      chronicle.catalogAt(from).from === chronicle.catalogAt(to).from &&
      chronicle.listedHostsSince(from) === chronicle.listedHostsSince(to)
    );
  }

  /** Whether what became of an address is seen in the answer of a selection with these hosts. */
  #alters(edge: AddressEdge, span: Span, hosts: ReadonlySet<string>, selection: Selection): boolean {
    const { host, cidr } = addressIn(edge);
    if (!allows(selection.family, familyOf(cidr))) return false;
    const { lives } = this.chronicle;
    const asksRetired = selection.status.includes('retired');
    const isRetired = (host: string, revision: number) => asksRetired && lives.isPast(host, cidr, revision);
    if (hosts.has(host)) {
      if (shows(edge.before, selection) || shows(edge.after, selection)) return true;
      return isRetired(host, span.from) || isRetired(host, span.to);
    }
    // A host of the catalog that comes or goes behind an address is told with the others' address, as `sharedWith`.
    if ((edge.before !== null && edge.after !== null) || !this.#isInCatalog(host, span)) return false;
    const others = lives.ofCidr(cidr).filter(({ address }) => hosts.has(address.host));
    const isShown = (revision: number) =>
      others.some((life) =>
        isDuring(life, revision) ? shows(life.address, selection) : isRetired(life.address.host, revision),
      );
    return isShown(span.from) && isShown(span.to);
  }

  #newestAltering(upTo: number, selection: Selection, part: AnswerPart): number {
    const key = `${upTo} ${this.chronicle.record(upTo)!.digest} ${part} ${JSON.stringify(selection)}`;
    const kept = this.#newest.get(key);
    if (kept !== undefined) return kept;
    const newest = this.#newestOf(upTo, selection, part);
    this.#newest.set(key, newest);
    return newest;
  }

  /** While the catalog stays the same, only addresses alter an answer; where it changed, what it chooses is compared. */
  #newestOf(upTo: number, selection: Selection, part: AnswerPart): number {
    for (let last = upTo; last > 1;) {
      const since = this.chronicle.catalogAt(last).from;
      const turns = part === 'rows' ? [] : this.#turnsOf(selection, since, last);
      const found = [...turns, since].find((revision) => this.altering(revision, selection, part).length > 0);
      if (found !== undefined) return found;
      last = since - 1;
    }
    return 1;
  }

  /** The revisions after one, up to another, in which an address of the answer, or who shares it, may have changed; newest first. */
  #turnsOf(selection: Selection, after: number, upTo: number): number[] {
    const { lives } = this.chronicle;
    const { hosts } = this.#chosenAt(upTo, selection);
    const turns = new Set<number>();
    const note = ({ from, to }: AddressLife) => {
      for (const turn of [from, to]) if (turn !== null && after < turn && turn <= upTo) turns.add(turn);
    };
    for (const life of [...hosts].flatMap((host) => lives.ofHost(host))) {
      if (!shows(life.address, selection) && !selection.status.includes('retired')) continue;
      note(life);
      for (const other of lives.ofCidr(life.address.cidr)) if (!hosts.has(other.address.host)) note(other);
    }
    return [...turns].sort((a, b) => b - a);
  }

  #chosenAt(revision: number, selection: Selection): Chosen {
    const { from, value } = this.chronicle.catalogAt(revision);
    const key = `${from} ${this.chronicle.record(from)!.digest} ${JSON.stringify(selection)}`;
    const kept = this.#chosen.get(key);
    if (kept !== undefined) return kept;
    const chosen = chosenIn(value, selection);
    this.#chosen.set(key, chosen);
    return chosen;
  }

  #isInCatalog(host: string, { from, to }: Span): boolean {
    return [from, to].some((revision) =>
      this.chronicle.catalogAt(revision).value.endpoints.some((endpoint) => namesOf(endpoint).includes(host)),
    );
  }
}

/** Of a range of ports, only what the selection has of it counts. */
function isAlteredPort({ subject, requirement }: Change, before: Chosen, after: Chosen): boolean {
  if (subject !== 'port' || requirement === null) return false;
  return before.portsByRef.get(requirement) !== after.portsByRef.get(requirement);
}

function addressIn({ before, after }: AddressEdge): HeldAddress {
  return (after ?? before)!;
}

function keyOf({ host, cidr }: HeldAddress): string {
  return `${host} ${cidr}`;
}

function isSeen({ address }: AddressLife, selection: Selection): boolean {
  return shows(address, selection) && allows(selection.family, familyOf(address.cidr));
}

function shows(address: HeldAddress | null, { status }: Selection): boolean {
  return address !== null && status.includes(address.status);
}

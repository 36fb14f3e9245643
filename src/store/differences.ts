import { LRUCache } from 'lru-cache';
import { isInUse } from '../model/address.js';
import type { Change } from '../model/change.js';
import { familyOf, type Family } from '../model/cidr.js';
import { addressDifferences, type Uses } from '../model/diff-addresses.js';
import { catalogDifferences } from '../model/diff-catalogs.js';
import { neededHosts } from '../model/needed-hosts.js';
import { isDuring, type AddressLife } from './address-life.js';
import type { Chronicle } from './chronicle.js';
import type { Edges } from './edges.js';
import type { Span } from './sight.js';

/** How many changes stay worked out. */
const KEPT = 20_000;

/** What is different in one revision from another. */
export class Differences {
  readonly #kept = new LRUCache<string, readonly Change[]>({
    maxSize: KEPT,
    sizeCalculation: (changes) => 1 + changes.length,
  });

  constructor(
    private readonly chronicle: Chronicle,
    private readonly edges: Edges,
  ) {}

  /** Every change of a revision, in the fixed order. The first revision is what others are compared with: it has none. */
  of(revision: number): readonly Change[] {
    if (revision <= 1) return [];
    const key = `${revision} ${this.chronicle.record(revision)!.digest}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const changes = this.#changesOf({ from: revision - 1, to: revision }, `${revision}`);
    this.#kept.set(key, changes);
    return changes;
  }

  /** What is different in one revision from another, in the fixed order. Either may be the older. */
  between(from: number, to: number): readonly Change[] {
    return this.#changesOf({ from, to }, `${from}..${to}`);
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
      ...addressDifferences(this.edges.between(span), this.#usesAround(span, publishedAt), publishedAt),
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
}

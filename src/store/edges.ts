import { LRUCache } from 'lru-cache';
import type { AddressEdge } from '../model/diff-addresses.js';
import type { Chronicle } from './chronicle.js';
import { RevisionEdges } from './revision-edges.js';
import type { Span } from './sight.js';

/** How many addresses stay compared. */
const KEPT = 100_000;

/** How addresses differ from one revision to another. What one revision did stays worked out. */
export class Edges {
  readonly #kept = new LRUCache<string, RevisionEdges>({ maxSize: KEPT, sizeCalculation: ({ all }) => 1 + all.length });

  constructor(private readonly chronicle: Chronicle) {}

  /** Those of a revision, from the one before it. */
  of(revision: number): RevisionEdges {
    const key = `${revision} ${this.chronicle.record(revision)!.digest}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const edges = new RevisionEdges(this.chronicle.lives.edgesOf(revision));
    this.#kept.set(key, edges);
    return edges;
  }

  between({ from, to }: Span): readonly AddressEdge[] {
    return to === from + 1 ? this.of(to).all : this.chronicle.lives.edgesBetween(from, to);
  }
}

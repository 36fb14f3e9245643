import type { Answer, Client } from './client.ts';
import { nameOf, type Probe } from '../../faults/probe.ts';

/** What is wrong with an answer: another status, other bytes than its revision has, or next to nothing. */
export type Wrong = { readonly kind: 'status' | 'body' | 'empty'; readonly what: string };

type Right = Pick<Answer, 'body' | 'etag'>;

/**
 * What is right to answer, by revision. It is learned in quiet, right after a revision was published; what was answered
 * of it before then is kept, and looked at when it is known.
 */
export class Truth {
  readonly #right = new Map<string, ReadonlyMap<Probe, Right>>();
  readonly #early = new Map<string, { readonly probe: Probe; readonly answer: Answer }[]>();
  #first: ReadonlyMap<Probe, Right> | undefined;
  #latest: ReadonlyMap<Probe, Right> = new Map();

  readonly #tell: (wrong: Wrong) => void;

  constructor(tell: (wrong: Wrong) => void) {
    this.#tell = tell;
  }

  get revisions(): number {
    return this.#right.size;
  }

  /** The ETag of the newest right answer. */
  etagOf(probe: Probe): string | null {
    return this.#latest.get(probe)?.etag ?? null;
  }

  bodyOf(probe: Probe): Buffer | undefined {
    return this.#latest.get(probe)?.body;
  }

  /** Asks everything once, while nobody else does. */
  async learn(client: Client, probes: readonly Probe[]): Promise<void> {
    const right = new Map<Probe, Right>();
    const revisions = new Set<string>();
    for (const probe of probes) {
      const answer = await client.ask(probe);
      if (answer.status !== 200) this.#tell({ kind: 'status', what: `${nameOf(probe)} in quiet: ${answer.status}` });
      if (answer.revision !== null) revisions.add(answer.revision);
      right.set(probe, answer);
    }
    const [revision, ...others] = [...revisions];
    if (revision === undefined || others.length > 0) throw new Error(`Learned of revisions ${[...revisions].join()}.`);
    this.#first ??= right;
    this.#latest = right;
    this.#right.set(revision, right);
    const early = this.#early.get(revision) ?? [];
    this.#early.delete(revision);
    for (const { probe, answer } of early) this.check(probe, answer);
  }

  check(probe: Probe, answer: Answer): void {
    const { status, revision, etag, body } = answer;
    const name = nameOf(probe);
    if (status !== 200 && status !== 304) return this.#tell({ kind: 'status', what: `${name}: ${status}` });
    if (revision === null) return this.#tell({ kind: 'body', what: `${name}: no revision` });
    const known = this.#right.get(revision);
    if (known === undefined) {
      this.#early.getOrInsertComputed(revision, () => []).push({ probe, answer });
      return;
    }
    const right = known.get(probe)!;
    const differs = status === 304 ? etag !== right.etag : !body.equals(right.body) || etag !== right.etag;
    if (differs) this.#tell({ kind: 'body', what: `${name}: not what revision ${revision} has (${status}, ${etag})` });
    // No true change of a storm takes away half of an answer.
    if (status === 200 && body.length < this.#first!.get(probe)!.body.length / 2)
      this.#tell({ kind: 'empty', what: `${name}: ${body.length} bytes` });
  }

  /** Answers of a revision that nobody learned of. */
  unexplained(): readonly string[] {
    return [...this.#early].map(([revision, answers]) => `${answers.length} answers of revision ${revision}`);
  }
}

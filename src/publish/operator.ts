import type { Logger } from 'pino';
import { DomainError } from '../model/error.js';
import type { Cidr } from '../model/cidr.js';
import { holding, withoutRevoked, type Decision } from '../model/decision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Current } from '../store/current.js';
import type { Timeline } from '../store/timeline.js';
import type { CatalogDoor } from './catalog-door.js';
import type { DecisionDoor } from './decision-door.js';
import type { Decisions } from './decisions.js';
import { heldAs, type Held } from './held.js';
import type { PollOutcome, Refresher } from './refresher.js';

/** Who decides, and why, in the operator's own words. */
export interface Decider {
  readonly by: string;
  readonly note: string | null;
}

/** How long an approval waits for what it approves to be offered. */
const APPROVED_FOR_MS = 7 * 24 * 60 * 60_000;

/** Where operators come in: what they decide is taken down with their name, and acted on at once. */
export class Operator {
  constructor(
    private readonly decisions: Decisions,
    private readonly decisionDoor: DecisionDoor,
    private readonly refresher: Refresher,
    private readonly door: CatalogDoor,
    private readonly timeline: Timeline,
    private readonly current: Current,
    private readonly now: () => Date,
    private readonly log: Logger,
  ) {}

  /** What is held now. */
  held(): readonly Held[] {
    const inForce = this.decisions.inForce();
    const all = [heldAs('list', this.refresher.record.held, inForce), heldAs('catalog', this.door.held, inForce)];
    return all.filter((one) => one !== null);
  }

  /**
   * Lets in exactly what is held under a digest, if it is still offered within a week. A list is then published as every
   * other: once it has soaked.
   *
   * @throws DomainError `not-held`.
   */
  async approve(digest: string, { by, note }: Decider): Promise<PollOutcome> {
    const held = this.#heldUnder(digest);
    const until = new Date(this.now().getTime() + APPROVED_FOR_MS).toISOString();
    await this.#take({ kind: 'approve', subject: digest, host: null, by, note, until });
    if (held.kind === 'list') return this.refresher.poll(by);
    await this.door.publish();
    return { outcome: 'published', reason: null, detail: 'The catalog that was held is served.' };
  }

  /**
   * Keeps out what is held under a digest, for good. It goes on being told as held while it is offered.
   *
   * @throws DomainError `not-held`.
   */
  async reject(digest: string, { by, note }: Decider): Promise<Held> {
    this.#heldUnder(digest);
    await this.#take({ kind: 'reject', subject: digest, host: null, by, note, until: null });
    return this.#heldUnder(digest);
  }

  /**
   * Serves what a revision held, and nothing else, until it is unpinned or an instant has come. Where that is not what is
   * served, it becomes a revision of its own.
   *
   * @throws DomainError `unknown-revision`.
   */
  async pin(revision: number, until: string | null, { by, note }: Decider): Promise<Snapshot> {
    // Where it cannot be read, it cannot be kept either.
    this.timeline.snapshotAt(this.#served(), { kind: 'revision', revision });
    await this.#take({ kind: 'pin', subject: String(revision), host: null, by, note, until });
    await this.decisionDoor.publish();
    return this.#served();
  }

  /** Goes on following upstream and the catalog. */
  async unpin({ by, note }: Decider): Promise<PollOutcome> {
    await this.#take({ kind: 'unpin', subject: '', host: null, by, note, until: null });
    await this.door.publish();
    return this.refresher.poll(by);
  }

  /**
   * Takes every address that lies in a block off what is served, at once and without grace, and keeps it off whatever the
   * list says.
   *
   * @param host of one host alone; `null` for all.
   * @throws DomainError `not-served` where nothing that is served lies in it.
   */
  async revoke(block: Cidr, host: string | null, { by, note }: Decider): Promise<Snapshot> {
    const decision = { kind: 'revoke', subject: block, host, by, note, until: null } as const;
    const { addresses } = this.#served();
    if (withoutRevoked(addresses, [{ ...decision, at: '' }]) === addresses) {
      const wider = holding(addresses, block).map(({ cidr, host: of }) => `${cidr} of ${of}`);
      const hint = wider.length === 0 ? '' : ` It is a part of ${wider.join(', ')}: revoke that whole.`;
      throw new DomainError('not-served', `No address that is served lies in ${block}.${hint}`);
    }
    await this.#take(decision);
    await this.decisionDoor.publish();
    return this.#served();
  }

  /**
   * Lets a block in again that was revoked: the next poll has it.
   *
   * @throws DomainError `not-held`.
   */
  async restore(block: Cidr, host: string | null, { by, note }: Decider): Promise<PollOutcome> {
    const { revoked } = this.decisions.inForce();
    if (!revoked.some((one) => one.subject === block && one.host === host)) {
      const known = revoked.map((one) => (one.host === null ? one.subject : `${one.subject} of ${one.host}`));
      const hint = known.length === 0 ? 'Nothing is revoked.' : `Revoked are ${known.join(', ')}.`;
      throw new DomainError('not-held', `${block} is not revoked${host === null ? '' : ` of ${host}`}. ${hint}`);
    }
    await this.#take({ kind: 'restore', subject: block, host, by, note, until: null });
    return this.refresher.poll(by);
  }

  async #take(decision: Omit<Decision, 'at'>): Promise<void> {
    const err = await this.decisions.take(decision);
    const { kind, subject, host, by, note, until } = decision;
    this.log.warn({ kind, subject, host, by, note, until }, 'an operator decided');
    if (err !== null)
      this.log.error({ err }, 'that could not be written beside the store; it is in the store, and holds');
  }

  #heldUnder(digest: string): Held {
    const all = this.held();
    const found = all.find((one) => one.digest === digest);
    if (found !== undefined) return found;
    const hint =
      all.length === 0
        ? 'Nothing is held.'
        : `Held now: ${all.map((one) => `${one.digest} (${one.reason})`).join(', ')}.`;
    throw new DomainError('not-held', `Nothing is held under the digest "${digest}". ${hint}`);
  }

  #served(): Snapshot {
    const { snapshot } = this.current;
    if (snapshot === undefined)
      throw new DomainError('no-revision', 'Nothing is served yet, so nothing can be decided.');
    return snapshot;
  }
}

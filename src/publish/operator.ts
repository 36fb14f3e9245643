import type { Logger } from 'pino';
import { DomainError, invalidParameters, type Fault } from '../model/error.js';
import type { Cidr } from '../model/cidr.js';
import { holding, withoutRevoked, type Decision } from '../model/decision.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Current } from '../store/current.js';
import type { Timeline } from '../store/timeline.js';
import type { CatalogDoor } from './catalog-door.js';
import type { DecisionDoor } from './decision-door.js';
import type { Decisions } from './decisions.js';
import { heldAs, type Held } from './held.js';
import type { Refresher } from './refresher.js';
import type { PollOutcome } from './poll-outcome.js';

/** Who decides, and why, in the operator's own words. */
export interface Decider {
  readonly by: string;
  readonly note: string | null;
}

/** What an operator is told who approved a catalog. */
const APPROVED: Readonly<Record<'served' | 'held' | 'pinned' | 'waiting', PollOutcome>> = {
  served: { outcome: 'published', reason: null, detail: 'The catalog that was held is served.' },
  held: { outcome: 'held', reason: null, detail: 'The file has another content by now, which is held as well.' },
  pinned: { outcome: 'pinned', reason: null, detail: 'It is served when the pin is over, if that is within a week.' },
  waiting: { outcome: 'unchanged', reason: null, detail: 'It is served with the first list that is read.' },
};

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
    if (held.kind === 'list') return this.refresher.pollAnew(by);
    return APPROVED[await this.#followed(this.door.publish())];
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
   * @throws DomainError `unknown-revision`; `invalid-parameters` where the instant has passed.
   */
  async pin(revision: number, until: string | null, { by, note }: Decider): Promise<Snapshot> {
    if (until !== null && until <= this.now().toISOString()) throw invalidParameters([passed(until)]);
    // Where it cannot be read, it cannot be kept either.
    this.timeline.snapshotAt(this.#served(), { kind: 'revision', revision });
    await this.#take({ kind: 'pin', subject: String(revision), host: null, by, note, until });
    await this.#followed(this.decisionDoor.publish());
    return this.#served();
  }

  /** Goes on following upstream and the catalog. */
  async unpin({ by, note }: Decider): Promise<PollOutcome> {
    await this.#take({ kind: 'unpin', subject: '', host: null, by, note, until: null });
    await this.#followed(this.decisionDoor.publish().then(() => this.door.publish()));
    return this.refresher.pollAnew(by);
  }

  /**
   * Takes every address that lies in a block off what is served, at once and without grace, and keeps it off whatever the
   * list says.
   *
   * @param host of one host alone; `null` for all.
   * @throws DomainError `not-served` where nothing that is served lies in it, or where it lies in a wider block itself.
   */
  async revoke(block: Cidr, host: string | null, { by, note }: Decider): Promise<Snapshot> {
    const decision = { kind: 'revoke', subject: block, host, by, note, until: null } as const;
    const { addresses } = this.#served();
    const wider = holding(addresses, block).filter((one) => host === null || one.host === host);
    if (wider.length > 0) {
      const told = wider.map((one) => `${one.cidr} of ${one.host}`).join(', ');
      const detail = `${block} is a part of ${told}, which would still open it. Nothing was changed: revoke that whole.`;
      throw new DomainError('not-served', detail);
    }
    if (withoutRevoked(addresses, [{ ...decision, at: '' }]) === addresses)
      throw new DomainError('not-served', `No address that is served lies in ${block}.`);
    await this.#take(decision);
    await this.#followed(this.decisionDoor.publish());
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
    return this.refresher.pollAnew(by);
  }

  async #take(decision: Omit<Decision, 'at'>): Promise<void> {
    const err = await this.decisions.take(decision);
    const { kind, subject, host, by, note, until } = decision;
    this.log.warn({ kind, subject, host, by, note, until }, 'an operator decided');
    if (err !== null)
      this.log.error({ err }, 'that could not be written beside the store; it is in the store, and holds');
  }

  /** Waits for what follows from a decision that is taken down already. */
  async #followed<T>(publishing: Promise<T>): Promise<T> {
    try {
      return await publishing;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const detail = `It is taken down and holds, but what follows from it could not be published yet: ${why} It is tried again. Until then what was served before still is.`;
      throw Object.assign(new DomainError('store-unavailable', detail), { cause: error });
    }
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

function passed(until: string): Fault {
  const message = `The instant "${until}" of "until" has passed already. Allowed: an RFC 3339 instant to come.`;
  return { code: 'malformed-value', parameter: 'until', value: until, message, allowed: [], didYouMean: null };
}

import type { Logger } from 'pino';
import { withoutRevoked, type Decision } from '../model/decision.js';
import type { Current } from '../store/current.js';
import type { Timeline } from '../store/timeline.js';
import type { Decisions } from './decisions.js';
import type { Publisher } from './publisher.js';

/** Where operators' decisions come in: what is pinned is served and what is revoked is not, as soon as that can be stored. */
export class DecisionDoor {
  /** The decisions that what is served follows. */
  #followed: readonly Decision[] = [];
  #lastError: string | null = null;

  constructor(
    private readonly decisions: Decisions,
    private readonly publisher: Publisher,
    private readonly timeline: Timeline,
    private readonly current: Current,
    private readonly log: Logger,
  ) {}

  /** Makes what is served follow what operators decided, each change of it under the name of who decided it. */
  async publish(): Promise<void> {
    const { all } = this.decisions;
    const { pin, revoked } = this.decisions.inForce();
    await this.#takeOff(revoked);
    if (pin !== null) await this.#keep(pin);
    this.#followed = all;
  }

  /** The same, where nobody waits for it. Never rejects: what fails is tried again. */
  async tryToPublish(): Promise<void> {
    if (this.#followed === this.decisions.all) return;
    try {
      await this.publish();
      this.#lastError = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // A retry that fails as before is not worth another line.
      if (reason !== this.#lastError) this.log.error({ reason }, 'what operators decided could not be published yet');
      this.#lastError = reason;
    }
  }

  /** Tries again what could not be published at the time, until the signal aborts. */
  keepTrying(everyMs: number, signal: AbortSignal): void {
    const retries = setInterval(() => void this.tryToPublish(), everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(retries), { once: true });
  }

  /** Takes every address off that is revoked. */
  async #takeOff(revoked: readonly Decision[]): Promise<void> {
    const { snapshot } = this.current;
    if (snapshot === undefined) return;
    for (const { by, note, ...decision } of revoked) {
      await this.publisher.publish(snapshot.catalog.product, (head) => {
        const addresses = withoutRevoked(head?.addresses ?? [], [{ by, note, ...decision }]);
        if (head === undefined || addresses === head.addresses) return undefined;
        const { catalog, listedHosts, revision } = head;
        const content = { catalog, listedHosts, addresses };
        return { content, cause: 'operator', by, note, upstream: revision.upstream, catalog: revision.catalog };
      });
    }
  }

  /** Serves what a revision held, but for what was revoked since. */
  async #keep({ subject, by, note }: Decision): Promise<void> {
    const { snapshot } = this.current;
    if (snapshot === undefined) return;
    const moment = { kind: 'revision', revision: Number(subject) } as const;
    const { upstream, catalog } = this.timeline.recordAt(snapshot, moment);
    const kept = this.timeline.snapshotAt(snapshot, moment);
    const content = { catalog: kept.catalog, listedHosts: kept.listedHosts, addresses: kept.addresses };
    await this.publisher.publish(snapshot.catalog.product, () => ({
      content,
      cause: 'operator',
      by,
      note,
      upstream,
      catalog,
    }));
  }
}

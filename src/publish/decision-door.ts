import type { Logger } from 'pino';
import { withoutRevoked, type Decision } from '../model/decision.js';
import type { Current } from '../store/current.js';
import type { Timeline } from '../store/timeline.js';
import type { Decisions } from './decisions.js';
import type { Publisher } from './publisher.js';

/**
 * Where operators' decisions come in: what is pinned is served and what is revoked is not, as soon as that can be stored;
 * and once a pin is over, by whatever ends it, all that it kept back.
 */
export class DecisionDoor {
  /** The decisions, and the pin among them, that what is served follows. */
  #followed: { readonly all: readonly Decision[]; readonly pin: Decision | null };
  #lastError: string | null = null;
  #isTrying = false;

  constructor(
    private readonly decisions: Decisions,
    private readonly publisher: Publisher,
    private readonly timeline: Timeline,
    private readonly current: Current,
    private readonly log: Logger,
  ) {
    this.#followed = { all: decisions.all, pin: null };
  }

  /** Makes what is served follow what operators decided, each change of it under the name of who decided it. */
  async publish(): Promise<void> {
    if (this.current.snapshot === undefined) return;
    const { all } = this.decisions;
    const { pin, revoked } = this.decisions.inForce();
    for (const decision of revoked) await this.#takeOff(decision);
    if (pin !== null) await this.#keep(pin);
    this.#followed = { all, pin };
  }

  /**
   * The same, where nobody waits for it, and only where there is something to do. Never rejects: what fails is tried again.
   *
   * @param goOn publishes what a pin kept back.
   */
  async tryToPublish(goOn: () => Promise<unknown> = async () => undefined): Promise<void> {
    try {
      await this.decisions.complete();
      const { all, pin: before } = this.#followed;
      const { pin } = this.decisions.inForce();
      if (all === this.decisions.all && before === pin) return;
      await this.publish();
      if (before !== null && pin === null) await goOn();
      this.#lastError = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // A retry that fails as before is not worth another line.
      if (reason !== this.#lastError) this.log.error({ reason }, 'what operators decided could not be published yet');
      this.#lastError = reason;
    }
  }

  /** Sees, until the signal aborts, that a pin has come to its end, and tries again what could not be stored at the time. */
  watch(everyMs: number, signal: AbortSignal, goOn: () => Promise<unknown>): void {
    const looks = setInterval(() => {
      if (this.#isTrying) return;
      this.#isTrying = true;
      void this.tryToPublish(goOn).finally(() => (this.#isTrying = false));
    }, everyMs).unref();
    signal.addEventListener('abort', () => clearInterval(looks), { once: true });
  }

  /** Takes every address off that a decision revokes. */
  async #takeOff(decision: Decision): Promise<void> {
    await this.publisher.publish(this.current.snapshot!.catalog.product, (head) => {
      // It may have been restored since.
      if (head === undefined || !this.decisions.inForce().revoked.includes(decision)) return undefined;
      const addresses = withoutRevoked(head.addresses, [decision]);
      if (addresses === head.addresses) return undefined;
      const { catalog, listedHosts, revision } = head;
      const content = { catalog, listedHosts, addresses };
      const { by, note } = decision;
      return { content, cause: 'operator', by, note, upstream: revision.upstream, catalog: revision.catalog };
    });
  }

  /** Serves what a revision held, but for what was revoked since. */
  async #keep(pin: Decision): Promise<void> {
    const snapshot = this.current.snapshot!;
    const moment = { kind: 'revision', revision: Number(pin.subject) } as const;
    const { upstream, catalog } = this.timeline.recordAt(snapshot, moment);
    const kept = this.timeline.snapshotAt(snapshot, moment);
    const content = { catalog: kept.catalog, listedHosts: kept.listedHosts, addresses: kept.addresses };
    await this.publisher.publish(snapshot.catalog.product, () => {
      // It may be over by now.
      if (this.decisions.inForce().pin !== pin) return undefined;
      return { content, cause: 'operator', by: pin.by, note: pin.note, upstream, catalog };
    });
  }
}

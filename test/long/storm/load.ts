import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';
import { nameOf, type Probe } from '../../faults/probe.ts';
import type { Truth, Wrong } from './truth.ts';

const LANES = 16;
/** Every so many questions are asked with what is known already. */
const CONDITIONAL = 4;

/** Clients that ask so often and no oftener, and look at each answer. */
export class Load {
  #times: number[] = [];
  #asked = 0;
  #inFlight = 0;
  #paused = false;
  #stopped = false;
  readonly #lanes: Promise<void[]>;
  readonly #client: Client;
  readonly #probes: readonly Probe[];
  readonly #truth: Truth;
  readonly #tell: (wrong: Wrong) => void;

  constructor(client: Client, probes: readonly Probe[], truth: Truth, tell: (wrong: Wrong) => void, rate: number) {
    this.#client = client;
    this.#probes = probes;
    this.#truth = truth;
    this.#tell = tell;
    const everyMs = (1000 * LANES) / rate;
    this.#lanes = Promise.all(Array.from({ length: LANES }, (_, lane) => this.#run((everyMs * lane) / LANES, everyMs)));
  }

  get asked(): number {
    return this.#asked;
  }

  /** How long each answer took since this was asked last, in milliseconds, the quickest first. */
  take(): readonly number[] {
    const times = this.#times.sort((a, b) => a - b);
    this.#times = [];
    return times;
  }

  /** Does something while nothing is asked. */
  async inQuiet(act: () => Promise<void>): Promise<void> {
    this.#paused = true;
    while (this.#inFlight > 0) await sleep(2);
    try {
      await act();
    } finally {
      this.#paused = false;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#lanes;
  }

  async #run(afterMs: number, everyMs: number): Promise<void> {
    for (let dueMs = performance.now() + afterMs; !this.#stopped;) {
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      // What was missed in quiet, or because an answer was slow, is made up for in part only.
      dueMs = Math.max(dueMs + everyMs, performance.now() - 5 * everyMs);
      if (!this.#paused && !this.#stopped) await this.#once();
    }
  }

  async #once(): Promise<void> {
    const turn = this.#asked++;
    const probe = this.#probes[turn % this.#probes.length]!;
    this.#inFlight++;
    try {
      const known = Math.floor(turn / this.#probes.length) % CONDITIONAL === 0 ? this.#truth.etagOf(probe) : null;
      const answer = await this.#client.ask(probe, known);
      this.#times.push(answer.ms);
      this.#truth.check(probe, answer);
    } catch (error) {
      this.#tell({ kind: 'status', what: `${nameOf(probe)}: ${(error as Error).message}` });
    } finally {
      this.#inFlight--;
    }
  }
}

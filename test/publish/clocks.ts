import pino, { type Logger } from 'pino';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The two clocks of a machine, moved by hand. */
export class Clocks {
  #wallMs: number;
  #monotonicMs = 5_000;

  constructor(start = '2026-03-01T12:00:00.000Z') {
    this.#wallMs = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#wallMs);
  readonly monotonicMs = (): number => this.#monotonicMs;

  /** Time passes. */
  pass(ms: number): this {
    this.#wallMs += ms;
    this.#monotonicMs += ms;
    return this;
  }

  /** Somebody, or a battery, sets the clock. */
  jump(ms: number): this {
    this.#wallMs += ms;
    return this;
  }

  /** The instant so long from now, as text. */
  in(ms: number): string {
    return new Date(this.#wallMs + ms).toISOString();
  }
}

/** A log, and the lines that were written to it. */
export function listening(): { readonly log: Logger; readonly lines: readonly Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { log, lines };
}

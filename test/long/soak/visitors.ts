import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomness } from '../../faults/poison.ts';
import type { Probe } from '../../faults/probe.ts';

/** Clients who come once: some ask what nobody asked before, some go in the middle of it. */
export class Visitors {
  #came = 0;
  #stopped = false;
  readonly #coming: Promise<void>;

  /** @param everyMs how often one comes. */
  constructor(port: number, everyMs: number, seed: number) {
    this.#coming = this.#come(port, everyMs, randomness(seed));
  }

  get came(): number {
    return this.#came;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#coming;
  }

  async #come(port: number, everyMs: number, random: () => number): Promise<void> {
    while (!this.#stopped) {
      const request = requestOf(freshQuestion(random));
      const isCut = random() < 0.2;
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write(isCut ? request.slice(0, Math.floor(random() * request.length)) : request);
      if (isCut) setTimeout(() => socket.destroy(), 50);
      this.#came++;
      await sleep(everyMs);
    }
  }
}

/** What most likely nobody asked before. */
export function freshQuestion(random: () => number): Probe {
  const whole = (below: number) => Math.floor(random() * below);
  if (random() < 0.5) {
    const address = `${1 + whole(223)}.${whole(256)}.${whole(256)}.${whole(256)}`;
    return { method: 'GET', path: `/lookup?q=${address}`, body: null };
  }
  const body = JSON.stringify({
    query: 'query ($port: [PortNumber!]) { requirements(selection: { port: $port }) { nodes { ref } } }',
    variables: { port: [1 + whole(65_535)] },
  });
  return { method: 'POST', path: '/graphql', body };
}

function requestOf({ method, path, body }: Probe): string {
  const about = body === null ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${about}\r\n${body ?? ''}`;
}

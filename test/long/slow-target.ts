import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';

/** The service that is tried. */
export interface Target {
  readonly port: number;
  readonly pid: number;
}

/** A figure, and how high it may be. */
export interface Finding {
  readonly what: string;
  readonly most: number;
  readonly seen: number;
  readonly unit: string;
}

/** How many sockets the process holds, listening ones too. Source: proc_pid_fd(5). */
export function socketsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
    } catch {
      // It was closed meanwhile.
      return false;
    }
  }).length;
}

/** A client like any other, who asks a hundred times a second. */
export class OtherClient {
  readonly #times: number[] = [];
  #isDone = false;
  #asking: Promise<void> | undefined;

  begin(port: number): void {
    this.#asking = this.#ask(new Connection(port, '127.0.0.9'));
  }

  /** Ends, and says within how many ms 99 of 100 were answered. */
  async p99Ms(): Promise<number> {
    this.#isDone = true;
    await this.#asking;
    const sorted = this.#times.toSorted((one, other) => one - other);
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Infinity;
  }

  async #ask(connection: Connection): Promise<void> {
    const request = Buffer.from('GET /requirements?task=upgrade&mode=online HTTP/1.1\r\nHost: a\r\n\r\n');
    while (!this.#isDone) {
      const { ms, status } = await connection.ask(request, false);
      this.#times.push(status === 200 ? ms : Infinity);
      await sleep(10);
    }
    connection.close();
  }
}

/** The same before anything is tried: how busy the machine is with other things. */
export async function calmP99Ms(port: number): Promise<number> {
  const client = new OtherClient();
  client.begin(port);
  await sleep(3_000);
  return client.p99Ms();
}

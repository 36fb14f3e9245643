import type { Catalog } from '../model/catalog.js';
import type { Step } from './chronicle.js';

/**
 * Which ports are the same to every rule there was: those between two places where a range begins or ends. A selection
 * of others of the same kinds chooses the same, whatever the revision.
 */
export class PortKinds {
  /** The first port of each kind but the lowest, up to a catalog: ascending. */
  readonly #firstPorts = new WeakMap<Step<Catalog>, readonly number[]>();

  /**
   * The kinds of some ports, each once; `null` stays what it is.
   *
   * @param catalogs every catalog up to a revision, in order.
   */
  of(ports: readonly number[] | null, catalogs: readonly Step<Catalog>[]): readonly number[] | null {
    if (ports === null) return null;
    const firstPorts = this.#upTo(catalogs);
    return [...new Set(ports.map((port) => kindOf(port, firstPorts)))];
  }

  #upTo(catalogs: readonly Step<Catalog>[]): readonly number[] {
    const known = catalogs.findLastIndex((step) => this.#firstPorts.has(step));
    let firstPorts = known < 0 ? [] : this.#firstPorts.get(catalogs[known]!)!;
    for (const step of catalogs.slice(known + 1)) {
      const own = step.value.rows.flatMap(({ ports }) => ports.flatMap(({ from, to }) => [from, to + 1]));
      firstPorts = [...new Set([...firstPorts, ...own])].sort((a, b) => a - b);
      this.#firstPorts.set(step, firstPorts);
    }
    return firstPorts;
  }
}

/** How many kinds are below a port. */
function kindOf(port: number, firstPorts: readonly number[]): number {
  const above = firstPorts.findIndex((first) => first > port);
  return above < 0 ? firstPorts.length : above;
}

import { compareText } from '../model/canonical.js';
import { blockOf, compareBlocks } from '../model/cidr.js';
import type { AddressLife } from './address-life.js';

/** While a life is open. No revision comes as late. */
const OPEN = 2 ** 30 - 1;

/**
 * Lives by host, then in address order, then by time: as a content holds addresses, so that no answer has to sort them.
 * Their beginnings and ends stand in lists of numbers beside them: of a long history, most lives are not looked at.
 */
export class LivesInOrder {
  readonly #lives: AddressLife[];
  readonly #from: number[];
  readonly #to: number[];

  constructor(lives: readonly AddressLife[] = []) {
    this.#lives = lives.toSorted(compareLives);
    this.#from = this.#lives.map(({ from }) => from);
    this.#to = this.#lives.map(({ to }) => to ?? OPEN);
  }

  add(life: AddressLife): void {
    const place = this.#placeOf(life);
    this.#lives.splice(place, 0, life);
    this.#from.splice(place, 0, life.from);
    this.#to.splice(place, 0, life.to ?? OPEN);
  }

  /** Takes note that a life has ended. */
  end(life: AddressLife): void {
    this.#to[this.#placeOf(life)] = life.to ?? OPEN;
  }

  /** Those that are lived in a revision. */
  during(revision: number): AddressLife[] {
    return this.#at((from, to) => from <= revision && revision < to);
  }

  /** Those that began in a revision or before. */
  begun(revision: number): AddressLife[] {
    return this.#at((from) => from <= revision);
  }

  #at(isMeant: (from: number, to: number) => boolean): AddressLife[] {
    const found: AddressLife[] = [];
    for (let i = 0; i < this.#from.length; i++) {
      if (isMeant(this.#from[i]!, this.#to[i]!)) found.push(this.#lives[i]!);
    }
    return found;
  }

  /** Where a life stands, or would. */
  #placeOf(life: AddressLife): number {
    let [before, after] = [0, this.#lives.length];
    while (before < after) {
      const middle = (before + after) >>> 1;
      if (compareLives(this.#lives[middle]!, life) < 0) before = middle + 1;
      else after = middle;
    }
    return before;
  }
}

function compareLives(a: AddressLife, b: AddressLife): number {
  const [one, other] = [a.address, b.address];
  if (one.host !== other.host) return compareText(one.host, other.host);
  if (one.cidr !== other.cidr) return compareBlocks(blockOf(one.cidr), blockOf(other.cidr));
  return a.from - b.from;
}

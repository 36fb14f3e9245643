import { orderingAddresses } from '../model/address.js';
import { groupedBy } from '../model/by-host.js';
import { compareText } from '../model/canonical.js';
import type { Cidr } from '../model/cidr.js';
import { atOnce, type Steps } from '../model/steps.js';
import type { AddressLife } from './address-life.js';

/** While a life is open. No revision comes as late. */
const OPEN = 2 ** 30 - 1;

/**
 * Lives by host, then in address order, then by time: as a content holds addresses, so that no answer has to sort them.
 * Their beginnings and ends stand in lists of numbers beside them: of a long history, most lives are not looked at.
 */
export class LivesInOrder {
  #lives: readonly AddressLife[] = [];
  #from = new Int32Array();
  #to = new Int32Array();

  constructor(lives: readonly AddressLife[] = []) {
    atOnce(this.taking(lives));
  }

  /** Takes in lives that began, and takes note of those that have ended. In steps; until the last, all is as it was. */
  *taking(begun: readonly AddressLife[]): Steps<void> {
    const lives = begun.length === 0 ? this.#lives : yield* this.#with(begun);
    const [from, to] = [new Int32Array(lives.length), new Int32Array(lives.length)];
    for (const [place, life] of lives.entries()) {
      from[place] = life.from;
      to[place] = life.to ?? OPEN;
      if (place % 4096 === 0) yield;
    }
    [this.#lives, this.#from, this.#to] = [lives, from, to];
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

  /** Only the hosts of which lives began are put in order anew. */
  *#with(begun: readonly AddressLife[]): Steps<AddressLife[]> {
    const known = groupedBy(this.#lives, hostOf);
    yield;
    const late = groupedBy(begun, hostOf);
    yield;
    const all: AddressLife[] = [];
    for (const host of [...new Set([...known.keys(), ...late.keys()])].sort(compareText)) {
      const own = known.get(host) ?? [];
      const more = late.get(host);
      for (const life of more === undefined ? own : yield* inOrder([...own, ...more])) all.push(life);
      yield;
    }
    return all;
  }
}

const hostOf = ({ address }: AddressLife) => address.host;

/** Lives of one host. */
function* inOrder(lives: readonly AddressLife[]): Steps<AddressLife[]> {
  const byCidr = new Map<Cidr, AddressLife[]>();
  for (const life of lives) {
    const own = byCidr.get(life.address.cidr);
    if (own === undefined) byCidr.set(life.address.cidr, [life]);
    else own.push(life);
  }
  yield;
  const blocks = [...byCidr.values()].map((own) => ({ host: '', cidr: own[0]!.address.cidr, own }));
  return (yield* orderingAddresses(blocks)).flatMap(({ own }) => own.sort((a, b) => a.from - b.from));
}

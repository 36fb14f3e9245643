import { isInUse, type HeldAddress } from '../model/address.js';
import type { AddressRange, Cidr } from '../model/cidr.js';
import { counterpartsIn } from '../model/counterparts.js';
import type { AddressEdge } from '../model/diff-addresses.js';
import { STRIDE, type Steps } from '../model/steps.js';
import { isDuring, type AddressLife } from './address-life.js';
import { BlockIndex } from './block-index.js';
import { LivesInOrder } from './lives-in-order.js';
import { isSameLife } from './rows.js';
import { Turns } from './turns.js';

type Open = { -readonly [Member in keyof AddressLife]: AddressLife[Member] };

/** Every life of every address, found by revision, by host and by block. */
export class AddressLives {
  readonly #inOrder: LivesInOrder;
  readonly #byHost = new Map<string, AddressLife[]>();
  /** Of most blocks there is one life only. */
  readonly #byCidr = new Map<Cidr, AddressLife | AddressLife[]>();
  /** The blocks of lives that have ended. */
  readonly #pastBlocks = new BlockIndex();
  readonly #begun = new Map<number, AddressLife[]>();
  readonly #ended = new Map<number, AddressLife[]>();
  readonly turns = new Turns();

  /** Takes up lives that are known from before, in any order. */
  constructor(lives: readonly AddressLife[] = []) {
    const ends = new Map<number, Open[]>();
    const begun = Map.groupBy(lives, ({ from }) => from);
    const begunInTurn: AddressLife[] = [];
    const turns = new Set(begun.keys());
    for (const { to } of lives) if (to !== null) turns.add(to);
    for (const turn of [...turns].sort((a, b) => a - b)) {
      for (const life of ends.get(turn) ?? []) this.#end(life, turn);
      for (const { address, to } of begun.get(turn) ?? []) {
        const life = this.#begin(address, turn);
        begunInTurn.push(life);
        // One that ends before it begins was damaged: nothing holds it, and so its revision does not fit its checksum.
        if (to !== null && to <= turn) this.#end(life, to);
        else if (to !== null) keep(ends, to, life);
      }
    }
    this.#inOrder = new LivesInOrder(begunInTurn);
  }

  /**
   * Goes on to a revision that holds these addresses, by host, then in address order. In steps; whoever asks for an
   * earlier revision meanwhile is told what was.
   */
  *advancing(revision: number, held: readonly HeldAddress[]): Steps<void> {
    const open = this.#inOrder.during(revision);
    const nextOf = counterpartsIn(held);
    const ended: Open[] = [];
    for (const [i, life] of open.entries()) {
      const after = nextOf(life.address);
      if (after === undefined || !isSameLife(life.address, after)) ended.push(life);
      if (i % STRIDE === 0) yield;
    }
    for (const [i, life] of ended.entries()) {
      this.#end(life, revision);
      if (i % STRIDE === 0) yield;
    }
    const stays = counterpartsIn(open.filter(({ to }) => to === null).map(({ address }) => address));
    const begun: AddressLife[] = [];
    for (const [i, address] of held.entries()) {
      if (stays(address) === undefined) begun.push(this.#begin(address, revision));
      if (i % STRIDE === 0) yield;
    }
    yield* this.#inOrder.taking(begun);
  }

  /** The addresses of a revision, by host, then in address order. */
  heldAt(revision: number): HeldAddress[] {
    return this.#inOrder.during(revision).map(({ address }) => address);
  }

  /** What became of addresses in a revision. */
  edgesOf(revision: number): AddressEdge[] {
    return edgesBetween(this.#ended.get(revision) ?? [], this.#begun.get(revision) ?? []);
  }

  /** What became of addresses from one revision to another. */
  edgesBetween(from: number, to: number): AddressEdge[] {
    const [before, after] = [this.#inOrder.during(from), this.#inOrder.during(to)];
    const kept = new Set(before).intersection(new Set(after));
    const isOther = (life: AddressLife) => !kept.has(life);
    return edgesBetween(before.filter(isOther), after.filter(isOther));
  }

  ofHost(host: string): readonly AddressLife[] {
    return this.#byHost.get(host) ?? [];
  }

  ofCidr(cidr: Cidr): readonly AddressLife[] {
    const lives = this.#byCidr.get(cidr);
    return lives === undefined ? [] : Array.isArray(lives) ? lives : [lives];
  }

  /** Since which revision an address is in use without a break, up to one; `undefined` where it is not. */
  inUseSince(host: string, cidr: Cidr, revision: number): number | undefined {
    const own = this.ofCidr(cidr).filter(({ address }) => address.host === host && isInUse(address));
    let since: number | undefined;
    for (let life = own.find((one) => isDuring(one, revision)); life !== undefined;) {
      since = life.from;
      life = own.find(({ to }) => to === since);
    }
    return since;
  }

  /** The last life in use of each address that was in use before a revision and is not held in it. */
  pastOf(revision: number): AddressLife[] {
    return pastAmong(this.#inOrder.begun(revision), revision);
  }

  /** Those of them whose blocks have an address in common with a range. */
  pastIn(range: AddressRange, revision: number): AddressLife[] {
    const lives = this.#pastBlocks.meeting(range).flatMap((cidr) => this.ofCidr(cidr));
    return pastAmong(lives, revision);
  }

  /** Those of them that a host had. */
  pastOfHost(host: string, revision: number): AddressLife[] {
    return pastAmong(this.ofHost(host), revision);
  }

  /** Whether an address was in use before a revision and is not held in it. */
  isPast(host: string, cidr: Cidr, revision: number): boolean {
    return pastAmong(this.ofCidr(cidr), revision).some(({ address }) => address.host === host);
  }

  #begin(address: HeldAddress, from: number): Open {
    const life: Open = { address, from, to: null };
    keep(this.#byHost, address.host, life);
    const known = this.#byCidr.get(address.cidr);
    if (known === undefined) this.#byCidr.set(address.cidr, life);
    else if (Array.isArray(known)) known.push(life);
    else this.#byCidr.set(address.cidr, [known, life]);
    keep(this.#begun, from, life);
    this.turns.note(address, from);
    return life;
  }

  #end(life: Open, to: number): void {
    life.to = to;
    keep(this.#ended, to, life);
    this.#pastBlocks.add(life.address.cidr);
    this.turns.note(life.address, to);
  }
}

/** Of lives, those of each address in the order in which they began. One that is held as announced, and was in use before, is not past. */
function pastAmong(lives: readonly AddressLife[], revision: number): AddressLife[] {
  const last = new Map<string, AddressLife>();
  const held = new Set<string>();
  for (const life of lives) {
    if (life.from > revision) continue;
    if (isDuring(life, revision)) held.add(keyOf(life.address));
    else if (isInUse(life.address)) last.set(keyOf(life.address), life);
  }
  for (const key of held) last.delete(key);
  return [...last.values()];
}

function edgesBetween(ended: readonly AddressLife[], begun: readonly AddressLife[]): AddressEdge[] {
  const edges = new Map<string, AddressEdge>();
  for (const { address } of ended) edges.set(keyOf(address), { before: address, after: null });
  for (const { address } of begun) {
    edges.set(keyOf(address), { before: edges.get(keyOf(address))?.before ?? null, after: address });
  }
  return [...edges.values()];
}

function keyOf({ host, cidr }: HeldAddress): string {
  return `${host} ${cidr}`;
}

function keep<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const kept = map.get(key);
  if (kept === undefined) map.set(key, [value]);
  else kept.push(value);
}

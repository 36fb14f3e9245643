import type { HeldAddress } from '../model/address.js';
import type { Content, HistoryEntry, Revision } from '../model/revision.js';
import { Chronicle, type Recorded } from '../store/chronicle.js';
import { checksumOf } from '../store/content.js';
import type { History } from '../store/history.js';

/** What is imported does not go on from what the store has. */
export class OtherHistory extends Error {
  constructor(message: string) {
    super(`${message} Nothing was changed. Import into an empty store, or into one that has a beginning of it.`);
    this.name = 'OtherHistory';
  }
}

/** Writes a history into a store that has none, or a beginning of it: so an import can be broken off and done again. */
export class Continuation {
  #next = 0;

  private constructor(
    private readonly history: History,
    private readonly there: Recorded,
  ) {}

  static async of(history: History, product: string): Promise<Continuation> {
    return new Continuation(history, await history.recorded(product));
  }

  /**
   * Takes the next revision. All that the store has are compared before anything is written.
   *
   * @throws OtherHistory at the first that differs.
   */
  async take(entry: HistoryEntry): Promise<'there' | 'written'> {
    const there = this.there.entries[this.#next++];
    if (there === undefined) {
      await this.history.publish(entry.revision, entry.content);
      return 'written';
    }
    const { revision } = there.revision;
    const what =
      differentFact(there.revision, entry.revision) ??
      (there.checksum === checksumOf(entry.content)
        ? undefined
        : differentPart(new Chronicle(this.there).content(revision), entry.content));
    if (what === undefined) return 'there';
    throw new OtherHistory(`The store has another history: in revision ${revision}, ${what}.`);
  }

  /** @throws OtherHistory where the store goes on after the last that was taken. */
  end(): void {
    const more = this.there.entries[this.#next]?.revision;
    if (more === undefined) return;
    const detail = `revision ${more.revision}, of ${more.publishedAt}, is only in the store`;
    throw new OtherHistory(`The store has another history: ${detail}.`);
  }
}

/** What differs between the records of the store and of the import, in words; `undefined` where nothing does. */
function differentFact(there: Revision, imported: Revision): string | undefined {
  const [ours, theirs] = [factsOf(there), factsOf(imported)];
  const found = FACTS.find((name) => ours[name] !== theirs[name]);
  return found && `"${found}" is ${ours[found] ?? 'null'} in the store and ${theirs[found] ?? 'null'} in the import`;
}

/** A record without depth, in the order in which it is compared. */
function factsOf({ upstream, catalog, ...rest }: Revision) {
  return {
    ...rest,
    'upstream.url': upstream?.url ?? null,
    'upstream.sha256': upstream?.sha256 ?? null,
    'upstream.fetchedAt': upstream?.fetchedAt ?? null,
    'catalog.sha256': catalog.sha256,
  };
}

/** The most telling first: times before what follows from them. */
const FACTS = [
  'revision',
  'publishedAt',
  'previous',
  'cause',
  'digest',
  'by',
  'note',
  'upstream.url',
  'upstream.sha256',
  'upstream.fetchedAt',
  'catalog.sha256',
] as const satisfies readonly (keyof ReturnType<typeof factsOf>)[];

/** What differs between two contents that are not the same, in words. */
function differentPart(there: Content, imported: Content): string {
  const [ours, theirs] = [livesIn(there), livesIn(imported)];
  for (const name of [...ours.keys(), ...theirs.keys()]) {
    const [a, b] = [ours.get(name), theirs.get(name)];
    if (a === undefined || b === undefined) return `${name} is only in the ${a === undefined ? 'import' : 'store'}`;
    const fact = LIFE.find((member) => a[member] !== b[member]);
    if (fact === undefined) continue;
    return `"${fact}" of ${name} is ${a[fact] ?? 'null'} in the store and ${b[fact] ?? 'null'} in the import`;
  }
  return 'the catalog or the names of the list are others';
}

const LIFE = [
  'status',
  'source',
  'firstSeenAt',
  'effectiveFrom',
  'announcedRemovalAt',
  'removedAt',
  'retireAt',
] as const satisfies readonly (keyof HeldAddress)[];

/** Addresses by how people call them. */
function livesIn({ addresses }: Content): ReadonlyMap<string, HeldAddress> {
  return new Map(addresses.map((address) => [`${address.cidr} of ${address.host}`, address]));
}

import type { HeldAddress } from '../src/model/address.ts';
import type { Catalog } from '../src/model/catalog.ts';
import type { Cidr } from '../src/model/cidr.ts';
import type { Content } from '../src/model/revision.ts';

export const REVISIONS = 10_000;
export const ADDRESSES = 2_000;
export const CHANGES = 10;

const BEGINS = Date.UTC(2024, 0, 1);
const STEP_MS = 3_600_000;
/** So late that the service's clock retires none while it is measured: how a history ends is told here alone. */
const RETIRE_AT = '2199-01-01T00:00:00.000Z';
const AT_FIRST = { announced: 40, retiring: 120 } as const;

/** What a revision is to hold, and when it was published. */
export interface Dated {
  readonly publishedAt: string;
  readonly content: Content;
}

/** Numbers from 0 up to, but not with, 1: the same ones for the same seed. Source: Tommy Ettinger, Mulberry32. */
export function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A history in which addresses live their whole lives. From one revision to the next there are ten changes: three come,
 * one of them announced, one that was announced comes into use, three leave the list, three are retired. So every
 * revision holds as many addresses as the first.
 *
 * @param hosts among which addresses are spread evenly; every fifth address stands behind two of them.
 * @param sorted puts addresses into the order in which a content holds them.
 */
export function* longHistory(
  catalog: Catalog,
  hosts: readonly string[],
  sorted: (addresses: readonly HeldAddress[]) => HeldAddress[],
): Generator<Dated> {
  const random = randomness(4);
  const listedHosts = hosts.toSorted();
  const [announced, current, retiring]: HeldAddress[][] = [[], [], []];
  const take = (from: HeldAddress[]) => from.splice(Math.floor(random() * from.length), 1)[0]!;
  let made = 0;
  const make = (at: string, status: 'current' | 'announced' = 'current'): HeldAddress => ({
    host: hosts[made % hosts.length]!,
    cidr: cidrOf(made % 5 === 4 ? made++ - 1 : made++),
    status,
    source: 'published',
    firstSeenAt: at,
    effectiveFrom: null,
    announcedRemovalAt: null,
    removedAt: null,
    retireAt: null,
  });
  for (let i = 0; i < REVISIONS; i++) {
    const at = new Date(BEGINS + i * STEP_MS).toISOString();
    const leave = (count: number) => {
      for (let n = 0; n < count; n++) {
        retiring!.push({ ...take(current!), status: 'retiring', removedAt: at, retireAt: RETIRE_AT });
      }
    };
    if (i === 0) {
      for (let n = 0; n < ADDRESSES - AT_FIRST.announced; n++) current!.push(make(at));
      for (let n = 0; n < AT_FIRST.announced; n++) announced!.push(make(at, 'announced'));
      leave(AT_FIRST.retiring);
    } else {
      current!.push({ ...take(announced!), status: 'current' });
      for (let n = 0; n < 3; n++) take(retiring!);
      leave(3);
      current!.push(make(at), make(at));
      announced!.push(make(at, 'announced'));
    }
    const addresses = sorted([...announced!, ...current!, ...retiring!]);
    yield { publishedAt: at, content: { catalog, listedHosts, addresses } };
  }
}

/** Every third block is of IPv6. Two numbers, two blocks. */
function cidrOf(number: number): Cidr {
  const [high, low] = [number >>> 8, number & 255];
  const text = number % 3 === 0 ? v6(high, low) : `52.${high >>> 8}.${high & 255}.${low}/32`;
  return text as Cidr;
}

function v6(high: number, low: number): string {
  return `2606:4700:${(high + 1).toString(16)}::${(low + 1).toString(16)}/128`;
}

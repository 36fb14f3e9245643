import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/model/adopt.js';
import type { HeldAddress } from '../../src/model/address.js';
import { DEFAULT_LIMITS } from '../../src/model/catalog.js';
import { familyOf } from '../../src/model/cidr.js';
import { judge } from '../../src/model/guard/guard.js';
import { UnreadableList } from '../../src/upstream/decode.js';
import { parseList } from '../../src/upstream/parse.js';
import { shippedContent } from '../model/fixture.js';
import { VERSIONS, publishedAt, versionBytes } from '../upstream/lists.js';
import { MUTATIONS, randomness } from './poison.js';

const SEEDS = 20;
const { catalog } = await shippedContent();
const SEEN = '2026-01-01T00:00:00.000Z';

const servedAfter = (name: string) => adopt([], parseList(versionBytes(name), DEFAULT_LIMITS), SEEN, 0);

/** What comes of bytes in the place of a list. */
function outcomeOf(
  served: readonly HeldAddress[],
  bytes: Uint8Array,
): { readonly outcome: string; readonly would?: readonly HeldAddress[] } {
  try {
    const list = parseList(bytes, DEFAULT_LIMITS);
    const verdict = judge(served, list, catalog, DEFAULT_LIMITS);
    if (verdict.verdict !== 'accept') return { outcome: verdict.reason };
    return { outcome: 'accept', would: adopt(served, list, SEEN, 30 * 86_400_000) };
  } catch (error) {
    if (error instanceof UnreadableList) return { outcome: error.reason };
    throw error;
  }
}

/** Written without the guard: each host keeps an address in use of each family, and nothing that was in use is closed. */
function floorsBroken(served: readonly HeldAddress[], would: readonly HeldAddress[]): string[] {
  const inUse = served.filter(({ status }) => status === 'current');
  const kinds = new Set(inUse.map(({ host, cidr }) => `${host} ${familyOf(cidr)}`));
  const kept = new Set(
    would.filter(({ status }) => status === 'current').map(({ host, cidr }) => `${host} ${familyOf(cidr)}`),
  );
  const open = new Set(would.filter(({ status }) => status !== 'announced').map(({ host, cidr }) => `${host} ${cidr}`));
  return [
    ...[...kinds].filter((kind) => !kept.has(kind)),
    ...inUse.map(({ host, cidr }) => `${host} ${cidr}`).filter((one) => !open.has(one)),
  ];
}

describe.each(MUTATIONS)('rows 27–38: a list that $what', ({ passes, of }) => {
  it('is served only if that closes nothing', () => {
    let tried = 0;
    const wrong: unknown[] = [];
    for (const name of VERSIONS) {
      const text = versionBytes(name).toString();
      const served = servedAfter(name);
      for (let seed = 1; seed <= SEEDS; seed++) {
        const mutated = of(text, randomness(seed));
        if (mutated === null) continue;
        tried++;
        const { outcome, would } = outcomeOf(served, Buffer.from(mutated));
        if (would === undefined) continue;
        if (passes === 'never') wrong.push([name, seed, outcome]);
        wrong.push(...floorsBroken(served, would).map((broken) => [name, seed, broken]));
      }
    }
    expect(tried).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});

const DAY_MS = 86_400_000;
const times = VERSIONS.map((name) => Date.parse(publishedAt(name)));
const pairs = VERSIONS.flatMap((from, i) =>
  VERSIONS.slice(i + 1).map((to, j) => ({ from, to, days: (times[i + 1 + j]! - times[i]!) / DAY_MS })),
);

describe('the true history', () => {
  const isHeld = ({ from, to }: { readonly from: string; readonly to: string }) =>
    outcomeOf(servedAfter(from), versionBytes(to)).outcome !== 'accept';

  it('is never held, step by step', () => {
    const steps = VERSIONS.slice(1).map((to, i) => ({ from: VERSIONS[i]!, to }));
    expect(steps).toHaveLength(21);
    expect(steps.filter(isHeld)).toEqual([]);
  });

  it('is never held after an outage of up to 30 days', () => {
    const short = pairs.filter(({ days }) => days <= 30);
    expect(short).toHaveLength(9);
    expect(short.filter(isHeld)).toEqual([]);
  });

  it('row 38: goes back to any older version without closing anything at once, where it is not held', () => {
    const broken = pairs.flatMap(({ from, to }) => {
      const served = servedAfter(to);
      const { would } = outcomeOf(served, versionBytes(from));
      return would === undefined ? [] : floorsBroken(served, would);
    });
    expect(broken).toEqual([]);
  });
});

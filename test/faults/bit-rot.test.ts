import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Decision } from '../../src/model/decision.js';
import { agreementOf } from '../../src/store/agreement.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { StoreDamaged } from '../../src/store/content.js';
import { copyFileOf } from '../../src/store/copy.js';
import { randomFrom } from '../random.js';
import { entry, opened, storeWith } from '../store/copied-store.js';

/** BIT_FLIPS=5000 for a long look. */
const FLIPS = Number(process.env['BIT_FLIPS'] ?? 300);
const SEED = 20261127;
const REVISIONS = 8;

const CHECKED = '2026-06-01T11:00:00.000Z';
const DECISIONS: readonly Decision[] = ['20.0.0.1/32', '20.0.0.2/32'].map((subject) => ({
  kind: 'revoke',
  subject,
  host: null,
  by: 'ana',
  note: 'compromised',
  at: CHECKED,
  until: null,
}));

let folder: string;
let origin: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-rot-'));
  origin = await storeWith(folder, REVISIONS);
  await opened(origin, async ({ history }) => {
    for (const [i, decision] of DECISIONS.entries()) await history.notes.decide('own', i + 1, decision);
    await history.notes.noteChecked('own', CHECKED);
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** How a start met a flipped bit: `mended`, `refused`, `told` in the background, or `harmless`. Throws where it was believed. */
async function metBy(store: string): Promise<string> {
  let isMended: boolean;
  try {
    return await opened(store, async ({ history, mended }) => {
      isMended = mended.length > 0;
      expect((await history.head('own'))!).toEqual(entry(REVISIONS));
      const chronicle = new Chronicle(await history.recorded('own'));
      let isTold = (await agreementOf(copyFileOf(store, 'own'), chronicle, new AbortController().signal)) !== 'agrees';
      for (let n = 1; n <= REVISIONS; n++) {
        try {
          expect(chronicle.verifiedContent(n)).toEqual(entry(n).content);
        } catch (error) {
          if (!(error instanceof StoreDamaged)) throw error;
          isTold = true;
        }
        if (!isTold) expect(chronicle.record(n)).toEqual(entry(n).revision);
      }
      const decided = await history.notes.decisions('own');
      // A store that was made anew has them from a file of their own.
      if (!isMended) expect(decided).toHaveLength(DECISIONS.length);
      for (const [i, decision] of decided.entries()) expect([undefined, DECISIONS[i]]).toContainEqual(decision);
      expect([null, CHECKED]).toContain((await history.notes.lastPoll('own')).checkedAt);
      return isMended ? 'mended' : isTold ? 'told' : 'harmless';
    });
  } catch (error) {
    if ((error as Error).name === 'AssertionError') throw error;
    // It does not start, and says why: nothing wrong is served.
    return 'refused';
  }
}

/** Flips a bit at a time, each in a fresh store or copy. How often each came about. */
async function flipped(file: string): Promise<Readonly<Record<string, number>>> {
  const random = randomFrom(SEED);
  const bytes = await readFile(file);
  const home = await mkdtemp(path.join(folder, 'flip-'));
  const tally: Record<string, number> = {};
  for (let i = 0; i < FLIPS; i++) {
    const store = path.join(home, 'gatepost.db');
    for (const name of await readdir(home)) await rm(path.join(home, name));
    await copyFile(origin, store);
    await copyFile(copyFileOf(origin, 'own'), copyFileOf(store, 'own'));
    const changed = Buffer.from(bytes);
    let offset = Math.floor(random() * bytes.length);
    // Most of a small store is empty pages: a bit there says little.
    while (bytes[offset] === 0) offset = Math.floor(random() * bytes.length);
    changed[offset]! ^= 1 << Math.floor(random() * 8);
    await writeFile(path.join(home, path.basename(file)), changed);
    const met = await metBy(store).catch((error: Error) => {
      throw new Error(`Byte ${offset}: ${error.message}`, { cause: error });
    });
    tally[met] = (tally[met] ?? 0) + 1;
  }
  process.stdout.write(`${path.basename(file)}: ${JSON.stringify(tally)}\n`);
  return tally;
}

it('row 45: a flipped bit of a store is mended, refused, told or harmless; what is wrong is never believed', async () => {
  const { mended = 0, refused = 0 } = await flipped(origin);
  expect(mended).toBeGreaterThan(refused);
}, 1_000_000);

it('row 45: a flipped bit of a copy never harms the store', async () => {
  const { refused = 0, told = 0 } = await flipped(copyFileOf(origin, 'own'));
  expect(refused).toBe(0);
  expect(told).toBeGreaterThan(0);
}, 1_000_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sweep } from '../long/crash/sweep.ts';
import { isLeftOut } from './lacking.js';

/** Of the calls that `npm run crash -- --sweep` tries, each so many-th. */
const EVERY = 12;

const isLacking = isLeftOut('A kill at each call', ['strace']);

it.skipIf(isLacking)('row 42: a writer that is killed before a call loses nothing', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-crash-'));
  try {
    const { points, faults } = await sweep(folder, () => undefined, EVERY, [6]);
    expect(faults).toEqual([]);
    expect(points.filter(({ kills }) => kills > 0).map(({ call }) => call)).toEqual(
      expect.arrayContaining(['openat', 'pwrite64', 'fsync', 'fdatasync']),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

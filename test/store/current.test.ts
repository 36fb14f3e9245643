import { expect, it } from 'vitest';
import { openRevision } from '../../src/model/snapshot.js';
import { Current } from '../../src/store/current.js';
import { loaded } from '../catalog/own.js';
import { contentOf, revisionOf } from './stores.js';

it('what is served is nothing at first, then the last that was put in its place', () => {
  const current = new Current();
  expect(current.snapshot).toBeUndefined();
  const snapshots = [1, 2].map((number) => openRevision(revisionOf(number, contentOf(loaded())), contentOf(loaded())));
  for (const snapshot of snapshots) {
    const before = current.snapshot;
    current.replace(snapshot);
    expect(current.snapshot).toBe(snapshot);
    // Whoever read it before keeps what it read.
    expect(before).not.toBe(snapshot);
  }
});

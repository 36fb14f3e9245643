import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Moment } from '../../src/model/moment.js';
import { openRevision, type Snapshot } from '../../src/model/snapshot.js';
import { Chronicle } from '../../src/store/chronicle.js';
import { History } from '../../src/store/history.js';
import { sqliteDialect } from '../../src/store/sqlite.js';
import { Timeline } from '../../src/store/timeline.js';
import { loaded } from '../catalog/own.js';
import { held } from '../upstream/lists.js';
import { alter, contentOf, publishAll, revisionOf } from './stores.js';

const CATALOG = loaded();
/** Revision 1 has no address, revision 2 one, revision 3 another. Revision n is published at second n. */
const CONTENTS = [
  contentOf(CATALOG),
  contentOf(CATALOG, [held('a.example.com', '52.0.0.1/32')]),
  contentOf(CATALOG, [held('a.example.com', '52.0.0.2/32')]),
];
const NOW = new Date('2026-01-01T01:00:00.000Z');

let folder: string;
let history: History;
let chronicle: Chronicle;
let served: Snapshot;
let timeline: Timeline;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatepost-timeline-'));
  history = await History.open(sqliteDialect(path.join(folder, 'gatepost.db')));
  await publishAll(history, CONTENTS);
  served = openRevision(revisionOf(3, CONTENTS[2]!), CONTENTS[2]!);
  chronicle = new Chronicle(await history.recorded('own'));
  timeline = new Timeline(() => NOW, chronicle);
});
afterEach(async () => {
  await history.close();
  await rm(folder, { recursive: true });
});

const revision = (revision: number): Moment => ({ kind: 'revision', revision });
const instant = (instant: string): Moment => ({ kind: 'instant', instant });

describe('a moment', () => {
  it.each([
    [revision(1), 1],
    [revision(2), 2],
    [revision(3), 3],
    [instant('2026-01-01T00:00:01.000Z'), 1],
    [instant('2026-01-01T00:00:01.999Z'), 1],
    [instant('2026-01-01T00:00:02.000Z'), 2],
    [instant('2026-01-01T00:00:03.000Z'), 3],
    [instant('2026-01-01T00:59:00.000Z'), 3],
  ])('%j was that of revision %i, with what it held', (moment, number) => {
    const found = timeline.snapshotAt(served, moment);
    expect(found.revision.revision).toBe(number);
    expect(found.addresses).toEqual(CONTENTS[number - 1]!.addresses);
    expect(timeline.recordAt(served, moment)).toEqual(found.revision);
  });

  it.each([revision(4), revision(99), instant('2026-01-01T00:00:00.999Z')])('%j has none', (moment) => {
    expect(() => timeline.snapshotAt(served, moment)).toThrowError(
      expect.objectContaining({ code: 'unknown-revision' }),
    );
  });

  it('is settled unless it has only just passed', () => {
    expect(timeline.isSettled(revision(3))).toBe(true);
    expect(timeline.isSettled(instant('2026-01-01T00:00:03.000Z'))).toBe(true);
    expect(timeline.isSettled(instant('2026-01-01T00:59:59.000Z'))).toBe(false);
  });
});

it('what is served is what is answered, and an old revision is opened once', () => {
  expect(timeline.snapshotAt(served, revision(3))).toBe(served);
  const old = timeline.snapshotAt(served, revision(1));
  expect(timeline.snapshotAt(served, revision(1))).toBe(old);
});

it('an old revision that is damaged is not answered, and what is served is', async () => {
  expect(
    alter(path.join(folder, 'gatepost.db'), "UPDATE address SET cidr = '52.0.0.9/32' WHERE from_revision = 2"),
  ).toBe(1);
  chronicle.restore(await history.recorded('own'));
  expect(() => timeline.snapshotAt(served, revision(2))).toThrowError(
    expect.objectContaining({ code: 'store-unavailable' }),
  );
  expect(timeline.snapshotAt(served, revision(3))).toBe(served);
});

import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { list } from '../../fake-upstream.ts';
import { randomness } from '../../faults/poison.ts';
import type { Probe } from '../../faults/probe.ts';
import { Load } from '../storm/load.ts';
import { questionsFor } from '../storm/questions.ts';
import { changeList } from '../storm/strike.ts';
import { Truth, type Wrong } from '../storm/truth.ts';
import type { World } from '../storm/world.ts';
import { gauge, type Held } from './gauges.ts';
import { slopeOf } from './slope.ts';
import { Visitors, freshQuestion } from './visitors.ts';

/** How often clients ask what they always ask, together, in a second. */
const RATE = 60;
const VISITOR_EVERY_MS = 50;
const POLL_EVERY_MS = 100;
const EDIT_EVERY_MS = 5_000;
const CHANGE_EVERY_MS = 120_000;
const SAMPLE_MS = 2_000;
const FILLING = { changes: 60, questions: 40_000 };
/** Memory of the first minutes is filling caches; of a short round, the first quarter is left out. */
const SETTLING_MS = 15 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** The least of each minute: what stays when garbage is collected. */
export interface Minute extends Held {
  readonly minute: number;
}

export interface Soak {
  readonly seed: number;
  readonly minutes: readonly Minute[];
  readonly settled: readonly Minute[];
  /** MiB an hour. */
  readonly rss: { readonly slope: number; readonly error: number };
  readonly heap: { readonly slope: number; readonly error: number };
  readonly requests: number;
  readonly visitors: number;
  readonly polls: number;
  readonly edits: number;
  readonly changes: number;
  readonly wrong: Readonly<Record<Wrong['kind'], number>>;
}

/** Fills what is bounded to its bound, so that what grows after it has none. */
async function fill(world: World, probes: readonly Probe[], seed: number): Promise<void> {
  const random = randomness(seed);
  for (let n = 0; n < FILLING.changes; n++) {
    await changeList(world, otherList(world.list));
    for (let times = 0; times < 2; times++) for (const probe of probes) await world.client.ask(probe);
  }
  for (let n = 0; n < FILLING.questions; n++) await world.client.ask(freshQuestion(random));
}

/** The list with an address more, or without it. */
function otherList(text: string): string {
  const added = '"current": ["52.7.167.120",';
  return text.includes(added) ? text.replace(added, '"current": [') : text.replace('"current": [', added);
}

/** Everything goes on as it should, for so many minutes. */
export async function runSoak(world: World, minutes: number, seed: number, say: (line: string) => void): Promise<Soak> {
  const wrong = { status: 0, body: 0, empty: 0 };
  const tell = ({ kind, what }: Wrong) => {
    if (++wrong[kind] <= 20) say(`WRONG: ${kind}: ${what}`);
  };
  const truth = new Truth(tell);
  const probes = await questionsFor(world);
  while ((await world.refresh()).outcome !== 'unchanged') await sleep(100);
  await fill(world, probes, seed);
  await truth.learn(world.client, probes);
  const load = new Load(world.client, probes, truth, tell, RATE);
  const visitors = new Visitors(world.service.port, VISITOR_EVERY_MS, seed);
  const counts = { polls: 0, edits: 0, changes: 0 };
  const samples: (Held & { readonly ms: number })[] = [];
  const begun = performance.now();
  const passed = () => performance.now() - begun;
  try {
    let [editAt, changeAt, sampleAt] = [EDIT_EVERY_MS, CHANGE_EVERY_MS, SAMPLE_MS];
    while (passed() < minutes * MINUTE_MS) {
      // Every other poll is answered by 304, the others by the whole list under another tag.
      world.upstream.answer(list(world.list, counts.polls % 2 === 0 ? `"${counts.polls}"` : `"${counts.polls - 1}"`));
      const { outcome } = await world.refresh();
      if (outcome !== 'unchanged') tell({ kind: 'status', what: `a poll of the same list ended as ${outcome}` });
      counts.polls++;
      if (passed() >= editAt) {
        await appendFile(world.catalog.file, `# ${counts.edits++}\n`);
        editAt += EDIT_EVERY_MS;
      }
      if (passed() >= changeAt) {
        const fault = await changeList(world, otherList(world.list));
        if (fault !== null) tell({ kind: 'status', what: fault });
        await load.inQuiet(() => truth.learn(world.client, probes));
        counts.changes++;
        changeAt += CHANGE_EVERY_MS;
      }
      if (passed() >= sampleAt) {
        samples.push({ ...(await gauge(world)), ms: passed() });
        sampleAt += SAMPLE_MS;
        if (samples.length % 30 === 0) say(told(samples.at(-1)!));
      }
      await sleep(POLL_EVERY_MS);
    }
  } finally {
    await Promise.all([load.stop(), visitors.stop()]);
  }
  const byMinute = leastByMinute(samples);
  const settlingMs = Math.min(SETTLING_MS, (minutes * MINUTE_MS) / 4);
  const settled = byMinute.filter(({ minute }) => minute * MINUTE_MS >= settlingMs);
  const rising = (read: (one: Minute) => number) => {
    const { slope, error } = slopeOf(settled.map((one) => [one.minute * MINUTE_MS, read(one) / 1024] as const));
    return { slope: slope * HOUR_MS, error: error * HOUR_MS };
  };
  return {
    seed,
    minutes: byMinute,
    settled,
    rss: rising(({ rssKiB }) => rssKiB),
    heap: rising(({ heapKiB }) => heapKiB),
    requests: load.asked,
    visitors: visitors.came,
    ...counts,
    wrong,
  };
}

function leastByMinute(samples: readonly (Held & { readonly ms: number })[]): readonly Minute[] {
  const byMinute = Map.groupBy(samples, ({ ms }) => Math.floor(ms / MINUTE_MS));
  return [...byMinute].map(([minute, of]) => {
    const least = (name: keyof Held) => Math.min(...of.map((one) => one[name]));
    return {
      minute,
      rssKiB: least('rssKiB'),
      files: least('files'),
      timers: least('timers'),
      heapKiB: least('heapKiB'),
    };
  });
}

const told = ({ ms, rssKiB, files, timers, heapKiB }: Held & { readonly ms: number }): string =>
  `${(ms / MINUTE_MS).toFixed(0)} min: ${(rssKiB / 1024).toFixed(1)} MiB, heap ${(heapKiB / 1024).toFixed(1)} MiB, ${files} files, ${timers} timers`;

import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../../../bench/running.ts';
import { randomness } from '../../faults/poison.ts';
import { Load } from './load.ts';
import { agrees } from './agrees.ts';
import { questionsFor } from './questions.ts';
import { changeCatalog, changeList, strike } from './strike.ts';
import { Truth, type Wrong } from './truth.ts';
import { weather, type Event } from './weather.ts';
import type { World } from './world.ts';

/** How often clients ask, together. */
const RATE = 240;
/** No new fault comes sooner. */
const EVERY_MS = 2_000;
const SAMPLE_MS = 100;
const SLOWEST = 5;

/** What was seen in a part of the time. */
export interface Part {
  readonly seconds: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  /** What the service had in memory, in MB: in the middle of the time, and at most. */
  readonly rss: { readonly median: number; readonly most: number };
}

export interface Round {
  readonly seed: number;
  /** How long it was to be. */
  readonly seconds: number;
  readonly probes: number;
  readonly calm: Part;
  readonly storm: Part;
  readonly quarters: readonly number[];
  /** What came when answers took longest: the p99 meanwhile, in milliseconds, the longest first. */
  readonly slowest: readonly { readonly what: string; readonly p99: number }[];
  /** How often each row of the matrix came. */
  readonly rows: ReadonlyMap<number, number>;
  readonly changes: number;
  readonly revisions: number;
  /** By row, what the memory of the service grew by at most while a fault lasted, in MB. */
  readonly growth: ReadonlyMap<number, number>;
  readonly wrong: Readonly<Record<Wrong['kind'] | 'fault', number>>;
  readonly hasDisk: boolean;
}

/** A calm, and then a storm of faults by lot, under the same load all the time. */
export async function runRound(
  world: World,
  seconds: number,
  seed: number,
  say: (line: string) => void,
): Promise<Round> {
  const wrong = { status: 0, body: 0, empty: 0, fault: 0 };
  let under = 'the calm';
  const tell = (kind: keyof typeof wrong, what: string) => {
    if (++wrong[kind] <= 20) say(`WRONG, seed ${seed}, under ${under}: ${kind}: ${what}`);
  };
  const tellOfAnswer = ({ kind, what }: Wrong) => tell(kind, what);
  const truth = new Truth(tellOfAnswer);
  const probes = await questionsFor(world);
  const hosts = probes.find(({ path }) => path === '/hosts')!;
  const learn = async () => {
    await truth.learn(world.client, probes);
    const doubt = agrees(truth.bodyOf(hosts)!, world.list);
    if (doubt !== null) tell('body', `/hosts in quiet: ${doubt}`);
  };
  while ((await world.refresh()).outcome !== 'unchanged') await sleep(100);
  await learn();

  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(memoryOf(world.service.pid, 'VmRSS')), SAMPLE_MS);
  const load = new Load(world.client, probes, truth, tellOfAnswer, RATE);
  const part = (begun: number, asked: number, times: readonly number[]): Part => ({
    seconds: (performance.now() - begun) / 1000,
    requests: load.asked - asked,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    rss: {
      median: at(
        [...memory].sort((a, b) => a - b),
        0.5,
      ),
      most: Math.max(...memory),
    },
  });
  try {
    await sleep(3_000);
    load.take();
    const calmBegun = performance.now();
    const askedBefore = load.asked;
    await sleep(Math.max(4_000, seconds * 100));
    const calm = part(calmBegun, askedBefore, load.take());

    memory.length = 0;
    const next = weather(world, randomness(seed), seconds >= 120);
    const rows = new Map<number, number>();
    const growth = new Map<number, number>();
    let changes = 0;
    const times: number[] = [];
    const slow: { readonly what: string; readonly p99: number }[] = [];
    const begun = performance.now();
    const askedCalm = load.asked;
    for (let n = 1; performance.now() - begun < seconds * 1000; n++) {
      const event = next();
      under = `${n}: ${nameOf(event)}`;
      say(`${((performance.now() - begun) / 1000).toFixed(0)} s, ${under}`);
      const struck = performance.now();
      const first = memory.length;
      const before = memoryOf(world.service.pid, 'VmRSS');
      const fault = await meet(world, event);
      if (fault !== null) tell('fault', fault);
      if (event.at === 'list' || event.at === 'edit') {
        await load.inQuiet(learn);
        changes++;
      } else {
        rows.set(event.row, (rows.get(event.row) ?? 0) + 1);
        const most = Math.max(before, ...memory.slice(first)) - before;
        growth.set(event.row, Math.max(most, growth.get(event.row) ?? 0));
      }
      await sleep(Math.max(0, EVERY_MS - (performance.now() - struck)));
      const taken = load.take();
      slow.push({ what: nameOf(event), p99: at(taken, 0.99) });
      times.push(...taken);
    }
    const storm = part(
      begun,
      askedCalm,
      times.sort((a, b) => a - b),
    );
    await load.stop();
    for (const what of truth.unexplained()) tell('body', what);
    const quarter = Math.floor(memory.length / 4);
    const quarters = [0, 1, 2, 3].map((i) =>
      at(
        memory.slice(i * quarter, (i + 1) * quarter).sort((a, b) => a - b),
        0.5,
      ),
    );
    const counted = { rows, changes, growth, wrong, revisions: truth.revisions, hasDisk: world.disk !== null };
    const slowest = slow.sort((a, b) => b.p99 - a.p99).slice(0, SLOWEST);
    return { seed, seconds, slowest, probes: probes.length, calm, storm, quarters, ...counted };
  } finally {
    clearInterval(sampling);
    await load.stop();
  }
}

function meet(world: World, event: Event): Promise<string | null> {
  if (event.at === 'list') return changeList(world, event.text);
  if (event.at === 'edit') return changeCatalog(world, event.text);
  return strike(world, event);
}

function nameOf(event: Event): string {
  if (event.at === 'list') return 'a true change of the list';
  if (event.at === 'edit') return 'a true change of the catalog';
  return `row ${event.row}: ${event.what}`;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

import { TOOK, type Kind } from './kind.ts';
import type { Probe } from './probe.ts';
import { randomOf } from './random.ts';
import { shrink } from './shrink.ts';

/** What came of the inputs of one kind. */
export interface Round {
  readonly kind: string;
  readonly sent: number;
  readonly seconds: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Answers that took longer than a second, and no longer did so when the same was sent again. */
  readonly late: number;
  readonly failure: string | undefined;
}

interface Extent {
  readonly count: number;
  readonly mostMs: number;
  readonly seed: number;
  readonly lanes: number;
  readonly probe: Probe;
  readonly say: (text: string) => void;
}

const PROBED_EVERY = 10_000;
const SAID_EVERY = 50_000;

/** Sends inputs until one fails or there have been enough, and then sees whether the service answers as before. */
export async function runRound<I>(kind: Kind<I>, { count, mostMs, seed, lanes, probe, say }: Extent): Promise<Round> {
  const begun = performance.now();
  const statuses = new Map<number, number>();
  let place = 0;
  let sent = 0;
  let late = 0;
  let failure: string | undefined;
  const lane = async () => {
    while (place < count && failure === undefined && performance.now() - begun < mostMs) {
      const at = place++;
      const input = kind.make(randomOf(seed, at));
      const { status, fault } = await kind.send(input);
      sent++;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (fault !== undefined && (await isOnlyLate(kind, input, fault))) late++;
      else if (fault !== undefined) failure ??= await shownFailure(kind, input, fault, `seed ${seed}, input ${at}`);
      if (at % SAID_EVERY === SAID_EVERY - 1) say(`${kind.name}: ${at + 1} sent`);
      if (at % PROBED_EVERY === 0) failure ??= await probe.fault();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  failure ??= await probe.fault();
  if (failure !== undefined) say(`${kind.name}: ${failure}`);
  return { kind: kind.name, sent, seconds: (performance.now() - begun) / 1000, statuses, late, failure };
}

/** Whether an answer took long because the machine was busy: sent alone again, the same is answered in time. */
async function isOnlyLate<I>(kind: Kind<I>, input: I, fault: string): Promise<boolean> {
  if (!fault.startsWith(TOOK)) return false;
  for (let times = 0; times < 5; times++) {
    if ((await kind.send(kind.again?.(input, times) ?? input)).fault === undefined) return true;
  }
  return false;
}

/** The failure, and the smallest input that leads to one. */
async function shownFailure<I>(kind: Kind<I>, input: I, fault: string, where: string): Promise<string> {
  const isAgain = (await kind.send(input)).fault !== undefined;
  const least = isAgain ? await shrink(kind, input, fault) : { input, fault };
  const once = isAgain ? '' : ', but not the second time';
  return `${least.fault}\n${where}${once}; the smallest input that fails:\n\n${kind.show(least.input)}`;
}

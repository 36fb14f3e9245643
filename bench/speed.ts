import { CASES, type Case, type Goal } from './speed/cases.ts';
import { nameOf } from './speed/group.ts';
import { measure, type Taken } from './speed/measure.ts';
import type { Part } from './part.ts';
import { missing } from './speed/servers.ts';
import { median, table } from './table.ts';
import { CONNECTIONS, requireWrk } from './speed/wrk.ts';

const HEADINGS = ['Server', 'requests/s', 'p50, ms', 'p99, ms', 'CPU, µs per request', 'peak memory, MB'];
/** Where there is something to compare with. */
const COMPARED = 'CPU ratio';

/** How fast Gatepost answers, beside its rivals. */
export const speed: Part = {
  name: 'speed',
  async run(extent, say) {
    requireWrk();
    const absent = missing();
    absent.forEach((why) => say(why));
    const sections: string[] = [];
    for (const contest of CASES) {
      const present = contest.contestants.filter(({ server }) => !absent.has(server));
      say(`${contest.title}: ${present.map(nameOf).join(', ')}`);
      const section = told(contest, await measure({ ...contest, contestants: present }, extent));
      say(`${section}\n`);
      sections.push(section);
    }
    const { rounds, seconds } = extent;
    return `## Speed

Each server is a process of its own on the machine that asks: wrk with one thread and ${CONNECTIONS} connections over the loopback,
without compression. All answer with the bytes that Gatepost answers with, and those without GraphQL with its headers too: before
anything counts, every answer of two seconds is compared. Rivals with GraphQL resolve over that answer in memory and select nothing,
which favours them. There ${rounds === 1 ? 'is 1 round' : `are ${rounds} rounds`} of ${seconds} s for each server, in an order that turns; after five rounds all processes
are started anew. Figures are medians of the rounds, memory is the most of all. The ratio is that of the CPU time of all threads per
request to the first server of the table in the same round: the median, and the least and the most.
${[...absent.values()].map((why) => `\n${why}\n`).join('')}
${sections.join('\n\n')}`;
  },
};

function told({ title, goals }: Case, taken: ReadonlyMap<string, readonly Taken[]>): string {
  const [base] = taken.values();
  const isCompared = taken.size > 1;
  const rows = [...taken].map(([name, rounds]) => {
    const of = (figure: keyof Taken, digits: number) => median(rounds.map((each) => each[figure])).toFixed(digits);
    const peak = Math.max(...rounds.map(({ peakMb }) => peakMb)).toFixed(0);
    const figures = [name, of('perSecond', 0), of('p50Ms', 2), of('p99Ms', 2), of('cpuUs', 1), peak];
    return isCompared ? [...figures, shown(ratios(rounds, base!))] : figures;
  });
  const lines = goals.map((goal) => judged(goal, taken)).filter((line) => line !== '');
  return [
    `### ${title}`,
    table(isCompared ? [...HEADINGS, COMPARED] : HEADINGS, rows),
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ].join('\n\n');
}

/** A goal, and whether it is reached by the median. */
function judged({ times, of, isMoonshot }: Goal, taken: ReadonlyMap<string, readonly Taken[]>): string {
  const [own, other] = [taken.get('Gatepost'), taken.get(of)];
  if (own === undefined || other === undefined) return '';
  const found = ratios(own, other);
  const over = median(found) - times;
  const verdict = over <= 0 ? 'reached' : `missed by ${over.toFixed(2)}`;
  return `- ${isMoonshot ? 'Moonshot' : 'Goal'}: at most ${times.toFixed(2)} × ${of}. Measured ${shown(found)}: ${verdict}.`;
}

/** Round by round, how many times the CPU time per request of another. */
function ratios(rounds: readonly Taken[], others: readonly Taken[]): number[] {
  return rounds.map(({ cpuUs }, i) => cpuUs / others[i]!.cpuUs);
}

function shown(values: readonly number[]): string {
  return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}..${Math.max(...values).toFixed(2)})`;
}

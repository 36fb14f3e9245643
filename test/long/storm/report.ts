import { machine } from '../../../bench/machine.ts';
import type { Part, Round } from './round.ts';

/** Memory may differ by this much, in MB, between the second and the last quarter of a storm. */
const FLAT_MB = 24;
/** Less says nothing of memory that grows. */
const LEAST_SECONDS = 120;

/** What was wrong in a round, a sentence each. */
export function faultsOf({ wrong, storm, quarters }: Round): readonly string[] {
  const grown = (quarters[3] ?? 0) - (quarters[1] ?? 0);
  return [
    ...(wrong.body > 0 ? [`${wrong.body} answers had other bytes than their revision has.`] : []),
    ...(wrong.empty > 0 ? [`${wrong.empty} answers were empty.`] : []),
    ...(wrong.status > 0 ? [`${wrong.status} requests were not answered with 200 or 304.`] : []),
    ...(wrong.fault > 0 ? [`${wrong.fault} faults were not taken as they should be.`] : []),
    ...(storm.seconds >= LEAST_SECONDS && grown > FLAT_MB ? [`Memory grew by ${grown} MB.`] : []),
  ];
}

/** A round in Markdown. */
export function report(round: Round): string {
  const { seed, probes, calm, storm, quarters, rows, changes, revisions, growth, wrong, hasDisk } = round;
  const line = (name: string, part: Part) =>
    `| ${name} | ${part.seconds.toFixed(0)} | ${part.requests} | ${(part.requests / part.seconds).toFixed(0)} | ${part.p50.toFixed(1)} | ${part.p99.toFixed(1)} | ${part.rss.median} | ${part.rss.most} |`;
  const byRow = [...rows].sort(([a], [b]) => a - b);
  const faults = byRow.reduce((sum, [, times]) => sum + times, 0);
  const found = faultsOf(round);
  return `# A storm of faults

\`npm run storm -- --seconds ${round.seconds} --seed ${seed}\`, on ${machine()}.

The built service as a process of its own, over an upstream on 127.0.0.1 that does what it should not. ${probes} questions are asked
in turn by clients that look at every answer: it has to be, byte for byte and with its ETag, what its revision was answered
with in quiet; every fourth round asks with the ETag that is known.

| | seconds | requests | a second | p50 ms | p99 ms | RSS MB, median | RSS MB, most |
|---|---:|---:|---:|---:|---:|---:|---:|
${line('calm', calm)}
${line('storm', storm)}

- Faults: ${faults}, of ${byRow.length} rows of the matrix; lists that are poison (rows 27–37) are counted as row 27.
- True changes between them: ${changes}; revisions: ${revisions}.
- Wrong bodies or ETags: ${wrong.body}. Empty answers: ${wrong.empty}. Answers other than 200 and 304: ${wrong.status}.
- Faults that were taken otherwise than they should be: ${wrong.fault}.
- p99 of the storm: ${(storm.p99 / calm.p99).toFixed(2)} times that of the calm (aim: at most 2; not a condition).
- The longest p99 was with: ${round.slowest.map(({ what, p99 }) => `${what} (${p99.toFixed(0)} ms)`).join('; ')}.
- RSS, median of each quarter of the storm: ${quarters.join(', ')} MB.
- A full disk (row 46): ${hasDisk ? 'a small disk of its own' : 'none could be had, and so it was left out'}.

| row | times | RSS grew meanwhile by at most, MB |
|---:|---:|---:|
${byRow.map(([row, times]) => `| ${row} | ${times} | ${growth.get(row)} |`).join('\n')}

${found.length === 0 ? 'Nothing was wrong.' : found.join('\n')}
`;
}

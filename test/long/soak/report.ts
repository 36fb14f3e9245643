import { machine } from '../../../bench/machine.ts';
import type { Minute, Soak } from './round.ts';

/** Memory may grow by so much in an hour, in MiB. */
const MOST_SLOPE = 1;
/** Files and timers may differ by this much, between the first and the last settled quarter. */
const FLAT = 2;
/** Of less time than this nothing can be said of a slope. */
const LEAST_MINUTES = 30;

/** What was wrong, a sentence each. */
export function faultsOf({ minutes, settled, rss, wrong }: Soak): readonly string[] {
  const isLong = minutes.length >= LEAST_MINUTES;
  const grown = (name: 'files' | 'timers') => quarter(settled, 3, name) - quarter(settled, 0, name);
  return [
    ...(wrong.body > 0 ? [`${wrong.body} answers had other bytes than their revision has.`] : []),
    ...(wrong.empty > 0 ? [`${wrong.empty} answers were empty.`] : []),
    ...(wrong.status > 0 ? [`${wrong.status} requests, polls or changes ended otherwise than they should.`] : []),
    ...(isLong && rss.slope > MOST_SLOPE ? [`Memory grew by ${rss.slope.toFixed(1)} MiB an hour.`] : []),
    ...(grown('files') > FLAT ? [`${grown('files')} files more were open at the end.`] : []),
    ...(grown('timers') > FLAT ? [`${grown('timers')} timers more ran at the end.`] : []),
  ];
}

/** A soak in Markdown. */
export function report(soak: Soak): string {
  const { minutes, settled, rss, heap } = soak;
  const found = faultsOf(soak);
  const rising = ({ slope, error }: Soak['rss']) =>
    settled.length < 3 ? 'too few minutes to say' : `${slope.toFixed(2)} ± ${error.toFixed(2)} MiB an hour`;
  const every = Math.max(1, Math.ceil(minutes.length / 20));
  const row = ({ minute, rssKiB, heapKiB, files, timers }: Minute) =>
    `| ${minute} | ${(rssKiB / 1024).toFixed(1)} | ${(heapKiB / 1024).toFixed(1)} | ${files} | ${timers} |`;
  return `# A soak

\`npm run soak -- --minutes ${minutes.length} --seed ${soak.seed}\`, on ${machine()}.

The built service as a process of its own, after 60 true changes and 40,000 questions that nobody asked before have filled what is
kept, while nothing is wrong: ${soak.polls} polls, half of them with the whole list again;
${soak.edits} edits of the catalog; ${soak.changes} true changes of the list; ${soak.requests} questions, each answer compared with what its
revision has; ${soak.visitors} clients who came once, half of them with a question that nobody asked before, a fifth of whom went in the
middle of it.

- Memory (RSS, the least of each minute) after ${settled[0]?.minute ?? 0} minutes of settling: ${rising(rss)} (aim: at most ${MOST_SLOPE} MiB an hour).
- Of it, the heap of JavaScript: ${rising(heap)}.
- Wrong answers: ${soak.wrong.body}. Empty ones: ${soak.wrong.empty}. Otherwise than they should be: ${soak.wrong.status}.

| minute | RSS, MiB | heap, MiB | files | timers |
|---:|---:|---:|---:|---:|
${minutes
  .filter((_, i) => i % every === 0 || i === minutes.length - 1)
  .map(row)
  .join('\n')}

${found.length === 0 ? 'Nothing was wrong.' : found.join('\n')}
`;
}

function quarter(minutes: readonly Minute[], which: 0 | 3, name: 'files' | 'timers'): number {
  const length = Math.max(1, Math.floor(minutes.length / 4));
  const part = which === 0 ? minutes.slice(0, length) : minutes.slice(-length);
  return part.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
}

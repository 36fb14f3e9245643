import type { Tally } from './kills.ts';
import type { Sweep } from './sweep.ts';

/** What was done, and what came of it. */
export interface Round {
  readonly seed: number;
  readonly writers: Tally;
  readonly services: Tally;
  /** `null` where it was not done. */
  readonly sweep: Sweep | null;
  readonly seconds: number;
}

/** A round in Markdown. */
export function report({ seed, writers, services, sweep, seconds }: Round): string {
  const faults = faultsOf({ writers, services, sweep });
  return [
    '# Kills',
    '',
    `\`npm run crash\`, seed ${seed}, ${seconds.toFixed(0)} s. After each kill the store was opened as a start does: SQLite's quick_check,`,
    'every revision verified, each that was said to be there compared, numbers without gap or repetition, and the copy',
    'compared byte for byte with an export of the store.',
    '',
    '| what was killed | kills | of them after it had published | revisions that were seen | faults | stores that had to be recovered |',
    '|---|---|---|---|---|---|',
    row('a writer over the real history and its copy, at a random moment', writers),
    row('the whole service, at a random moment of its polls', services),
    '',
    ...(sweep === null ? [] : sweepLines(sweep)),
    faults.length === 0 ? 'Nothing was lost.' : faults.map((fault) => `- ${fault}`).join('\n'),
    '',
  ].join('\n');
}

/** Everything that was wrong. */
export function faultsOf({
  writers,
  services,
  sweep,
}: Pick<Round, 'writers' | 'services' | 'sweep'>): readonly string[] {
  return [...writers.faults, ...services.faults, ...(sweep?.faults ?? [])];
}

function row(what: string, { kills, amid, revisions, faults, mended }: Tally): string {
  return `| ${what} | ${kills} | ${amid} | ${revisions} | ${faults.length} | ${mended.length} |`;
}

function sweepLines({ points }: Sweep): string[] {
  const total = points.reduce((sum, { kills }) => sum + kills, 0);
  return [
    `Before each call by which an opening and one publish touch a file, ${total} in all, a writer was killed once:`,
    '',
    '| on top of | file | call | kills |',
    '|---|---|---|---|',
    ...points
      .filter(({ kills }) => kills > 0)
      .map(({ before, file, call, kills }) => `| ${before} revisions | ${file} | \`${call}\` | ${kills} |`),
    '',
  ];
}

import type { Round } from './round.ts';

interface Found {
  readonly rounds: readonly Round[];
  readonly seed: number;
  readonly machine: string;
  /** Lines of the service's log that tell of a fault of its own. */
  readonly errors: number;
}

/** What was seen, as Markdown. */
export function report({ rounds, seed, machine, errors }: Found): string {
  const rows = rounds.map(({ kind, sent, seconds, statuses, late, failure }) => {
    const sorted = [...statuses].sort(([one], [other]) => one - other);
    const counts = sorted.map(([status, count]) => `${status === 0 ? 'none' : status}: ${count}`).join(', ');
    return `| ${kind} | ${sent} | ${seconds.toFixed(0)} | ${Math.round(sent / seconds)} | ${counts} | ${late} | ${failure === undefined ? 'none' : 'one'} |`;
  });
  const failures = rounds.flatMap(({ failure }) => (failure === undefined ? [] : [`\`\`\`text\n${failure}\n\`\`\``]));
  return [
    '# Fuzz',
    '',
    'What `npm run fuzz` saw. No answer may be 5xx or take longer than a second, each refusal has to be a problem of',
    '`schema/problems.md` and one that `schema/openapi.json` has for the route, each GraphQL error needs its code, and six',
    'answers are compared byte for byte before, after and in between. Late is an answer that took longer than a second among',
    'all others, and not when the same was sent again alone: the machine was busy.',
    '',
    `Seed ${seed}. ${machine}.`,
    '',
    '| kind | requests | seconds | a second | answers by status | late | failures |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `Faults of its own in the log of the service: ${errors}.`,
    ...failures.flatMap((text) => ['', text]),
    '',
  ].join('\n');
}

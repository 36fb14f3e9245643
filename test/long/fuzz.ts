import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { startProcess } from '../e2e/process.ts';
import { graphqlKind } from './graphql.ts';
import type { Kind } from './kind.ts';
import { Probe } from './probe.ts';
import { rawKind } from './raw.ts';
import { report } from './report.ts';
import { restKind } from './rest.ts';
import { runRound, type Round } from './round.ts';
import { learnWords } from './words.ts';

// Tries the built service with a great many requests, right and wrong. The first answer that should not be is made as
// small as can be, and shown with the seed. Ends with 1 where there was one.

const { values } = parseArgs({
  options: {
    rest: { type: 'string', default: '1000000' },
    graphql: { type: 'string', default: '200000' },
    raw: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    report: { type: 'string' },
  },
});
const say = (text: string) => void process.stdout.write(`${text}\n`);
const seed = wholeNumber('seed', values.seed);
const mostMs = wholeNumber('seconds', values.seconds) * 1000;
const LANES = 32;

const before = machine();
const service = startProcess({
  DATABASE_URL: ':memory:',
  RATE_LIMIT: 'off',
  DRAIN_SECONDS: '0',
  ADMIN_TOKENS: 'fuzz:fuzz-token',
  REFRESH_SECONDS: '604800',
});
process.on('exit', () => service.child.kill('SIGKILL'));
const port = Number(new URL(await service.url).port);
const probe = await Probe.of(port);
const kinds = [
  [restKind(port, await learnWords(port), LANES), wholeNumber('rest', values.rest)],
  [graphqlKind(port, LANES), wholeNumber('graphql', values.graphql)],
  [rawKind(port), wholeNumber('raw', values.raw)],
] as const;

const rounds: Round[] = [];
for (const [kind, count] of kinds) {
  if (count === 0) continue;
  const round = await runRound(kind as Kind<unknown>, { count, mostMs, seed, lanes: LANES, probe, say });
  kind.close();
  rounds.push(round);
  if (round.failure !== undefined) break;
}
service.child.kill('SIGTERM');
const { code, stdout } = await service.ended;
const errors = stdout.split('\n').filter((line) => /"level":(?:50|60)/.test(line));
if (code !== 0) say(`The service ended with ${code}.`);
for (const line of errors.slice(0, 5)) say(`The service logged: ${line}`);
const text = report({ rounds, seed, machine: before, errors: errors.length });
say(`\n${text}`);
if (values.report !== undefined) writeFileSync(values.report, text);
process.exit(code === 0 && errors.length === 0 && rounds.every(({ failure }) => failure === undefined) ? 0 : 1);

function wholeNumber(name: string, given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name} is a whole number, not ${given}.`);
  return Number(given);
}

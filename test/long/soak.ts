import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startWorld } from './storm/world.ts';
import { faultsOf, report } from './soak/report.ts';
import { runSoak } from './soak/round.ts';

// The built service over a long time in which nothing is wrong and everything goes on: polls ten times a second, edits of
// the catalog, true changes, clients that come and go. Ends with 1 where memory, files or timers grow, or an answer is wrong.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '20161201' },
    report: { type: 'string' },
  },
});
const whole = (name: 'minutes' | 'seed'): number => {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}.`);
  return Number(text);
};
const say = (line: string) => void process.stdout.write(`${line}\n`);
const world = await startWorld();
try {
  const soak = await runSoak(world, whole('minutes'), whole('seed'), say);
  const text = report(soak);
  say(`\n${text}`);
  if (values.report !== undefined) await writeFile(values.report, text);
  if (faultsOf(soak).length > 0) process.exitCode = 1;
} finally {
  await world.close();
}

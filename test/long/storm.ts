import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { faultsOf, report } from './storm/report.ts';
import { runRound } from './storm/round.ts';
import { startWorld } from './storm/world.ts';

// The built service under load, while what it depends on fails in every way that is known. Ends with 1 where an answer
// was wrong, and names the fault and the seed.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    seed: { type: 'string', default: '20161201' },
    report: { type: 'string' },
  },
});
const whole = (name: 'seconds' | 'seed'): number => {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}.`);
  return Number(text);
};
const say = (line: string) => void process.stdout.write(`${line}\n`);
const [seconds, seed] = [whole('seconds'), whole('seed')];
const world = await startWorld();
try {
  const round = await runRound(world, seconds, seed, say);
  const text = report(round);
  say(`\n${text}`);
  if (values.report !== undefined) await writeFile(values.report, text);
  if (faultsOf(round).length > 0) process.exitCode = 1;
} finally {
  await world.close();
}

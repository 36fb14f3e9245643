import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { kills } from './crash/kills.ts';
import { randomFrom } from '../random.ts';
import { faultsOf, report } from './crash/report.ts';
import { serviceKills } from './crash/service-kills.ts';
import { sweep } from './crash/sweep.ts';

// Kills what writes the store, and says whether anything was lost. Without --sweep strace is not needed.

const say = (line: string) => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    services: { type: 'string', default: '200' },
    sweep: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261127' },
    report: { type: 'string' },
  },
});
const whole = (name: 'kills' | 'services' | 'seed'): number => {
  const text = values[name];
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}.`);
  return Number(text);
};
const seed = whole('seed');
const began = performance.now();
const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-crash-'));
try {
  const random = randomFrom(seed);
  const writers = await kills(folder, whole('kills'), random, say);
  const services = await serviceKills(folder, whole('services'), random, say);
  const swept = values.sweep && canSweep() ? await sweep(folder, say) : null;
  const round = { seed, writers, services, sweep: swept, seconds: (performance.now() - began) / 1000 };
  const text = report(round);
  say(`\n${text}`);
  if (values.report !== undefined) await writeFile(values.report, text);
  if (faultsOf(round).length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** CI has to have strace: there, that it is missing fails. */
function canSweep(): boolean {
  if (spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0) return true;
  say('The calls are not swept: there is no strace here.');
  if (process.env['CI']) process.exitCode = 1;
  return false;
}

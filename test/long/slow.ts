import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { startProcess } from '../e2e/process.ts';
import { bombs } from './slow-bombs.ts';
import { crowd } from './slow-crowd.ts';
import { slowClients } from './slow-clients.ts';
import type { Finding, Target } from './slow-target.ts';

// Puts slow clients, very many clients and GraphQL bombs to the built service, and says what came of it.
// Ends with 1 where a figure is above what it may be.

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const say = (text: string) => void process.stdout.write(`${text}\n`);

const before = machine();
const findings: Finding[] = [];
for (const part of [slowClients, crowd, bombs]) {
  const service = startProcess({ DATABASE_URL: ':memory:', RATE_LIMIT: 'off', DRAIN_SECONDS: '0' });
  const kill = () => service.child.kill('SIGKILL');
  process.on('exit', kill);
  const target: Target = { port: Number(new URL(await service.url).port), pid: service.child.pid! };
  for (const finding of await part(target)) {
    findings.push(finding);
    say(rowOf(finding));
  }
  service.child.kill('SIGTERM');
  await service.ended;
  process.off('exit', kill);
}
const text = [
  '# Slow and many clients',
  '',
  `What \`npm run slow\` saw, on the loopback. ${before}.`,
  '',
  '| what | goal | seen |   |',
  '|---|---|---|---|',
  ...findings.map(rowOf),
  '',
].join('\n');
if (values.report !== undefined) writeFileSync(values.report, text);
process.exit(findings.every(({ seen, most }) => seen <= most) ? 0 : 1);

function rowOf({ what, most, seen, unit }: Finding): string {
  return `| ${what} | at most ${most} ${unit} | ${Number(seen.toFixed(1))} ${unit} | ${seen <= most ? 'held' : 'missed'} |`;
}

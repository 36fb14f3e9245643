import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { history } from './history.ts';
import { machine } from './machine.ts';
import type { Extent, Part } from './part.ts';
import { putSection } from './results.ts';
import { run as scale } from './scale.ts';
import { speed } from './speed.ts';
import { start } from './start.ts';

// Measures, and writes what it found to RESULTS.md. Names of parts run these alone, and leave the other sections.

/** In the order of RESULTS.md. To add one: write its file, add its line. */
const PARTS: readonly Part[] = [speed, start, { name: 'scale', run: () => scale() }, history];

const say = (text: string) => void process.stdout.write(`${text}\n`);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
    folder: { type: 'string', default: path.join(tmpdir(), 'gatepost-bench') },
  },
});
const extent: Extent = {
  rounds: wholeNumber('rounds', values.rounds),
  seconds: wholeNumber('seconds', values.seconds),
  folder: path.resolve(values.folder),
};
const names = PARTS.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; there are ${names.join(', ')}.`);

for (const { name, run } of PARTS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const before = machine();
  const section = `${(await run(extent, say)).trim()}\n\nMeasured on ${before}.`;
  say(`\n${section}\n`);
  putSection(names, name, section);
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${name} is a whole number from 1 to 9999, not ${text}.`);
  return Number(text);
}

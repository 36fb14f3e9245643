import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startContainer } from './container.ts';
import { readDockerfile } from './dockerfile.ts';
import { imageOf } from './image.ts';
import { layoutIn } from './layout.ts';

/** Runs the service from a layout until it ends, or this is told to end. */
const [folder, ...settings] = process.argv.slice(2);
if (folder === undefined || settings.some((setting) => !/^\w+=/.test(setting))) {
  process.stderr.write('Usage: node deploy/run.ts FOLDER [SETTING=VALUE …]\n');
  process.exit(2);
}
const [image] = readDockerfile(readFileSync(path.join(import.meta.dirname, '../Dockerfile'), 'utf8'))
  .slice(-1)
  .map(imageOf);
const pairs = settings.map((setting) => [
  setting.slice(0, setting.indexOf('=')),
  setting.slice(setting.indexOf('=') + 1),
]);
const container = startContainer(layoutIn(path.resolve(folder), image!), image!.words, Object.fromEntries(pairs));
container.outer.stdout?.pipe(process.stdout);
container.outer.stderr?.pipe(process.stderr);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => container.kill(signal));
process.exitCode = (await container.ended).code ?? 1;

import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

// Puts everything that the page /graphql needs into dist/graphiql/, so that the service runs without these packages.

/** Files of packages, and the names that they are served by. */
const FILES: readonly (readonly [from: string, file: string, to: string])[] = [
  ['react', 'umd/react.production.min.js', 'react.js'],
  ['react', 'LICENSE', 'LICENSE.react'],
  ['react-dom', 'umd/react-dom.production.min.js', 'react-dom.js'],
  ['graphiql', 'graphiql.min.js', 'graphiql.js'],
  ['graphiql', 'graphiql.min.css', 'graphiql.css'],
  ['graphiql', 'LICENSE', 'LICENSE.graphiql'],
];
const OWN = ['start.js', 'page.css'];

const here = import.meta.dirname;
const target = path.join(here, '../dist/graphiql');
const { resolve } = createRequire(import.meta.url);

await mkdir(target, { recursive: true });
for (const [from, file, to] of FILES) {
  const text = await readFile(path.join(path.dirname(resolve(`${from}/package.json`)), file), 'utf8');
  // The map is not served; developer tools would ask for it.
  await writeFile(path.join(target, to), text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
}
for (const file of OWN) await copyFile(path.join(here, file), path.join(target, file));

const folder = path.join(here, '../examples');
const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
const examples = JSON.stringify(
  await Promise.all(names.map(async (name) => (await readFile(path.join(folder, name), 'utf8')).trimEnd())),
  null,
  2,
);
const fingerprint = createHash('sha256').update(examples).digest('hex').slice(0, 8);
await writeFile(
  path.join(target, 'examples.js'),
  `export const examples = ${examples};\nexport const fingerprint = '${fingerprint}';\n`,
);

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.join(import.meta.dirname, 'RESULTS.md');
const HEAD = `# What was measured

\`npm run bench\` writes this file. \`npm run bench -- speed start\` runs some parts, and leaves the sections of the others.
`;

/** Replaces the section of one part in RESULTS.md; the others stay. Sections are in the order of `names`. */
export function putSection(names: readonly string[], name: string, section: string): void {
  const there = readFileSync(FILE, 'utf8');
  const sections = names.map((each) => (each === name ? section : sectionOf(there, each)));
  const marked = names.flatMap((each, i) =>
    sections[i] === undefined ? [] : [`<!-- ${each} -->\n${sections[i]}\n<!-- /${each} -->`],
  );
  writeFileSync(FILE, `${[HEAD.trimEnd(), ...marked].join('\n\n')}\n`);
}

function sectionOf(text: string, name: string): string | undefined {
  return text.split(`<!-- ${name} -->\n`)[1]?.split(`\n<!-- /${name} -->`)[0];
}

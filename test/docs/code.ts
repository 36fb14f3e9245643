import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { SAID_TO_BE_AT } from './shell.js';

/** Longer than it takes to see that there is less to do. */
const CALM_MS = 300;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** As a portal's own project has them: strict, for a browser. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  skipLibCheck: true,
  noEmit: true,
};

/** What every example is compiled with, by its name: read once. */
const SOURCES = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of a piece of TypeScript; nothing where it is right. */
export function diagnosticsOf(code: string): string[] {
  const file = path.join(ROOT, 'docs', 'example.ts');
  const host = ts.createCompilerHost(OPTIONS);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, options, ...rest) =>
    name === file
      ? ts.createSourceFile(name, code, options)
      : SOURCES.getOrInsertComputed(name, () => getSourceFile(name, options, ...rest));
  const program = ts.createProgram([file], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => {
    const line = code.slice(0, start).split('\n').length;
    return `line ${line} of the block: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

/** Runs a piece of TypeScript against a service; it fails where the code does. */
export async function runCode(code: string, url: string): Promise<void> {
  const { outputText } = ts.transpileModule(code.replaceAll(SAID_TO_BE_AT, url), { compilerOptions: OPTIONS });
  // Beside the packages, so that its imports are found.
  const folder = await mkdtemp(path.join(ROOT, 'node_modules', '.docs-'));
  try {
    const file = path.join(folder, 'example.mjs');
    await writeFile(file, outputText);
    // The service is in this process: it takes the compiler's long steps for more than it can do.
    await sleep(CALM_MS);
    await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

/** What the TypeScript compiler says of each of some files, which stand together in a package of their own. */
export async function compiled(
  files: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatepost-portal-'));
  try {
    await mkdir(path.join(folder, 'src'));
    await symlink(MODULES, path.join(folder, 'node_modules'), 'junction');
    await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
    const paths = Object.keys(files).map((name) => path.join(folder, 'src', name));
    await Promise.all(Object.values(files).map((text, index) => writeFile(paths[index]!, text)));
    const said = new Map(Object.keys(files).map((name): [string, string[]] => [name, []]));
    for (const { file, messageText } of ts.getPreEmitDiagnostics(ts.createProgram(paths, OPTIONS))) {
      const name = file === undefined ? 'the compiler itself' : path.basename(file.fileName);
      said.set(name, [...(said.get(name) ?? []), ts.flattenDiagnosticMessageText(messageText, '\n')]);
    }
    return said;
  } finally {
    await rm(folder, { recursive: true });
  }
}

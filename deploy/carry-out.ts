import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { BuildContext } from './context.ts';
import { copyTree, makeFolder } from './copy.ts';
import { environmentAfter, folderAfter } from './image.ts';
import type { Step, StepOf } from './step.ts';

/** What COPY can copy from. */
export interface Sources {
  readonly files: BuildContext;
  /** The finished stages, by name. */
  readonly trees: ReadonlyMap<string, string>;
}

/** However slow the network is: a command that takes longer hangs. */
const RUN_MS = 180_000;

/**
 * Does to a stage's tree what an instruction says.
 *
 * @param done the steps of the stage before this one.
 */
export async function carryOut(step: Step, done: readonly Step[], tree: string, sources: Sources): Promise<void> {
  switch (step.kind) {
    case 'WORKDIR':
      return makeFolder(path.join(tree, folderAfter([...done, step])), { user: 0, group: 0 });
    case 'COPY':
      return copy(step, path.posix.resolve(folderAfter(done), step.target), tree, sources);
    case 'RUN':
      if (done.some(({ kind }) => kind === 'USER')) throw new Error('RUN after USER is not known here.');
      return run(step.command, path.join(tree, folderAfter(done)), environmentAfter(done));
    case 'ENV':
    case 'LABEL':
    case 'VOLUME':
    case 'USER':
    case 'EXPOSE':
    case 'HEALTHCHECK':
    case 'ENTRYPOINT':
    case 'CMD':
      // These say how a container is run, and change no file.
      return undefined;
  }
}

async function copy(step: StepOf<'COPY'>, target: string, tree: string, { files, trees }: Sources): Promise<void> {
  for (const name of step.sources) {
    if (step.from === undefined && !files.has(name)) throw new Error(`.dockerignore keeps ${name} out.`);
    const source = path.join(step.from === undefined ? files.folder : trees.get(step.from)!, name);
    const isFile = (await lstat(source)).isFile();
    const into = isFile && step.target.endsWith('/') ? path.join(target, path.basename(name)) : target;
    await copyTree(source, path.join(tree, into), step.owner);
  }
}

/** Runs a command as root, with this machine's npm and the Node that runs this. */
async function run(command: string, folder: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn('/bin/sh', ['-c', `umask 022\n${command}`], {
    cwd: folder,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // The whole group, because the shell alone would leave npm running.
  const overdue = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), RUN_MS);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(overdue);
  if (code !== 0) throw new Error(`${command} ended with ${code ?? signal}:\n${output.slice(-4_000)}`);
}

/** This machine's environment, for its proxies and certificates; without what an npm or a test around this has set. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(?:npm_(?:package|lifecycle|config_local_prefix|command|execpath|node_execpath)|INIT_CWD$|NODE_(?:ENV|OPTIONS)$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}` };
}

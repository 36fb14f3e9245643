import { readFileSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { carryOut } from './carry-out.ts';
import { readContext } from './context.ts';
import { copyTree, makeFolder } from './copy.ts';
import { DockerfileError, readDockerfile, type Stage } from './dockerfile.ts';
import { imageOf, type Image } from './image.ts';

/** An image as folders of this machine. */
export interface Layout {
  readonly image: Image;
  /** What its Dockerfile puts into it. */
  readonly tree: string;
  /** A folder for each volume, with what the image has there, as a new volume of a container gets it. */
  readonly volumes: string;
  /** An empty folder, over which a container is put together. */
  readonly root: string;
}

const ROOT = { user: 0, group: 0 } as const;

/** Where the folders of a layout are. */
export function layoutIn(folder: string, image: Image): Layout {
  return {
    image,
    tree: path.join(folder, 'tree'),
    volumes: path.join(folder, 'volumes'),
    root: path.join(folder, 'root'),
  };
}

/**
 * Carries out the Dockerfile of a folder, without a container engine: each stage is a folder, and COPY and RUN do there
 * what they do in an image. The base image is not recreated: its Node and everything else of it are this machine's.
 *
 * @param folder where the layout is put; new, or empty.
 * @param tell is told each instruction before it is carried out.
 * @throws DockerfileError naming the line of what is not known or fails.
 */
export async function layOut(context: string, folder: string, tell: (line: string) => void): Promise<Layout> {
  if (process.getuid?.() !== 0) throw new Error('Only root can give the files of an image their owners.');
  const stages = readDockerfile(readFileSync(path.join(context, 'Dockerfile'), 'utf8'));
  const last = stages.at(-1);
  if (last === undefined) throw new Error('The Dockerfile has no stage.');
  await makeFolder(folder, ROOT);
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty.`);

  const layout = layoutIn(folder, imageOf(last));
  const trees = new Map<string, string>();
  const files = readContext(context);
  for (const [number, stage] of stages.entries()) {
    const tree = stage === last ? layout.tree : path.join(folder, 'stages', String(number));
    refuseOtherNode(stage);
    await makeFolder(tree, ROOT);
    for (const [index, step] of stage.steps.entries()) {
      tell(`${step.line}: ${step.kind} …`);
      try {
        await carryOut(step, stage.steps.slice(0, index), tree, { files, trees });
      } catch (error) {
        throw new DockerfileError('Dockerfile', step.line, error instanceof Error ? error.message : String(error));
      }
    }
    if (stage.name !== undefined) trees.set(stage.name, tree);
  }
  await rm(path.join(folder, 'stages'), { recursive: true, force: true });
  await makeFolder(layout.root, ROOT);
  await makeFolder(layout.volumes, ROOT);
  for (const volume of layout.image.volumes) {
    const source = path.join(layout.tree, volume);
    const { uid, gid } = await lstat(source);
    await copyTree(source, path.join(layout.volumes, volume), { user: uid, group: gid });
  }
  return layout;
}

/** What runs here would prove nothing about another major version. */
function refuseOtherNode({ image, line }: Stage): void {
  const major = process.versions.node.split('.', 1)[0]!;
  if (image.startsWith(`node:${major}-`)) return;
  throw new DockerfileError('Dockerfile', line, `Only a base image node:${major}-… can be stood for by the Node here.`);
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('Usage: node deploy/layout.ts FOLDER\n');
    process.exit(2);
  }
  await layOut(path.join(import.meta.dirname, '..'), path.resolve(folder), (line) => process.stdout.write(`${line}\n`));
}

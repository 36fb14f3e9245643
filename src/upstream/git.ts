import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Version } from './versions.js';

/** A clone whose history cannot be read. */
export class GitFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GitFailed';
  }
}

/** The list's name where a clone has several files. */
const USUAL_FILE = 'ip_addresses.json';
const MOST_BYTES = 64 * 1024 * 1024;
/** Commits that left the file there, with their times; nothing that a person's own settings of git would add. */
const LOG = (
  '--first-parent --diff-merges=first-parent --reverse --diff-filter=AMT --format=%H@%ct ' +
  '--no-patch --no-follow --no-show-signature'
).split(' ');

/** Whether a folder is a git clone, or a bare repository. */
export async function isClone(folder: string): Promise<boolean> {
  const has = (name: string) =>
    stat(path.join(folder, name)).then(
      () => true,
      () => false,
    );
  return (await has('.git')) || ((await has('HEAD')) && (await has('objects')));
}

/**
 * The versions of one file in a clone's history, oldest first: those of its first parents, at the times when they were
 * committed there.
 *
 * @param file its path in the clone; `null` for `ip_addresses.json`, or else for the only JSON file that there is.
 * @throws GitFailed with a sentence.
 */
export async function versionsInClone(clone: string, file: string | null): Promise<Version[]> {
  if ((await git(clone, ['rev-parse', '--is-shallow-repository'])).toString().trim() === 'true') {
    throw new GitFailed(`${clone} is a shallow clone, without its whole history: run git fetch --unshallow in it.`);
  }
  const name = file ?? (await listIn(clone));
  const log = await git(clone, ['log', ...LOG, 'HEAD', '--', name]);
  const commits = log.toString().split('\n').slice(0, -1);
  if (commits.length === 0) throw new GitFailed(`${clone} has no file ${name} in its history.`);
  return commits.map((line): Version => {
    const [commit = '', seconds] = line.split('@');
    const at = new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
    return { at, name: commit.slice(0, 7), read: () => git(clone, ['cat-file', 'blob', `${commit}:${name}`]) };
  });
}

async function listIn(clone: string): Promise<string> {
  const names = (await git(clone, ['ls-tree', '-r', '-z', '--name-only', 'HEAD'])).toString().split('\0');
  const lists = names.filter((name) => name.endsWith('.json'));
  const [only = ''] = lists;
  if (lists.includes(USUAL_FILE)) return USUAL_FILE;
  if (lists.length === 1) return only;
  throw new GitFailed(`${clone} has ${lists.length} JSON files, none of them ${USUAL_FILE}: name one by --file.`);
}

/** What git says, asked of this clone whatever the environment names. */
async function git(clone: string, args: readonly string[]): Promise<Buffer> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const options = {
    encoding: 'buffer',
    maxBuffer: MOST_BYTES,
    env: { ...Object.fromEntries(environment), LC_ALL: 'C', GIT_LITERAL_PATHSPECS: '1' },
  } as const;
  try {
    return (await promisify(execFile)('git', ['-C', clone, ...args], options)).stdout;
  } catch (error) {
    const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: Buffer };
    if (code === 'ENOENT') {
      throw new GitFailed(
        'The program "git" is not there: it reads the history of a clone. Install it, or name a folder.',
      );
    }
    throw new GitFailed(`git cannot read ${clone}: ${(stderr?.toString() ?? String(error)).trim()}`);
  }
}

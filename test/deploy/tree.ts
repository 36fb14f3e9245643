import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Everything under a folder, by its path: what it is, who may do what with it, and what is in it. */
export async function listingOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true });
  const rows: (readonly [string, string])[] = [];
  for (const name of names.sort()) {
    const file = path.join(folder, name);
    const { mode, uid, gid, ...is } = await lstat(file).then((stat) => ({
      mode: (stat.mode & 0o7777).toString(8),
      uid: stat.uid,
      gid: stat.gid,
      isFolder: stat.isDirectory(),
      isLink: stat.isSymbolicLink(),
    }));
    // The mode of a link says nothing.
    if (is.isLink) rows.push([name, `link to ${await readlink(file)} ${uid}:${gid}`]);
    else if (is.isFolder) rows.push([name, `folder ${mode} ${uid}:${gid}`]);
    else
      rows.push([
        name,
        `file ${mode} ${uid}:${gid} ${createHash('sha256')
          .update(await readFile(file))
          .digest('hex')}`,
      ]);
  }
  return Object.fromEntries(rows);
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version: string; readonly dev?: true; readonly optional?: true; readonly devOptional?: true }
    >
  >;
}

/** The packages of a lock file that the service needs, as "path version". */
export function lockedForProduction(project: string): readonly string[] {
  return packagesOf(path.join(project, 'package-lock.json'))
    .filter(([, one]) => !one.dev && !one.optional && !one.devOptional)
    .map(([place, { version }]) => `${place} ${version}`);
}

/** The packages that npm notes as installed and that are really there, as "path version". */
export function installed(folder: string): readonly string[] {
  return packagesOf(path.join(folder, 'node_modules/.package-lock.json'))
    .filter(([place]) => existsSync(path.join(folder, place, 'package.json')))
    .map(([place, { version }]) => `${place} ${version}`);
}

function packagesOf(file: string) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
